// What the guide says to whoever reads it: in a line above the screen, or beside the button that was pressed.

import { keepingPlace } from "./place.mjs";

const guide = document.querySelector("[data-guide]");
const message = document.querySelector("[data-message]");

export function tell(text, ...more) {
  keepingPlace(() => {
    for (const place of guide.querySelectorAll("[data-told]")) place.replaceChildren();
    message.replaceChildren(text, ...more);
    message.hidden = text === "";
  });
}

/** What came of a button stands beside it, and is said once: what stood elsewhere goes. */
export function tellBeside(button, text) {
  tell("");
  button.parentElement.querySelector("[data-told]").replaceChildren(text);
}
