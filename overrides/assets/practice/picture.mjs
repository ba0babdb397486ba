// How it is going, per facet: a bar and a word, for the learner's eyes only. Nothing is counted out.

import { element, questions, role, say } from "../guide/words.mjs";

/** The picture of practice_record or practice_progress as lists, or one line while it is empty. */
export function drawn(groups) {
  if (groups.length === 0) return [element("p", { textContent: say("picture-none") })];
  const lists = groups.map(({ group, facets }) =>
    element(
      "div",
      { className: "pw-picture" },
      element("h3", { textContent: say(`group-${group}`) }),
      element("ul", { className: "pw-lines" }, ...facets.map((facet) => row(group, facet))),
    ),
  );
  return [element("p", { className: "pw-help", textContent: say("picture-help") }), ...lists];
}

function row(group, { facet, value, state }) {
  const bar = element("span", { className: "pw-bar", data: { state } }, element("i"), element("i"), element("i"));
  bar.setAttribute("aria-hidden", "true");
  const word = element("span", { className: "pw-bar__word", textContent: say(`state-${state}`) });
  return element("li", { data: { facet } }, element("span", { textContent: name(group, facet, value) }), bar, word);
}

function name(group, facet, value) {
  if (group === "ask") return questions.get(value)?.ask ?? value;
  if (group === "who") return value.split("+").map(role).join(" + ");
  return say(facet) || value;
}
