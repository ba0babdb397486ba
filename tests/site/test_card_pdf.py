"""The card as PDF: what it claims as PDF/UA holds as far as a program can tell."""

from __future__ import annotations

import pdfua

from .conftest import BuiltSite


def test_a_checker_finds_nothing_against_pdf_ua(site: BuiltSite) -> None:
    """Every figure has text, everything is tagged or decoration, language and title are named."""
    found = {}
    pdfs = sorted(site.folder.rglob("kaart/*.pdf"))
    assert len(pdfs) > 1
    for file in pdfs:
        report = pdfua.validate(str(file))
        if report.findings:
            found[file.name] = [f"{f.rule_id}: {f.message}" for f in report.findings][:5]
    assert found == {}
