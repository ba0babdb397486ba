"""The guide in a real browser: first answer, Python beside the page, weight, one decision.

Runs are taken in turn, so that a busy moment of the machine meets all; ratios go pair by pair.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, Playwright, sync_playwright

from decision_tree.browser import dump
from decision_tree.guide import paths
from decision_tree.protocol import Protocol
from decision_tree.reading import read_protocol, read_safety, school_files
from decision_tree.tree import compile_tree
from scripts.build import Places, build
from scripts.measure.figures import Figure, ratio
from scripts.measure.peers import write_peers
from scripts.measure.visits import Served, moment, running, serving, slow_phone, visitor, window

GROUP = "guide"
SCHOOL = "cals"
PAGE = f"scholen/{SCHOOL}/wijzer/"
CASE: dict[str, object] = {"school": SCHOOL, "answers": {"red_flag": "none"}}

_VISITS = 3
"""First answers per run: they are short, and a short time wants more of them."""

_TIER = ("/assets/guide/python/", "/assets/guide/guide_worker")
"""What is fetched for Python's sake."""

_ANSWERED = """
(() => {
  const others = "[data-guide] > [data-screen]:not(#start)";
  const isShown = (screen) => getComputedStyle(screen).display !== "none";
  const look = () => {
    if (![...document.querySelectorAll(others)].some(isShown)) return requestAnimationFrame(look);
    return requestAnimationFrame(() => (document.documentElement.dataset.at = performance.now()));
  };
  const answer = () => {
    const link = document.querySelector('#start a[data-a="none"]');
    if (!link) return requestAnimationFrame(answer);
    link.click();
    return look();
  };
  const whenSeen = (then) =>
    new PerformanceObserver((list) => {
      if (list.getEntriesByName("first-contentful-paint").length) then();
    }).observe({ type: "paint", buffered: true });
  const whenLoaded = (then) => addEventListener("load", () => setTimeout(then));
  @WHEN@(answer);
})();
"""
"""Answers the first question like a visitor with the fastest finger, and notes when it shows."""

_DRIVEN = """
new MutationObserver(() => {
  const root = document.documentElement;
  if (document.querySelector('[data-driven-by="python"]')) root.dataset.at ??= performance.now();
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-driven-by"] });
"""
"""Notes when our page shows what Python decided; the peers' pages note it themselves."""

_CALLS = """
async ([own, school, name, cases]) => {
  const manifest = await (await fetch(own.manifest)).json();
  const worker = new Worker(own.worker, { type: "module" });
  const next = () => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.failed || data.error) reject(new Error(data.failed ?? data.error));
      else if (data.progress === "ready" || data.id) resolve(data);
    };
  });
  worker.postMessage({ manifest, school });
  await next();
  const taken = [];
  for (const args of cases) {
    const start = performance.now();
    worker.postMessage({ id: taken.length + 1, call: name, args });
    await next();
    taken.push(performance.now() - start);
  }
  worker.terminate();
  return taken;
}
"""
"""Asks our worker as the page does; the way there and back by message is part of the time."""


def figures(runs: int) -> Iterator[Figure]:
    """Take every figure of the guide."""
    protocol = read_protocol(school_files()[SCHOOL])
    with TemporaryDirectory() as temporary, sync_playwright() as playwright:
        site = built_site(Path(temporary))
        peers = Path(temporary, "peers")
        write_peers(peers, site, PAGE, dump(compile_tree(protocol), read_safety()), CASE)
        with serving(site) as ours, serving(peers) as others:
            yield from _weight(playwright, ours)
            yield from _first_answer(playwright, ours, others, runs)
            yield from _python_driven(playwright, ours, others, runs)
            yield from _decisions(playwright, ours, protocol)


def built_site(temporary: Path) -> Path:
    """The site in SITE_DIR, as in the tests; else one that is built for this."""
    if chosen := os.environ.get("SITE_DIR"):
        return Path(chosen)
    places = Places(temporary / "site", temporary / "work")
    build(places)
    return places.site


def _weight(playwright: Playwright, ours: Served) -> Iterator[Figure]:
    """Bodies as sent to a first visitor, before and after Python's turn."""
    with visitor(playwright, _DRIVEN, service_workers="block") as context:
        page = context.new_page()
        moment(page, f"{ours.root}{PAGE}#red_flag=none")
        painted = page.evaluate(
            "performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime"
        )
        ours.wait_until_quiet()
    tier = [sent for sent in ours.sent if sent.path.startswith(_TIER)]
    first = [sent for sent in ours.sent if sent not in tier]
    early = [sent for sent in ours.sent if sent.at <= painted and sent.path.endswith(".wasm")]
    yield Figure(
        GROUP,
        f"first view, {len(first)} files as sent",
        (sum(sent.bytes for sent in first) / 1e3,),
        "kB",
        "≤ 150",
    )
    yield Figure(
        GROUP, "WebAssembly asked for before the first view shows", (len(early),), "files", "0"
    )
    yield Figure(
        GROUP,
        f"Python tier, {len(tier)} files as sent",
        (sum(sent.bytes for sent in tier) / 1e6,),
        "MB",
        "≤ 3.3",
    )


