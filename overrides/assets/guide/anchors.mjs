// Anchors of the frame (skip link, menu of the school) and to a part of a screen must not take the place of
// the answers in the address.

import { settle } from "./one_tap.mjs";

export function keepAnswersAt(guide) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || (guide.contains(link) && !("toPart" in link.dataset)) || link.closest("[data-trail], [data-message], [data-seen-first]") || "start" in link.dataset) return;
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus();
    target.scrollIntoView();
    if (guide.contains(link)) settle(); // another part stands under the finger
  });
}
