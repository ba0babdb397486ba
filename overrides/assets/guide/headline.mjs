// The headline of an outcome: the step that comes first, or, once that is ticked, the next one to do.

import { say } from "./words.mjs";

/** Name this step first (as Python decided), or what follows if it is ticked already. */
export function putFirst(section, id) {
  headline(section).dataset.first = id;
  showHeadline(section);
}

/** Name the step that the page came with; `assumed`: an answer of the case is only assumed. */
export function putPlainFirst(section, assumed) {
  const place = headline(section);
  place.dataset.ifKnown ??= place.dataset.first;
  putFirst(section, assumed ? place.dataset.ifAssumed : place.dataset.ifKnown);
}

/** The step that the headline names now, as it stands in the list; undefined when all is ticked. */
export function headlineStep(section) {
  const first = step(section, headline(section).dataset.first);
  const steps = stepsInView(section);
  const from = steps.indexOf(first) + 1; // 0 where what comes first is optional or not in this list
  // What stands above the first step waits: whoever ticks does not want to go back up.
  return [first, ...steps.slice(from), ...steps.slice(0, from)].find((item) => item && !isDone(item));
}

/** After a tick, another view or other answers. */
export function showHeadline(section) {
  const place = headline(section);
  const first = step(section, place.dataset.first);
  const now = headlineStep(section);
  const line = place.closest(".pw-first");
  line.querySelector('[data-do="done"]').hidden = !now;
  line.querySelector("[data-next-word]").hidden = now === first;
  line.querySelector("[data-first-word]").hidden = now !== first;
  place.textContent = now ? now.querySelector(".pw-step__do").textContent : say("all-done");
  const condition = now?.querySelector("[data-cond]:not([hidden])");
  if (condition) place.append(` (${condition.textContent})`);
  line.querySelector("[data-first-ours]").hidden = !now?.classList.contains("pw-step--ours");
  line.querySelector("[data-first-who]").replaceChildren(...(now?.querySelector("[data-who]").cloneNode(true).childNodes ?? []));
}

/** Tick the step that the headline names. */
export function tickHeadline(section) {
  headlineStep(section).querySelector("input").checked = true;
  showHeadline(section);
}

const headline = (section) => section.querySelector("[data-first]");

const step = (section, id) => section.querySelector(`.pw-check [data-step="${CSS.escape(id)}"]`);

const isDone = (item) => item.querySelector("input").checked;

// What must be done, as this reader's list has it.
function stepsInView(section) {
  const asTeacher = section.querySelector('.pw-views [value="teacher"]')?.checked;
  const must = `.pw-check > li:not(.pw-step--may, [hidden])${asTeacher ? ".pw-own" : ""}`;
  return [...section.querySelectorAll(must)];
}
