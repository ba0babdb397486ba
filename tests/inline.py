"""The one script that stands inline on our pages: the chosen colours, before the first paint."""

from __future__ import annotations

from scripts.progress import ROOT

_FILE = ROOT / "overrides" / "partials" / "shade.html"

OURS = _FILE.read_text(encoding="utf-8").split("<script>")[1].split("</script>")[0]
