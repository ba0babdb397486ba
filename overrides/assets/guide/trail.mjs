// The answers so far, each with a link to change it and keep the rest; and what is only assumed.

import { FLAG, UNKNOWN, write } from "./answers.mjs";
import { isAsked } from "./walk.mjs";
import { element, questions, say } from "./words.mjs";

const nav = document.querySelector("[data-trail]");

/** Show the trail in this screen; `asked`: the questions on the way, in order. */
export function showTrail(section, state, asked) {
  const own = asked.filter((question) => question !== FLAG && question !== state.change);
  const refined = [...state.answers.keys()].filter((q) => questions.has(q) && !asked.includes(q) && isRefinement(q));
  const rows = section.dataset.outcome ? [...own, ...refined] : own;
  const open = section.contains(nav) && nav.querySelector("details")?.open; // by whoever reads it now
  nav.replaceChildren();
  nav.hidden = rows.length === 0;
  if (nav.hidden) return;
  const list = element("ol", { className: "pw-trail__list" });
  for (const question of rows) list.append(row(question, state));
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

function row(question, state) {
  const { ask, careful, answers } = questions.get(question);
  const given = state.answers.get(question);
  const item = element("li", { data: { answered: question } });
  const words = given === UNKNOWN ? say("unknown") : answers.get(given);
  const link = element("a", { href: write(state.answers, { ...state, change: question }) });
  link.append(
    element("small", { textContent: ask }),
    element("b", { textContent: words }),
    element("span", { className: "pw-trail__change", textContent: say("change") }),
  );
  // A refinement has no screen of its own: it is changed where it stands in the outcome.
  item.append(isRefinement(question) ? element("span", {}, ...link.childNodes) : link);
  if (isRefinement(question)) item.querySelector(".pw-trail__change").remove();
  if (given === UNKNOWN) {
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
