// A case as a short letter in pieces that can be tapped, and what is said about the tapping.

import { element, language, say } from "../guide/words.mjs";

// Full stops and commas stay outside what can be tapped, so that where a piece ends tells nothing.
const PIECE = /^([\s\S]*?)((?:[.,;:!?…]+['’”"]?)?\s*)$/;

/** {node, done, judge}: the letter; `done` ends the tapping and gives the places tapped. */
export function tappable(it) {
  const text = element("p", { className: "pw-letter__text" });
  const pieces = it.pieces[language].flatMap((piece) => {
    const [, words, rest] = PIECE.exec(piece.text);
    if (words === "") {
      text.append(rest);
      return [];
    }
    const node = element("span", { className: "pw-piece", textContent: words, tabIndex: 0 });
    node.setAttribute("role", "button");
    node.setAttribute("aria-pressed", "false");
    text.append(node, rest);
    return [{ node, mark: piece.mark }];
  });
  const toggle = (event) => {
    const piece = event.target.closest(".pw-piece");
    if (!piece) return;
    if (event.type === "keydown") {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
    }
    piece.setAttribute("aria-pressed", String(piece.getAttribute("aria-pressed") !== "true"));
  };
  text.addEventListener("click", toggle);
  text.addEventListener("keydown", toggle);

  const done = () => {
    text.removeEventListener("click", toggle);
    text.removeEventListener("keydown", toggle);
    const tapped = pieces.filter(({ node }) => node.getAttribute("aria-pressed") === "true");
    for (const { node } of pieces) {
      for (const name of ["role", "aria-pressed", "tabindex"]) node.removeAttribute(name);
    }
    return {
      marks: tapped.filter(({ mark }) => mark !== null).map(({ mark }) => mark),
      more: tapped.some(({ mark }) => mark === null),
    };
  };

  /** Show in the letter what matters: seen by the learner, or not. */
  const judge = ({ found, overlooked }) => {
    for (const { node, mark } of pieces) {
      node.className = found.includes(mark) ? "pw-found" : overlooked.includes(mark) ? "pw-overlooked" : "";
    }
  };
  return { node: text, done, judge };
}

/** What to say about the tapping, kindly. It does not say why the words matter: that would give the answer away. */
export function judged(it, { found, overlooked }, more) {
  const box = element("div", { className: "pw-judged", tabIndex: -1 });
  if (overlooked.length === 0) box.append(element("p", { textContent: say("tap-all") }));
  if (found.length && overlooked.length) box.append(list(say("tap-right"), "pw-judged--found", found, it));
  if (overlooked.length) {
    const words = say(found.length ? "tap-also" : more ? "tap-only" : "tap-none");
    box.append(list(words, "pw-judged--overlooked", overlooked, it));
  }
  if (more) box.append(element("p", { className: "pw-notice", textContent: say("tap-rest") }));
  return box;
}

function list(title, className, places, it) {
  const lines = places.map((place) => element("li", {}, element("q", { textContent: it.marks[place][language] })));
  return element("div", { className }, element("p", {}, element("b", { textContent: title })), element("ul", { className: "pw-lines" }, ...lines));
}
