// Knows all screens, and follows the page's own links from one to the next as a visitor without scripts would.

import { FLAG } from "./answers.mjs";

// Only the screens that are shown stay in the page (see display in guide.mjs): each answer would
// otherwise cost the browser a look at all of them, which on a slow phone takes half a second.
const screens = new Map();
for (const section of document.querySelectorAll("[data-guide] > [data-screen]")) screens.set(section.dataset.screen, section);

// Where each answer leads is what its link said when the page came; scripts rewrite links later.
const leads = new Map();
for (const link of document.querySelectorAll("[data-guide] a[data-q]")) leads.set(link, link.hash.slice(1));

// Outcomes can share a tail. It goes along with the outcome that is shown.
const tails = new Map();
for (const tail of document.querySelectorAll("[data-guide] > [data-tail]")) tails.set(tail.dataset.t, tail);

// What stands beside a screen and is shown with it: the cards that whoever is not sure goes past.
const parts = [...document.querySelectorAll("[data-guide] > [data-part-of]")];

/** Put the tail of an outcome inside it. */
export function completeOutcome(outcome) {
  const tail = tails.get(outcome.dataset.t);
  if (tail && tail.parentElement !== outcome) outcome.append(tail);
}

/** The screen with this id, or undefined. */
export const screen = (id) => screens.get(id);

/** The same, also for the id of one of its parts. */
export const screenAt = (id) => screen(id) ?? screen(parts.find((part) => part.id === id)?.dataset.partOf);

/** A screen and its parts, in order. */
export const withParts = (section) => [section, ...parts.filter((part) => part.dataset.partOf === section.dataset.screen)];

/** What a plain link to this id has answered by itself, {flag, seen}: only those about red flags do. Else undefined. */
export function answeredBy(id) {
  for (const [{ dataset }, there] of leads) {
    if (dataset.q === FLAG && there === id) return { flag: dataset.a, seen: dataset.seen ?? "" };
  }
  return undefined;
}

/** Every screen, shown or not. */
export const allScreens = () => [...screens.values()];

/** Whether a question has a screen of its own. */
export const isAsked = (question) => allScreens().some((section) => section.dataset.ask === question);

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

/** The screen of a decision of Python's, or undefined if this page does not have it. */
export function screenOf(decision) {
  if (decision.status === "leave") return screen(decision.assumed ? "niet-zeker" : `vlag-${decision.flag.id}`);
  return screen(decision.screen);
}
