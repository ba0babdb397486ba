// What stands beside the school's own steps: what a red-flag card that was read says about them (the card
// wins over any step), and that a call or a sanction waits while an answer is only assumed.

import { FLAG, changed, write } from "./answers.mjs";
import { screen } from "./walk.mjs";
import { element, say } from "./words.mjs";

const HEAVY = ["parents", "sanction"]; // what cannot be taken back when an assumption turns out wrong

const reminder = document.querySelector("[data-seen-first]");

/** The reminder on every screen after a card, and the cautions of an outcome; `state.seen`: the flag, or "". */
export function showCautions(here, state) {
  const isFlags = here.dataset.ask === FLAG || here.id.startsWith("vlag-") || here.id === "niet-zeker";
  const flag = isFlags ? "" : state.seen;
  remind(flag, state);
  if (!here.dataset.outcome) return;
  here.querySelector("[data-first-word]").textContent = say(flag ? "first-after" : "first");
  const expect = here.querySelector("[data-expect-word]");
  if (expect) expect.textContent = say(flag ? "expect-after" : "expect");
  for (const old of here.querySelectorAll(".pw-caution")) old.remove();
  const cautions = cautionsOf(here, flag);
  for (const step of here.querySelectorAll("[data-kind]")) {
    const words = cautions.get(step.dataset.kind);
    if (words) step.prepend(caution(words));
  }
  cautionFirst(here, state);
}

/** The headline names a step; what holds for that step stands under it as well. */
export function cautionFirst(here, state) {
  const first = here.querySelector("[data-first]");
  const line = first.closest(".pw-first");
  line.querySelector(".pw-caution")?.remove();
  const step = here.querySelector(`.pw-check [data-step="${CSS.escape(first.dataset.first)}"]`);
  const words = cautionsOf(here, state.seen).get(step?.dataset.kind);
  if (words) line.append(caution(words));
}

function remind(flag, state) {
  reminder.hidden = !flag;
  if (!flag) return;
  const label = screen("start").querySelector(`a[data-a="${CSS.escape(flag)}"] b`).textContent;
  const tell = screen(`vlag-${flag}`).querySelector("[data-tell] li").textContent;
  const there = write(changed(state.answers, FLAG, flag), { view: state.view });
  const link = element("a", { href: there, textContent: say("seen-link") });
  reminder.replaceChildren(`${say("seen", { flag: label })} ${say("seen-tell", { whom: tell })} `, link);
}

// Kind of step -> what to say with it.
function cautionsOf(here, flag) {
  const found = new Map();
  if (!here.querySelector("[data-assumed]").hidden) for (const kind of HEAVY) found.set(kind, say("caution-assumed"));
  if (!flag) return found;
  for (const line of screen(`vlag-${flag}`).querySelectorAll("[data-cautions] li")) {
    for (const kind of line.dataset.kinds.split(" ")) found.set(kind, line.textContent);
  }
  return found;
}

function caution(words) {
  return element("span", { className: "pw-caution" }, element("b", { textContent: `${say("caution")} ` }), words);
}
