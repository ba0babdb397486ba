"""Another version of a site that is being visited, and what a browser keeps of one."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from scripts.offline import write_offline
from scripts.site_steps.hashed_names import hashed_file, hashed_name, plain_name
from tests.browser.conftest import PATIENCE, Handler, Site, Visit

KEEPS = {"service_workers": "allow"}
"""For a visitor whose browser may keep things."""

_HOLDS = """async (set) => {
  const registration = await navigator.serviceWorker.getRegistration();
  if (registration?.active?.state !== "activated") return false;  // else the next page would come past it
  const names = (await caches.keys()).filter((name) => !name.endsWith("open pages"));
  for (const name of names) if (await (await caches.open(name)).match(new URL(`/kept-set/${set}`, location))) return true;
  return false;
}"""

_TAKEN = """async (version) => {
  if (!(await caches.keys()).some((name) => name.endsWith(version))) return false;
  const registration = await navigator.serviceWorker.getRegistration();
  registration.waiting?.postMessage({ take: "over" });  // as every page does that opens
  return !registration.installing && !registration.waiting && registration.active?.state === "activated";
}"""


def rewrite(file: Path, old: str, new: str) -> None:
    """Change a file of a copy; the original, which shares the link, stays as it is."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    forget(file)
    file.write_text(text.replace(old, new), encoding="utf-8")


def restyle(site: Site) -> str:
    """Another style sheet, under the name that its content has; the name of the one before."""
    file = hashed_file(site.folder / "assets" / "parts.css")
    rewrite(file, ".pw-phase", ".pw-phase-of-tomorrow")
    draft = file.rename(file.with_name(plain_name(file)))
    new = draft.rename(draft.with_name(hashed_name(draft)))
    for page in site.folder.rglob("*.html"):
        if file.name in page.read_text(encoding="utf-8"):
            rewrite(page, file.name, new.name)
    return file.name


def forget(file: Path) -> None:
    """Remove a file of a copy, and what was packed from it."""
    for old in (file, *file.parent.glob(f"{file.name}.*")):
        old.unlink()


def page_of(site: Site, path: str) -> Path:
    return site.folder / path / "index.html"


def publish_again(site: Site) -> str:
    """What was rewritten is a new version now."""
    forget(site.folder / "sw.js")
    forget(site.folder / "version.txt")
    write_offline(site.folder)
    return (site.folder / "version.txt").read_text(encoding="utf-8").strip()


def take_down(site: Site) -> None:
    """From here on nobody has a connection to it, not even over a line that is still open."""
    site.faults.clear()
    site.faults["."] = hung_up
    site.server.shutdown()
    site.server.server_close()


def hung_up(handler: Handler) -> bool:
    """The line is cut before anything is said."""
    handler.close_connection = True
    return True


def kept(page: Page, name: str) -> None:
    """Wait until the browser keeps this set, whole, and its worker answers."""
    _until(page, _HOLDS, name)


def taken(page: Page, version: str) -> None:
    """Wait until the worker of this version answers."""
    _until(page, _TAKEN, version)


def _until(page: Page, holds: str, argument: str) -> None:
    """Playwright's own ``wait_for_function`` takes a promise for a yes."""
    page.evaluate(
        f"""async ([argument, patience]) => {{
              const over = performance.now() + patience;
              while (!(await ({holds})(argument))) {{
                if (performance.now() > over) throw new Error(`never came: ${{argument}}`);
                await new Promise((done) => setTimeout(done, 20));
              }}
            }}""",
        [argument, PATIENCE],
    )


def visited(site: Site, visit: Visit, school: str) -> Visit:
    """Open the guide once, until all of it is kept."""
    visit.open(site.guide(school))
    visit.python_ready()
    visit.wait(f'[data-guide][data-offline~="school/{school}"][data-offline~="python"]')
    kept(visit.page, "python")
    return visit
