// A set of cases in the address (#set=handball,sleepover): read strictly, written in one way.

import { meant } from "../guide/fragment.mjs";

const MOST = 20; // as many as the engine takes in one round
const LONGEST = 3000;
const ID = /^[a-z][a-z0-9._!-]{0,150}$/;

export { MOST };

/** {set} for a set, {} for no set, null for anything that this page did not write itself. */
export function read(hash) {
  const fragment = meant(hash);
  if (fragment === "") return {};
  if (fragment === null || fragment.length > LONGEST) return null;
  if (fragment.startsWith("set=")) {
    const set = [...new Set(fragment.slice(4).split(","))];
    return set.length <= MOST && set.every((id) => ID.test(id)) ? { set } : null;
  }
  return document.getElementById(fragment) ? {} : null; // an anchor of the page around us
}

/** The whole address of a set, to be shared. */
export function write(set) {
  const address = new URL(location.href);
  address.search = "";
  address.hash = `set=${set.join(",")}`;
  return address.href;
}
