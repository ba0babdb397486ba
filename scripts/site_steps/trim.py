"""Takes away what the skeleton of the theme brings and our pages never use."""

from __future__ import annotations

import re

_DEAD = re.compile(
    r"""<input\ class="md-toggle"[^>]*>                         # drawer and search without their scripts
      | <label\ class="md-overlay"[^>]*></label>
      | <div\ data-md-component="(?:skip|announce)">\s*(?:<a[^>]*class="md-skip"[^>]*>[^<]*</a>\s*)?</div>
      | <div\ class="md-dialog"[^>]*>\s*<div[^>]*></div>\s*</div>""",
    re.VERBOSE,
)
"""Parts of the theme's skeleton that no template block can leave out."""


def trimmed(html: str) -> str:
    """A page without them."""
    return _DEAD.sub("", html)
