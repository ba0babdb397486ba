// What the address holds, read strictly and written in one way: a set of cases (#set=handball,sleepover), or the
// round that is under way (#round=1.5.17.handball,…: one done, five in all, its seed, its cases), so that it is
// still there after a reload, on the way back, and in the other language.

import { meant } from "../guide/fragment.mjs";

const MOST = 20; // as many as the engine takes in one round
const MOST_OF_A_ROUND = 40; // as memory.mjs takes from a file
const LONGEST = 6000;
const ID = /^[a-z][a-z0-9._!-]{0,150}$/;
const ROUND = /^round=(\d{1,2})\.(\d{1,2})\.(\d{1,9})\.(.+)$/;

export { MOST };

/** {set} for a set, {round} for a round, {} for neither, null for anything that this page did not write itself. */
export function read(hash) {
  const fragment = meant(hash);
  if (fragment === "") return {};
  if (fragment === null || fragment.length > LONGEST) return null;
  if (fragment.startsWith("set=")) {
    const set = [...new Set(fragment.slice(4).split(","))];
    return set.length <= MOST && set.every((id) => ID.test(id)) ? { set } : null;
  }
  if (fragment.startsWith("round=")) return round(ROUND.exec(fragment));
  return document.getElementById(fragment) ? {} : null; // an anchor of the page around us
}

function round(parts) {
  if (!parts) return null;
  const [at, count, seed] = parts.slice(1, 4).map(Number);
  const cases = parts[4].split(",");
  const fits = at < count && count <= MOST_OF_A_ROUND && at <= cases.length && cases.length <= MOST_OF_A_ROUND;
  return fits && new Set(cases).size === cases.length && cases.every((id) => ID.test(id)) ? { round: { cases, at, count, seed } } : null;
}

/** The fragment of the round that is under way. */
export const roundFragment = ({ cases, at, count, seed }) => `#round=${at}.${count}.${seed}.${cases.join(",")}`;

/** The whole address of a set, to be shared. */
export function write(set) {
  const address = new URL(location.href);
  address.search = "";
  address.hash = `set=${set.join(",")}`;
  return address.href;
}
