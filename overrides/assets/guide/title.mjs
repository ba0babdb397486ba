// Each screen has a title of its own: tabs, bookmarks and the list behind the Back button tell them apart.

import { FLAG } from "./answers.mjs";
import { wordsIn } from "./words.mjs";

const page = document.title;

/** Name a screen in the title; "": the one that the page begins with. */
export function entitle(words) {
  document.title = words ? `${words} · ${page}` : page;
}

/** What a screen of the guide is called: its question or card; an outcome by its phase and who leads. */
export function titleOf(screen) {
  if (screen.dataset.ask === FLAG) return "";
  if (!screen.dataset.outcome) return wordsIn(screen.querySelector("h2"));
  const lead = [...screen.querySelectorAll("[data-lead] > .pw-who")].map((badge) => wordsIn(badge));
  const phase = wordsIn(screen.querySelector("h2 .pw-phase"));
  return `${wordsIn(screen.querySelector(".pw-eyebrow"))}: ${[phase, ...lead].join(", ")}`;
}
