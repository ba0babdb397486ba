// After a red-flag card the card comes first: the outcome says so, and says beside each step what the card
// changes. While an answer is only assumed, it says beside what cannot be taken back that it waits.

import { FLAG, changed, write } from "./answers.mjs";
import { headlineStep } from "./headline.mjs";
import { screen } from "./walk.mjs";
import { element, say } from "./words.mjs";

const reminder = document.querySelector("[data-seen-first]");

/** The reminder on every screen after a card, and the cautions of an outcome; `state.seen`: the flag, or "". */
export function showCautions(here, state) {
  const isFlags = here.dataset.ask === FLAG || here.id.startsWith("vlag-") || here.id === "niet-zeker";
  const flag = isFlags ? "" : state.seen;
  remind(here, flag, state);
  if (!here.dataset.outcome) return;
  const when = flag ? "-after" : isAssumed(here) ? "-assumed" : "";
  here.querySelector("[data-first-word]").textContent = say(`first${when}`);
  const expect = here.querySelector("[data-expect-word]");
  if (expect) expect.textContent = say(`expect${when}`);
  here.querySelector("[data-turn-word]").textContent = say(flag ? "turn-after" : "turn");
  for (const line of here.querySelectorAll("[data-before-card]")) line.hidden = flag !== "";
  for (const old of here.querySelectorAll(".pw-caution")) old.remove();
  const cautions = cautionsOf(here, flag);
  for (const step of here.querySelectorAll("[data-kind]")) {
    const words = cautions.get(step.dataset.kind);
    if (words) step.prepend(caution(words));
  }
  if (when) here.querySelector(".pw-about").prepend(caution(say(`about${when}`)));
  cautionFirst(here, state);
}

/** The headline names a step; what holds for that step stands under it as well. */
export function cautionFirst(here, state) {
  const line = here.querySelector(".pw-first.pw-for-staff");
  line.querySelector(".pw-caution")?.remove();
  const words = cautionsOf(here, state.seen).get(headlineStep(here)?.dataset.kind);
  if (words) line.querySelector('[data-do="done"]').before(caution(words));
}

function remind(here, flag, state) {
  reminder.hidden = !flag;
  if (!flag) return;
  const label = screen("start").querySelector(`a[data-a="${CSS.escape(flag)}"] b`).textContent;
  const tell = screen(`vlag-${flag}`).querySelector("[data-tell] li").textContent;
  const there = write(changed(state.answers, FLAG, flag), { view: state.view });
  const link = element("a", { href: there, textContent: say("seen-link") });
  const words = here.dataset.outcome ? `${say("seen", { flag: label })} ${say("seen-tell", { whom: tell })}` : say("seen-ask", { flag: label });
  reminder.replaceChildren(`${words} `, link);
}

const isAssumed = (here) => !here.querySelector("[data-assumed]").hidden;

// Kind of step -> what to say with it (as Safety.cautions in Python): a card's word before the other.
function cautionsOf(here, flag) {
  const lists = isAssumed(here) ? [document.querySelector("[data-while-assumed]")] : [];
  if (flag) lists.push(screen(`vlag-${flag}`).querySelector("[data-cautions]"));
  const found = new Map();
  for (const line of lists.flatMap((list) => [...(list?.children ?? [])])) {
    for (const kind of line.dataset.kinds.split(" ")) found.set(kind, line.querySelector("span").textContent);
  }
  return found;
}

function caution(words) {
  return element("span", { className: "pw-caution" }, element("b", { textContent: `${say("caution")} ` }), words);
}
