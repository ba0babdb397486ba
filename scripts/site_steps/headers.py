"""What a host says with each file: one policy (CSP) for all pages, and how long a file may be kept.

The policy: nothing inline without its hash, nothing from anywhere else.

A ``<meta>`` in each page holds where a host sets no headers. ``_headers`` gives the same to hosts
that read it, and adds what only a header can say. Workers take their policy from their own
response; there, and only there, WebAssembly may be compiled.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_NEEDS_WASM = re.compile(r"\bdata-search\b")
_CHARSET = '<meta charset="utf-8">'

_REST = (
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'"
)


WORKER = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
"""What the guide's worker may do: compile Python's WebAssembly and fetch its files, nothing else."""


def with_policy(html: str) -> str:
    """The page with its own policy; raises ``ValueError`` where it has no place for one."""
    if _CHARSET not in html:
        raise ValueError(f"a page has no {_CHARSET}, after which its policy goes")
    scripts, styles = (_hashes(html, scripts=which) for which in (True, False))
    meta = policy(scripts, styles, wasm=bool(_NEEDS_WASM.search(html)))
    tag = f'{_CHARSET}\n      <meta http-equiv="Content-Security-Policy" content="{meta}">'
    return html.replace(_CHARSET, tag, 1)


def write_headers(site_dir: Path) -> None:
    """Write ``_headers``; its policy allows what any page of the site has inline."""
    texts = [page.read_text(encoding="utf-8") for page in sorted(site_dir.rglob("*.html"))]
    scripts = sorted({h for text in texts for h in _hashes(text, scripts=True)})
    styles = sorted({h for text in texts for h in _hashes(text, scripts=False)})
    header = policy(scripts, styles, wasm=True) + "; frame-ancestors 'none'"
    (site_dir / "_headers").write_text(headers(header), encoding="utf-8")


def policy(scripts: list[str], styles: list[str], *, wasm: bool) -> str:
    """The policy as one line. ``wasm``: also compile WebAssembly (still no eval)."""
    run = ["'self'", *scripts, *(["'wasm-unsafe-eval'"] if wasm else [])]
    look = ["'self'", *styles]
    return f"default-src 'none'; script-src {' '.join(run)}; style-src {' '.join(look)}; {_REST}"


def headers(csp: str) -> str:
    """The file that static hosts read: a later block adds to or overrules an earlier one.

    Some hosts join the two instead. That is safe: of two policies both hold, and ``no-cache`` wins.
    """
    return (
        "# Headers for hosts that read this file.\n"
        "# Pages narrow the policy further with their own <meta>; a worker takes it from here.\n"
        "/*\n"
        f"  Content-Security-Policy: {csp}\n"
        "  X-Content-Type-Options: nosniff\n"
        "  Referrer-Policy: no-referrer\n"
        "  Permissions-Policy: camera=(), geolocation=(), microphone=()\n"
        "  Cross-Origin-Opener-Policy: same-origin\n"
        "  Cache-Control: no-cache\n"
        "/assets/guide/guide_worker*\n"
        f"  Content-Security-Policy: {WORKER}\n"
        "/assets/*--*\n"
        "  Cache-Control: public, max-age=31536000, immutable\n"
        "/assets/guide/python/*-*\n"
        "  Cache-Control: public, max-age=31536000, immutable\n"
        "/pagefind/filter/*\n"
        "  Cache-Control: public, max-age=31536000, immutable\n"
        "/pagefind/fragment/*\n"
        "  Cache-Control: public, max-age=31536000, immutable\n"
        "/pagefind/index/*\n"
        "  Cache-Control: public, max-age=31536000, immutable\n"
    )


def _hashes(html: str, *, scripts: bool) -> list[str]:
    """The hash sources of what stands inline (JSON is data and needs none)."""
    if scripts:
        found = [m[2] for m in _SCRIPT.finditer(html) if "application/json" not in m[1]]
    else:
        found = [m[1] for m in _STYLE.finditer(html)]
    digests = (hashlib.sha256(text.encode()).digest() for text in found)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
