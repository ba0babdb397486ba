// Answers in the address (#red_flag=none&happened=online): read strictly, written in one order.

import { questions } from "./words.mjs";

export const UNKNOWN = "unknown";
export const FLAG = "red_flag";
export const NO_FLAG = "none";

const VIEWS = ["staff", "teacher", "parent"];
const LONGEST = 1500;
const PAIR = /^([a-z0-9_-]+)=([a-z0-9_-]+)$/;

// The flags are those that the page has a card for.
const flags = new Set([NO_FLAG, UNKNOWN]);
for (const link of document.querySelectorAll("#start a[data-a]")) flags.add(link.dataset.a);

const isFlag = (value) => flags.has(value) && value !== NO_FLAG && value !== UNKNOWN;

function fits(question, answer) {
  if (question === FLAG) return flags.has(answer);
  const known = questions.get(question);
  return Boolean(known) && (answer === UNKNOWN || known.answers.has(answer));
}

/** {answers, change, view, seen, missed}, or null for anything that this page did not write itself. */
export function read(fragment) {
  const found = { answers: new Map(), change: "", view: "", seen: "", missed: false };
  if (fragment.length > LONGEST) return null;
  for (const pair of fragment.split("&")) {
    const [, key, value] = PAIR.exec(pair) ?? [];
    if (!key || found.answers.has(key)) return null;
    if (key === "view" && VIEWS.includes(value) && !found.view) found.view = value;
    else if (key === "change" && questions.has(value) && !found.change) found.change = value;
    else if (key === "seen" && isFlag(value) && !found.seen && !found.missed) found.seen = value;
    else if (key === "seen" && value === UNKNOWN && !found.seen && !found.missed) found.missed = true;
    else if (fits(key, value)) found.answers.set(key, value);
    else return null;
  }
  return found;
}

/** The fragment for these answers, with "#". `seen`: the red flag whose card was read before going on;
    `missed`: one may have been, and nobody knows which. */
export function write(answers, { change = "", view = "", seen = "", missed = false } = {}) {
  const pairs = [FLAG, ...questions.keys()]
    .filter((question) => answers.has(question))
    .map((question) => `${question}=${answers.get(question)}`);
  if (change) pairs.push(`change=${change}`);
  if (view && view !== "staff") pairs.push(`view=${view}`);
  if (seen || missed) pairs.push(`seen=${seen || UNKNOWN}`);
  return pairs.length ? `#${pairs.join("&")}` : "#start";
}

/** What stays when answers change: how it is read, and which red flag went before. */
export const lasting = ({ view, seen, missed }) => ({ view, seen, missed });

/** What an answer leads on with: a card that it comes from, or, to any other question, what went before. */
export function leadingOn(state, question, card = "") {
  if (question !== FLAG) return lasting(state);
  return { view: state.view, seen: card, missed: state.missed && !card };
}

/** The same answers with one changed; "" takes it away. */
export function changed(answers, question, answer) {
  const other = new Map(answers);
  if (answer) other.set(question, answer);
  else other.delete(question);
  return other;
}
