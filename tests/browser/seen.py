"""What a visitor sees of a decision, beside what CPython decides for the same answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from decision_tree.outcome import Held, Outcome
from decision_tree.protocol import Language, Step

MOMENTS = ("now", "this-week", "later")

READ = """() => {
  const shown = [...document.querySelectorAll("[data-guide] > [data-outcome]")]
    .filter((section) => getComputedStyle(section).display !== "none");
  if (shown.length !== 1) throw new Error(`${shown.length} outcomes are shown`);
  const words = (place) => place ? place.textContent.replace(/\\s+/g, " ").trim() : "";
  const steps = [...shown[0].querySelectorAll(".pw-check > [data-step]")]
    .filter((step) => getComputedStyle(step).display !== "none")
    .map((step) => {
      const condition = step.querySelector("[data-cond]");
      return [step.dataset.step, words(step.querySelector(".pw-step__do")),
              condition && !condition.hidden ? words(condition) : ""];
    });
  return {
    phase: shown[0].querySelector("[data-phase]").dataset.phase,
    name: words(shown[0].querySelector("h2 .pw-phase > span")),
    lead: shown[0].querySelector("[data-lead]").dataset.lead,
    first: words(shown[0].querySelector("[data-first]")),
    steps,
  };
}"""


@dataclass(frozen=True)
class Seen:
    """Phase, its name, lead, first step, and the steps in the order of the page."""

    phase: str
    name: str
    lead: tuple[str, ...]
    first: str
    steps: tuple[tuple[str, str, str], ...]


def on(page: Page) -> Seen:
    """What this page shows."""
    return from_plain(page.evaluate(READ))


def from_plain(found: Any) -> Seen:
    steps = tuple((step[0], step[1], step[2]) for step in found["steps"])
    return Seen(found["phase"], found["name"], tuple(found["lead"].split()), found["first"], steps)


def expected(outcome: Outcome, language: Language) -> Seen:
    """What a page must show of this outcome."""

    def shown(held: Held[Step]) -> tuple[str, str, str]:
        condition = held.condition.in_language(language) if held.condition else ""
        return held.item.id, _words(held.item.do.in_language(language)), _words(condition)

    free = [held for held in outcome.steps if not held.item.must and held.item.sources]
    bound = [held for held in outcome.steps if held not in free]  # advice of ours among them
    in_order = [held for moment in MOMENTS for held in bound if held.item.moment == moment] + free
    name = outcome.phase.name.in_language(language)
    return Seen(
        phase=outcome.phase.id,
        name=name[:1].upper() + name[1:],
        lead=outcome.lead,
        first=_first(outcome.first_step, language),
        steps=tuple(shown(held) for held in in_order),
    )


def _first(held: Held[Step], language: Language) -> str:
    words = held.item.do.in_language(language)
    if held.condition:
        words = f"{words.removesuffix('.')} ({held.condition.in_language(language)})."
    return _words(words)


def _words(text: str) -> str:
    return " ".join(text.split())
