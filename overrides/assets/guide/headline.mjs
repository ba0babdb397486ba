// The headline of an outcome: the step that comes first, or, once that is ticked, the next one to do;
// with what a red-flag card or an assumed answer says beside it.

import { caution, cautionsOf, waiting, whenOf } from "./cautions.mjs";
import { say } from "./words.mjs";

const ticked = new WeakMap(); // outcome -> the fields that its headline ticked, the latest last

/** Name this step first (as Python decided), or what follows if it is ticked already. */
export function putFirst(section, id, state) {
  headline(section).dataset.first = id;
  showHeadline(section, state);
}

/** Name the step that the page came with. */
export function putPlainFirst(section, state) {
  const place = headline(section);
  place.dataset.ifKnown ??= place.dataset.first;
  putFirst(section, whenOf(section, "") === "-assumed" ? place.dataset.ifAssumed : place.dataset.ifKnown, state);
}

/** After a tick, another view or other answers. Returns the words of the headline. */
export function showHeadline(section, state) {
  const place = headline(section);
  const line = place.closest(".pw-first");
  const now = stepsToGo(section)[0];
  const isFirst = now?.dataset.step === place.dataset.first;
  const when = whenOf(section, state.seen);
  line.querySelector("[data-first-word]").textContent = isFirst ? say(`first${when}`) : say(now ? "next" : "done");
  place.textContent = now ? wordsOf(now) : say(`all-done${when === "-assumed" ? when : ""}`);
  line.querySelector("[data-first-ours]").hidden = !now?.classList.contains("pw-step--ours");
  line.querySelector("[data-first-who]").replaceChildren(...(now?.querySelector("[data-who]").cloneNode(true).childNodes ?? []));
  const button = line.querySelector('[data-do="done"]');
  button.hidden = !now;
  line.querySelector('[data-do="undo"]').hidden = !lastTicked(section);
  line.querySelector(".pw-caution")?.remove();
  const beside = cautionsOf(section, state.seen).get(now?.dataset.kind);
  if (beside) button.parentElement.before(caution(beside));
  return place.textContent;
}

/** Tick the step that the headline names, and name the next; the focus never falls out of the page. */
export function tickHeadline(section, state, pressed) {
  const field = stepsToGo(section)[0].querySelector("input");
  field.checked = true;
  ticked.set(section, [...(ticked.get(section) ?? []), field]);
  return nameAnew(section, state, pressed);
}

/** Take back the last tick that the headline gave, which names that step again. */
export function untickHeadline(section, state, pressed) {
  const field = lastTicked(section);
  field.checked = false;
  ticked.set(section, ticked.get(section).filter((other) => other !== field));
  return nameAnew(section, state, pressed);
}

// The button that was pressed may be gone after this; the other one, or else the line, has the focus then.
function nameAnew(section, state, pressed) {
  const words = showHeadline(section, state);
  const line = headline(section).closest(".pw-first");
  if (pressed.hidden) {
    const place = line.querySelector('[data-do="done"]:not([hidden])') ?? line;
    if (place === line) line.tabIndex = -1;
    place.focus();
  }
  return words;
}

// A tick that was taken away in the list, or with the whole case, is none any more.
const lastTicked = (section) => (ticked.get(section) ?? []).findLast((field) => field.checked);

const headline = (section) => section.querySelector("[data-first]");

function wordsOf(step) {
  const condition = step.querySelector("[data-cond]:not([hidden])");
  const words = step.querySelector(".pw-step__do").textContent;
  return condition ? `${words.replace(/\.$/, "")} (${condition.textContent}).` : words;
}

// What this reader's list has to do, without what is optional; what comes first stands in front, and
// then whatever above it protects someone. The rest of what stands above waits to the end: whoever ticks
// does not want to go back up.
function stepsToGo(section) {
  const asTeacher = section.querySelector('.pw-views [value="teacher"]')?.checked;
  const own = asTeacher ? ".pw-own" : "";
  const waits = waiting(section);
  const steps = [...section.querySelectorAll(`.pw-check > li${own}:not([hidden])`)];
  const first = steps.findIndex((step) => step.dataset.step === headline(section).dataset.first);
  const above = steps.slice(0, Math.max(first, 0));
  const [now, ...after] = steps.slice(above.length);
  const protects = (step) => step.dataset.kind === "protect";
  const inOrder = [now, ...above.filter(protects), ...after, ...above.filter((step) => !protects(step))].filter(Boolean);
  return inOrder.filter((step, place) => {
    const comesFirst = first >= 0 && place === 0;
    const isOptional = step.closest('[data-steps="may"]') || waits.has(step.dataset.kind);
    return !step.querySelector("input").checked && (comesFirst || !isOptional);
  });
}
