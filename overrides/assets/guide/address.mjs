// From the address to the case: answers, or the plain link that was followed before scripts came.

import { FLAG, read, write } from "./answers.mjs";
import { meant } from "./fragment.mjs";
import { rewrite } from "./steps.mjs";
import { answeredBy, screenAt } from "./walk.mjs";

export function empty() {
  // missed: a card may have been read before this script ran; lost: so were answers, which are not known
  return { answers: new Map(), change: "", view: "", seen: "", missed: false, lost: false };
}

/** The case that the address tells, after this one; null for an address that is not the guide's. */
export function readAddress(state) {
  const fragment = meant(location.hash);
  if (fragment === null) return null;
  if (fragment === "" || fragment === "start") return empty();
  const plain = answeredBy(fragment);
  if (plain) return addressed({ ...empty(), answers: new Map([[FLAG, plain.flag]]), seen: plain.seen });
  if (screenAt(fragment)) {
    rewrite(`#${fragment}`);
    const { answers, seen } = state.lost ? state : empty();
    return { ...empty(), answers, seen, missed: seen === "", lost: true };
  }
  const found = read(fragment);
  if (found) return fragment === location.hash.slice(1) ? { ...empty(), ...found } : addressed({ ...empty(), ...found });
  return document.getElementById(fragment) ? { ...state } : null; // an anchor of the page around us
}

// From here on the address says it as the guide's own links do.
function addressed(found) {
  rewrite(write(found.answers, found));
  return found;
}
