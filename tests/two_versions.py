"""A second version of the built site in which one school decides otherwise, made in a second.

Of that school the pages that decide (guide and practice) are other ones, and the bundle with it; all
other pages only refer to the new bundle.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

from decision_tree.browser import dump
from decision_tree.protocol import LANGUAGES, Protocol, Question, Rule
from decision_tree.tree import Compiled, compile_tree
from scripts.bundle.archive import read_files, write_stored
from scripts.bundle.make import SCHOOLS_INSIDE
from scripts.offline import write_offline
from scripts.pages import practice, school
from scripts.pages.content import Content
from scripts.pages.drawing import draw
from scripts.site_steps.hashed_names import (
    hashed_file,
    hashed_name,
    plain_name,
    with_hashed_names,
)

PYTHON = Path("assets", "guide", "python")
CASE = {"happened": "physical", "how_often": "persistent", "classes": "same"}
"""At Cals phase 2, led by the pupil coordinator."""

_TURNED = {
    "fase-2": ("fase-1", ("mentor",)),
    "fase-1": ("fase-2", ("pupil-coordinator",)),
}


def other_cals(cals: Protocol) -> Protocol:
    """Its answers in another order, and for ``CASE`` phase 1, led by the mentor."""

    def question(old: Question) -> Question:
        return replace(old, answers=tuple(reversed(old.answers)))

    def rule(old: Rule) -> Rule:
        phase, lead = _TURNED.get(old.phase, (old.phase, old.lead))
        return replace(old, phase=phase, lead=lead)

    return replace(
        cals,
        questions=tuple(map(question, cals.questions)),
        rules=tuple(map(rule, cals.rules)),
    )


def write_next_version(site: Path, folder: Path, content: Content, protocol: Protocol) -> Compiled:
    """Write the built site into ``folder`` as if this school's file said what ``protocol`` says."""
    shutil.copytree(site, folder, copy_function=os.link)  # each file that changes is written anew
    compiled = compile_tree(protocol)
    old, new = _replace_bundle(folder / PYTHON, protocol.school.id, dump(compiled, content.safety))
    for file in folder.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        if old in html:
            _write_anew(file, html.replace(old, new))
    changed = replace(content, protocols=tuple(
        protocol if p.school.id == protocol.school.id else p for p in content.protocols
    ))  # fmt: skip
    names = {
        found.relative_to(folder / "assets").with_name(plain_name(found)).as_posix(): found.name
        for found in (folder / "assets").rglob("*--*")
    }
    for page in school.pages(protocol, practice.maker(changed, protocol)):
        if page.data["here"] not in ("guide", "practice"):
            continue
        for language in LANGUAGES:
            file = folder / ("en" if language == "en" else "") / page.path / "index.html"
            start, rest = file.read_text(encoding="utf-8").split('<div class="pw-page">')
            end = rest[rest.rindex("</article>") :]
            drawn = with_hashed_names(draw(page, language, changed), names)
            _write_anew(file, f'{start}<div class="pw-page">{drawn}</div>{end}')
    for name in ("sw.js", "version.txt"):
        _forget(folder / name)
    write_offline(folder)
    return compiled


def _replace_bundle(folder: Path, school_id: str, text: str) -> tuple[str, str]:
    """Another library with another manifest; the names of the old and the new manifest."""
    listed = hashed_file(folder / "manifest.json")
    manifest = json.loads(listed.read_text(encoding="utf-8"))
    library = folder / manifest["library"]
    files = read_files(library) | {f"{SCHOOLS_INSIDE}/{school_id}.json": text.encode()}
    del manifest["files"][library.name]
    _forget(library)
    draft = folder / "library.zip"
    write_stored(draft, files)
    digest = hashlib.sha256(draft.read_bytes()).hexdigest()
    library = draft.rename(folder / f"library-{digest[:16]}.zip")
    manifest["library"] = library.name
    manifest["files"][library.name] = {"sha256": digest}
    _forget(listed)
    draft = folder / "manifest.json"
    draft.write_text(json.dumps(manifest), encoding="utf-8")
    return listed.name, draft.rename(folder / hashed_name(draft)).name


def _write_anew(file: Path, text: str) -> None:
    """Not into the file, which the first version shares."""
    _forget(file)
    file.write_text(text, encoding="utf-8")


def _forget(file: Path) -> None:
    """Remove a file, and what was packed from it."""
    for old in (file, *file.parent.glob(f"{file.name}.*")):
        old.unlink()
