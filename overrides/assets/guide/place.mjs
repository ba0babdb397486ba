// Keeps what one reads where it stands, while lines around it come or go: no tick lands on another step.

const READ_AT = 1 / 3; // of the height of the window: about where eyes and thumb are

const LINES = ["main", "footer"].flatMap((part) => ["h2", "h3", "p", "li", "summary", "legend", "button"].map((line) => `${part} ${line}`)).join();

/** Make this change; `held` (what was pressed), or else a line that one reads, is seen where it was before. */
export function keepingPlace(change, held = null) {
  const before = [...(held ? [held] : []), ...linesRead()].map((line) => ({ line, top: line.getBoundingClientRect().top }));
  change();
  const kept = before.find(({ line }) => isSeen(line));
  if (kept) scrollBy({ top: kept.line.getBoundingClientRect().top - kept.top, behavior: "instant" });
}

/** Whether this part of the page came up amid what one is reading. */
export const isUnderEyes = (part) => hasBegun() && isBelow(part, READ_AT);

export const isSeen = (part) => part.isConnected && part.getClientRects().length > 0 && !part.closest(FOLDED);

const FOLDED = "details:not([open]) > :not(summary)"; // has a place, but nobody sees it
const FIXED = ".pw-exit"; // always where it is

// At the top of the page one has not begun to read: new lines may show there.
const hasBegun = () => scrollY > 0;

// What has the focus goes before.
function linesRead() {
  if (!hasBegun()) return [];
  const focused = document.activeElement;
  const lines = [...document.querySelectorAll(LINES)].filter((line) => isBelow(line, READ_AT) && !line.closest(FIXED));
  return focused.closest("main") && isBelow(focused, 0) ? [focused, ...lines] : lines;
}

function isBelow(line, share) {
  const { top, bottom } = line.getBoundingClientRect();
  return bottom > innerHeight * share && top < innerHeight && isSeen(line);
}