def _first_answer(
    playwright: Playwright, ours: Served, others: Served, runs: int
) -> Iterator[Figure]:
    """From navigation to the next screen, ours and the plain copy in turn, cold each time."""
    with running(playwright) as browser:
        for where, phone in (("", False), (", slow phone", True)):
            for when, how in (("seen", "whenSeen"), ("loaded", "whenLoaded")):
                taken: dict[str, list[float]] = {ours.root: [], others.root: []}
                for run in range(runs * _VISITS + 1):
                    for root in _in_turn(list(taken), run):
                        value = _answered(browser, root, how, phone)
                        if run:  # the first is for the caches of the machine
                            taken[root].append(value)
                name = f"first answer when {when}{where}"
                guide = Figure(GROUP, f"{name}: our guide", tuple(taken[ours.root]), "ms")
                plain = Figure(GROUP, f"{name}: plain HTML", tuple(taken[others.root]), "ms")
                yield from (guide, plain)
                target = "≤ 1.1" if when == "seen" else ""
                yield ratio(GROUP, f"{name}: ours / plain", guide, plain, target)


def _answered(browser: Browser, root: str, how: str, phone: bool) -> float:
    with window(browser, _ANSWERED.replace("@WHEN@", how)) as page:
        if phone:
            slow_phone(page)
        return moment(page, root + PAGE)


def _python_driven(
    playwright: Playwright, ours: Served, others: Served, runs: int
) -> Iterator[Figure]:
    """From navigation to the first decision of Python's, cold (first visit) and warm (second)."""
    pages = {
        "our guide": (ours, f"{PAGE}#red_flag=none"),
        "stock Pyodide": (others, "stock/"),
        "PyScript": (others, "pyscript/"),
    }
    cold: dict[str, list[float]] = {name: [] for name in pages}
    warm: dict[str, list[float]] = {name: [] for name in pages}
    for run in range(runs):
        for name in _in_turn(list(pages), run):
            first, second = _visit_twice(playwright, *pages[name])
            cold[name].append(first)
            warm[name].append(second)
    for visit, taken, target in (("cold", cold, "≤ 0.5"), ("warm", warm, "≤ 0.6")):
        each = {
            name: Figure(GROUP, f"Python-driven, {visit}: {name}", tuple(values), "ms")
            for name, values in taken.items()
        }
        yield from each.values()
        guide, stock, pyscript = each.values()
        name = f"Python-driven, {visit}: ours"
        yield ratio(GROUP, f"{name} / stock Pyodide", guide, stock, target)
        yield ratio(GROUP, f"{name} / PyScript", guide, pyscript)


def _visit_twice(playwright: Playwright, served: Served, path: str) -> tuple[float, float]:
    """The same visitor comes twice; in between, everything that is kept has been kept."""
    taken = []
    with visitor(playwright, _DRIVEN) as context:
        for _ in range(2):
            page = context.new_page()
            taken.append(moment(page, served.root + path))
            if told := page.get_attribute("html", "data-decision"):
                assert json.loads(told)["status"] == "ask", told
            served.wait_until_quiet()
            page.close()
    return taken[0], taken[1]


def _decisions(playwright: Playwright, ours: Served, protocol: Protocol) -> Iterator[Figure]:
    """One call of the worker, over every way through the school's tree."""
    cases = [
        json.dumps({"school": SCHOOL, "answers": {"red_flag": "none", **way}})
        for way in paths(compile_tree(protocol))
    ]
    with visitor(playwright, service_workers="block") as context:
        page = context.new_page()
        page.goto(ours.root + PAGE)
        own = page.evaluate('({ ...document.querySelector("[data-guide]").dataset })')
        own |= {name: urljoin(ours.root + PAGE, own[name]) for name in ("manifest", "worker")}
        page.goto(f"{ours.root}hulplijnen/")
        for call, name, target in (
            ("decide", "one decision", "≤ 5"),
            ("changes", "what would change an outcome", ""),
        ):
            taken: list[Any] = page.evaluate(_CALLS, [own, SCHOOL, call, cases])
            title = f"{name} in the worker, message there and back ({len(cases)} calls)"
            yield Figure(GROUP, title, tuple(map(float, taken)), "ms", target)


def _in_turn(names: list[str], run: int) -> list[str]:
    """Each run starts with another one: who comes first pays for what sleeps."""
    start = run % len(names)
    return names[start:] + names[:start]
