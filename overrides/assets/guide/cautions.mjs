// After a red-flag card the card comes first: the outcome says so, and says beside each step what the card
// changes. While an answer is only assumed, it says beside what cannot be taken back that it waits.

import { FLAG, changed, write } from "./answers.mjs";
import { screen } from "./walk.mjs";
import { element, reword, say } from "./words.mjs";

const reminder = document.querySelector("[data-seen-first]");

/** The reminder on every screen after a card, and the cautions of an outcome; `state.seen`: the flag, or "". */
export function showCautions(here, state) {
  remind(here, state);
  if (!here.dataset.outcome) return;
  const when = whenOf(here, state.seen);
  const expect = here.querySelector("[data-expect-word]");
  if (expect) reword(expect, when && say(`expect${when}`));
  reword(here.querySelector("[data-turn-word]"), state.seen && say("turn-after"));
  for (const line of here.querySelectorAll("[data-before-card]")) line.hidden = state.seen !== "";
  for (const old of here.querySelectorAll(".pw-caution")) old.remove();
  const cautions = cautionsOf(here, state.seen);
  for (const step of here.querySelectorAll("[data-kind]")) {
    const words = cautions.get(step.dataset.kind);
    if (words) step.prepend(caution(words));
    describe(step);
  }
  const never = here.querySelector("[data-never-here]"); // what parents read are no steps with a kind
  never.hidden = !state.seen;
  never.replaceChildren(...(state.seen ? [...screen(`vlag-${state.seen}`).querySelectorAll("[data-never]")].map((part) => part.cloneNode(true)) : []));
  if (when) here.querySelector(".pw-about").prepend(caution(say(`about${when}`)));
}

// What is said with a step's tick box: the caution, if there is one, before who does it and on which condition.
function describe(step) {
  const facts = step.querySelector(".pw-step__facts");
  if (!facts) return; // no tick box
  const first = step.querySelector(".pw-caution");
  if (first) first.id = `${facts.id}-first`;
  step.querySelector("input").setAttribute("aria-describedby", first ? `${first.id} ${facts.id}` : facts.id);
}

/** How words about an outcome end in the list of words: after a card, while something is assumed, or plainly. */
export const whenOf = (here, seen) => (seen ? "-after" : waiting(here).size ? "-assumed" : "");

/** The kinds of step that wait in this outcome, because an answer is only assumed. */
export function waiting(here) {
  const isAssumed = !here.querySelector("[data-assumed]").hidden;
  return new Set(isAssumed ? document.querySelector("[data-while-assumed] li").dataset.kinds.split(" ") : []);
}

/** Kind of step -> what to say with it (as Safety.cautions in Python): a card's words before the other. */
export function cautionsOf(here, seen) {
  const found = new Map();
  for (const line of seen ? screen(`vlag-${seen}`).querySelectorAll("[data-cautions] li") : []) {
    for (const kind of line.dataset.kinds.split(" ")) found.set(kind, line.querySelector("span").textContent);
  }
  const waits = document.querySelector("[data-while-assumed]").textContent;
  for (const kind of waiting(here)) found.set(kind, found.has(kind) ? `${found.get(kind)} ${waits}` : waits);
  return found;
}

/** These words as they stand beside a step. */
export function caution(words) {
  return element("span", { className: "pw-caution" }, element("b", { textContent: `${say("caution")} ` }), words);
}

function remind(here, state) {
  const isFlags = here.dataset.ask === FLAG || here.id.startsWith("vlag-") || here.id === "niet-zeker";
  const flag = isFlags ? "" : state.seen;
  reminder.hidden = !flag && (isFlags || !state.missed);
  if (!flag) {
    reminder.textContent = say("card-first");
    return;
  }
  const label = screen("start").querySelector(`a[data-a="${CSS.escape(flag)}"] b`).textContent;
  const tell = screen(`vlag-${flag}`).querySelector("[data-tell] li").textContent;
  const there = write(changed(state.answers, FLAG, flag), { view: state.view });
  const link = element("a", { href: there, textContent: say("seen-link") });
  const words = here.dataset.ask ? say("seen-ask", { flag: label }) : `${say("seen", { flag: label })} ${say("seen-tell", { whom: tell })}`;
  reminder.replaceChildren(`${words} `, link);
}
