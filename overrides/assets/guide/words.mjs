// The page's own words and the school's questions, read from the page: scripts hold no sentences.

const texts = new Map();
for (const item of document.querySelectorAll("[data-words] [data-word]")) {
  texts.set(item.dataset.word, item.textContent);
}

// A browser that translates changes what the page itself says of its language.
export const language = document.querySelector("[data-language]").dataset.language;

/** The words for a key, with {blanks} filled in. */
export function say(key, blanks = {}) {
  return (texts.get(key) ?? "").replace(/\{(\w+)\}/g, (_, name) => blanks[name] ?? "");
}

/** The words in a place, without the marks beside them. */
export function wordsIn(place, without = ".pw-src, svg") {
  const copy = place.cloneNode(true);
  for (const extra of copy.querySelectorAll(without)) extra.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

/** Put these words in a place of the page, or what stood there when the page came for "". */
export function reword(place, words) {
  place.dataset.plain ??= place.textContent;
  place.textContent = words || place.dataset.plain;
}

/** Question id -> {ask, careful, findOut, answers: answer id -> label}, in the order of asking. */
export const questions = new Map();
for (const list of document.querySelectorAll("[data-known] [data-question]")) {
  const answers = new Map();
  for (const item of list.querySelectorAll("[data-answer]")) answers.set(item.dataset.answer, item.textContent);
  questions.set(list.dataset.question, {
    ask: list.querySelector("dt").textContent,
    careful: list.dataset.careful,
    findOut: list.querySelector("[data-find-out]").textContent,
    answers,
  });
}

/** The name of a role of this school. */
export function role(id) {
  for (const item of document.querySelectorAll("[data-roles] [data-role]")) {
    if (item.dataset.role === id) return item.textContent;
  }
  return id;
}

/** An element with text and children; text only ever as text, never as markup. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "data") Object.assign(made.dataset, value);
    else made[key] = value;
  }
  if (name === "ul" || name === "ol") made.setAttribute("role", "list"); // Safari calls a list without markers none
  made.append(...children);
  return made;
}
