// The guide's steps in the browser's history. Each is an address; beside it stands only the address before
// it and how many steps of the guide lie behind it, so that "back" is one and the same everywhere.

const FIRST = { before: null, depth: 0 };

if (!isOurs(history.state)) history.replaceState(FIRST, "");
let { depth } = history.state;

function isOurs(noted) {
  return Number.isInteger(noted?.depth);
}

addEventListener("pageshow", () => {
  depth = history.state?.depth ?? depth; // a browser that kept the page may bring it back at another step
});

const same = (one, other) => (one || "#start") === (other || "#start");

/** A link was followed, or one went back or forth, from the step with this address. */
export function arrived(from) {
  if (!isOurs(history.state)) history.replaceState({ before: from, depth: depth + 1 }, "");
  depth = history.state.depth;
}

/** A further step. */
export function goOn(fragment) {
  depth += 1;
  history.pushState({ before: location.hash, depth }, "", fragment);
}

/** This step has another address; what lies before and after it stays. */
export function rewrite(fragment) {
  history.replaceState(history.state, "", fragment || location.pathname);
}

/** Back to this address. Was it the step before? Then as the browser's own button does it, and true. */
export function goBack(fragment) {
  const before = history.state?.before ?? null;
  const isBefore = before !== null && same(before, fragment);
  if (isBefore) history.back();
  else rewrite(fragment);
  return isBefore;
}

/** Nothing of the guide's steps is left in the history but its beginning; resolves when that is so. */
export function forgetSteps() {
  return new Promise((resolve) => {
    const finish = () => {
      history.replaceState(FIRST, "", location.pathname);
      history.pushState({ before: "", depth: 1 }, "", location.pathname); // what lay ahead is gone by this
      depth = 1;
      resolve();
    };
    if (depth === 0) return finish();
    addEventListener("popstate", finish, { once: true });
    history.go(-depth);
  });
}
