// The answers so far, each with a link to change it and keep the rest; and what is only assumed.

import { FLAG, UNKNOWN, changed, lasting, write } from "./answers.mjs";
import { isAsked } from "./walk.mjs";
import { element, questions, say } from "./words.mjs";

const nav = document.querySelector("[data-trail]");

/** Show the trail in this screen; `asked`: the questions on the way, in order. */
export function showTrail(section, state, asked) {
  const own = asked.filter((question) => question !== FLAG && question !== state.change);
  // Answers that were given before another one was changed count as well (Python settles lines by them);
  // what nobody knew and nobody asks any more does not.
  const others = [...state.answers].filter(([q, a]) => questions.has(q) && !asked.includes(q) && (isRefinement(q) || a !== UNKNOWN));
  const rows = section.dataset.outcome ? [...own, ...others.map(([question]) => question)] : own;
  const open = section.contains(nav) && nav.querySelector("details")?.open; // by whoever reads it now
  nav.replaceChildren();
  nav.hidden = rows.length === 0;
  if (nav.hidden) return;
  const list = element("ol", { className: "pw-trail__list" });
  for (const question of rows) list.append(asked.includes(question) ? row(question, state) : besides(question, state));
  if (section.dataset.outcome) {
    const summary = element("summary", { textContent: `${say("answers")} (${rows.length})` });
    nav.append(element("details", { className: "pw-more", open }, summary, list));
  } else {
    nav.append(element("p", { className: "pw-trail__title", textContent: say("answers") }), list);
  }
  (section.querySelector("[data-trail-here]") ?? section).append(nav);
}

export function hideTrail() {
  nav.hidden = true;
}

const isRefinement = (question) => !isAsked(question);

function said(question, state) {
  const { ask, answers } = questions.get(question);
  const given = state.answers.get(question);
  return [element("small", { textContent: ask }), element("b", { textContent: given === UNKNOWN ? say("unknown") : answers.get(given) })];
}

const link = (href, words, parts) => element("a", { href }, ...parts, element("span", { className: "pw-trail__change", textContent: say(words) }));

// An answer to what was not asked on this way. A refinement has no screen of its own: it is changed where it
// stands in the outcome.
function besides(question, state) {
  const item = element("li", { data: { answered: question } });
  if (isRefinement(question)) {
    item.append(element("span", {}, ...said(question, state)));
    return item;
  }
  const without = write(changed(state.answers, question, ""), lasting(state));
  item.append(link(without, "leave-out", said(question, state)), element("span", { className: "pw-trail__note", textContent: say("not-asked") }));
  return item;
}

function row(question, state) {
  const { careful, answers } = questions.get(question);
  const item = element("li", { data: { answered: question } });
  item.append(link(write(state.answers, { ...lasting(state), change: question }), "change", said(question, state)));
  if (state.answers.get(question) === UNKNOWN) {
    const note = say("assumed", { answer: answers.get(careful) });
    item.append(element("span", { className: "pw-trail__note", textContent: note }));
  }
  return item;
}

/** In an outcome: each "I don't know", what was assumed and how to find out. */
export function showAssumed(section, state, asked) {
  const box = section.querySelector("[data-assumed]");
  const open = asked.filter((question) => questions.has(question) && state.answers.get(question) === UNKNOWN);
  box.hidden = open.length === 0;
  section.querySelector(".pw-eyebrow").textContent = say(open.length ? "provisional" : "outcome");
  section.querySelector("[data-provisional]").textContent = open.length ? `${say("go-by")} ` : "";
  box.querySelector("ul").replaceChildren(
    ...open.map((question) => {
      const { ask, careful, findOut, answers } = questions.get(question);
      return element(
        "li",
        { data: { unsure: question } },
        element("b", { textContent: `${ask} ` }),
        element("span", { textContent: `${say("assumed", { answer: answers.get(careful) })}. ` }),
        element("span", { className: "pw-reader-staff", textContent: say("find-out", { what: findOut }) }),
        element("span", { className: "pw-reader-parent", textContent: say("find-out-parent") }),
      );
    }),
  );
}
