// Keeps what one reads where it stands, while lines above it come or go: no tick lands on another step.

const READ_AT = 1 / 3; // of the height of the window: about where eyes and thumb are

/** Make this change to the page; a line that stays is seen where it was seen before. */
export function keepingPlace(guide, change) {
  const before = scrollY > 0 ? linesBelow(guide) : []; // at the top one has not begun to read: new lines may show
  change();
  const kept = before.find(({ line }) => isSeen(line));
  if (kept) scrollBy({ top: kept.line.getBoundingClientRect().top - kept.top, behavior: "instant" });
}

/** Whether this part of the page came up amid what one is reading. */
export const isUnderEyes = (part) => scrollY > 0 && inWindow(part);

// What has the focus goes before: it was pressed a moment ago.
function linesBelow(guide) {
  const held = document.activeElement;
  const focused = guide.contains(held) && inWindow(held) ? [held] : [];
  const lines = [...guide.querySelectorAll("h2, h3, p, li, summary, legend, button")].filter(inWindow);
  return [...focused, ...lines].map((line) => ({ line, top: line.getBoundingClientRect().top }));
}

function inWindow(line) {
  const { top, bottom } = line.getBoundingClientRect();
  return isSeen(line) && bottom > innerHeight * READ_AT && top < innerHeight;
}

const isSeen = (line) => line.isConnected && line.getClientRects().length > 0;
