// Follows the page's own links from screen to screen, as a visitor without scripts would.

import { UNKNOWN } from "./answers.mjs";

// Where each answer leads is what its link said when the page came; scripts rewrite links later.
const leads = new Map();
for (const link of document.querySelectorAll("[data-guide] a[data-q]")) leads.set(link, link.hash.slice(1));

// Outcomes can share a tail. It goes along with the outcome that is shown.
const tails = new Map();
for (const tail of document.querySelectorAll("[data-guide] > [data-tail]")) tails.set(tail.dataset.t, tail);

/** Put the tail of an outcome inside it. */
export function completeOutcome(outcome) {
  const tail = tails.get(outcome.dataset.t);
  if (tail && tail.parentElement !== outcome) outcome.append(tail);
}

export function screen(id) {
  return document.querySelector(`[data-guide] > [data-screen="${CSS.escape(id)}"]`);
}

export function answerLinks(section) {
  return [...section.querySelectorAll("a[data-q]")];
}

/** The screen that these answers lead to, and the questions on the way; stops before `until`. */
export function follow(answers, until = "") {
  let here = screen("start");
  const trail = [];
  while (here.dataset.ask && here.dataset.ask !== until && answers.has(here.dataset.ask)) {
    const given = answers.get(here.dataset.ask);
    const link = answerLinks(here).find((candidate) => candidate.dataset.a === given);
    if (!link) break;
    trail.push(here.dataset.ask);
    here = screen(leads.get(link));
  }
  return { here, trail };
}

/** The screen of a decision of Python's, or null if this page does not have it. */
export function screenOf(decision) {
  if (decision.status === "leave") return screen(decision.assumed ? "niet-zeker" : `vlag-${decision.flag.id}`);
  return screen(`n${decision.node}`);
}

export const isUnknown = (answer) => answer === UNKNOWN;
