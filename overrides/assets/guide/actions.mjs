// What a visitor can do with an outcome: copy, share, calendar. No names are asked for; blanks are left.

import { FLAG, write } from "./answers.mjs";
import { element, language, say, wordsIn } from "./words.mjs";

const NOT_COPIED = "[hidden], .pw-src, svg, .pw-for-teacher .pw-who, .pw-noprint";

const words = (place) => (place ? wordsIn(place, NOT_COPIED) : "");

/** The outcome as plain text for a school's own register. */
export function asText(section, guide) {
  const lines = [
    `${words(section.querySelector("h2"))} - ${words(section.querySelector(".pw-turn"))}`,
    `${say("text-date")} ____________   ${say("text-pupil")} ____________   ${say("text-by")} ____________`,
    `${say("text-facts")} ____________________________________`,
    "",
  ];
  const seen = document.querySelector("[data-seen-first]:not([hidden])");
  if (seen) lines.push(words(seen), "");
  const asParent = section.querySelector('.pw-views [value="parent"]').checked;
  const reader = asParent ? "parent" : "staff";
  lines.push(words(section.querySelector(`.pw-first.pw-for-${reader}`)), "");
  for (const group of section.querySelectorAll(`.pw-for-${reader} > [data-group]`)) {
    const items = [...group.querySelectorAll("li")].filter((item) => !item.hidden);
    if (items.length === 0) continue;
    lines.push(words(group.querySelector("h3")));
    for (const item of items) lines.push(asParent ? `- ${words(item)}` : stepText(item));
    lines.push("");
  }
  const follow = [...section.querySelectorAll("[data-follow]")].filter((line) => !line.hidden);
  if (follow.length) {
    lines.push(words(follow[0].closest(".pw-group").querySelector("h3")));
    for (const line of follow) lines.push(`- ${words(line)}`);
    lines.push(words(section.querySelector("[data-dates-note]:not([hidden])")), "");
  }
  lines.push(`${say("text-agreed")} ____________________________________`, "");
  lines.push(say("text-source", { school: guide.dataset.schoolName }));
  return `${lines.join("\n")}\n`;
}

function stepText(step) {
  const done = step.querySelector("input").checked ? "x" : " ";
  const who = words(step.querySelector("[data-who] .pw-for-all") ?? step.querySelector("[data-who]"));
  const condition = step.querySelector("[data-cond]");
  const when = condition && !condition.hidden ? `; ${words(condition)}` : "";
  const ours = step.classList.contains("pw-step--ours") ? ` ${say("text-ours")}` : "";
  const caution = words(step.querySelector(".pw-caution"));
  return `[${done}] ${words(step.querySelector(".pw-step__do"))} (${who}${when})${ours}${caution && `\n    ${caution}`}`;
}

/** Copy; where the browser refuses, show the text to be selected by hand. Returns what to say. */
export async function copy(text, section, done, byHand) {
  try {
    await navigator.clipboard.writeText(text);
    return done;
  } catch {
    const field = section.querySelector("[data-by-hand]") ?? element("textarea", { data: { byHand: "" }, rows: 12, readOnly: true });
    field.value = text;
    field.setAttribute("aria-label", byHand);
    section.querySelector(".pw-actions").after(field);
    field.select();
    return byHand;
  }
}

/** A link to this case for someone else: without the red-flag answer, which they must give themselves. */
export function shareAddress(state) {
  const answers = new Map(state.answers);
  answers.delete(FLAG);
  return new URL(write(answers, { view: state.view }), location.href).href;
}

/** Hand a file to the visitor; it never leaves the device otherwise. */
export function download(text, name, type = "text/calendar") {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Today as a visitor writes it, not as UTC has it. */
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
}

/** A code that nobody guesses; also where the page did not come by https. */
export function madeUp() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const calendarName = () => `${say("file")}-${language}.ics`;
