// For whoever read a red-flag card and went on: the reminder on every screen, and beside each step of the
// school that the card changes, what the card says about it. A card wins over any step.

import { FLAG, changed, write } from "./answers.mjs";
import { screen } from "./walk.mjs";
import { element, say } from "./words.mjs";

const reminder = document.querySelector("[data-seen-first]");

/** Show both on this screen; `state.seen` is the flag whose card was read, or "". */
export function showSeen(here, state) {
  const flag = here.dataset.ask === FLAG || here.id.startsWith("vlag-") || here.id === "niet-zeker" ? "" : state.seen;
  reminder.hidden = !flag;
  const first = here.querySelector("[data-first-word]");
  if (first) first.textContent = say(flag ? "first-after" : "first");
  for (const caution of here.querySelectorAll(".pw-caution")) caution.remove();
  if (!flag) return;
  const label = screen("start").querySelector(`a[data-a="${CSS.escape(flag)}"] b`).textContent;
  const there = write(changed(state.answers, FLAG, flag), { view: state.view });
  reminder.replaceChildren(`${say("seen", { flag: label })} `, element("a", { href: there, textContent: say("seen-link") }));
  const cautions = cautionsOf(flag);
  for (const step of here.querySelectorAll("[data-kind]")) {
    const words = cautions.get(step.dataset.kind);
    if (words) step.prepend(caution(words));
  }
  cautionFirst(here, state);
}

/** The headline names a step; what the card says about that step stands under it as well. */
export function cautionFirst(here, state) {
  const first = here.querySelector("[data-first]");
  if (!first) return;
  const line = first.closest(".pw-first");
  line.querySelector(".pw-caution")?.remove();
  const step = here.querySelector(`.pw-check [data-step="${CSS.escape(first.dataset.first)}"]`);
  const words = state.seen && cautionsOf(state.seen).get(step?.dataset.kind);
  if (words) line.append(caution(words));
}

function cautionsOf(flag) {
  const found = new Map();
  for (const line of screen(`vlag-${flag}`).querySelectorAll("[data-cautions] li")) {
    for (const kind of line.dataset.kinds.split(" ")) found.set(kind, line.textContent);
  }
  return found;
}

function caution(words) {
  return element("span", { className: "pw-caution" }, element("b", { textContent: `${say("caution")} ` }), words);
}
