// Fills an outcome with what Python knows of this very case: which conditional lines hold, why, what
// would change it. Takes words from the page or from Python's answer; decides nothing itself.

import { changed, lasting, write } from "./answers.mjs";
import { putFirst } from "./headline.mjs";
import { isSeen, isUnderEyes } from "./place.mjs";
import { element, language, questions, role, say } from "./words.mjs";

/** As the page came: every line that may hold, conditions in words, no extras. */
export function forget(section) {
  for (const line of section.querySelectorAll("[data-settled]")) {
    line.hidden = false;
    delete line.dataset.settled;
  }
  for (const condition of section.querySelectorAll("[data-cond]")) {
    condition.dataset.original ??= condition.textContent;
    condition.textContent = condition.dataset.original;
    condition.hidden = condition.textContent === "";
  }
  for (const extra of section.querySelectorAll("[data-extra]")) {
    extra.hidden = true;
    delete extra.dataset.met;
  }
  for (const known of section.querySelectorAll("[data-date], [data-dates-note], [data-ahead]")) known.hidden = true;
  for (const note of section.querySelectorAll("[data-narrowing]")) note.hidden = true;
}

/** While Python is on its way: lines that may not hold here will go. It is said, so that nothing just vanishes. */
export function sayNarrowing(section, isComing) {
  const note = section.querySelector("[data-narrowing]");
  note.hidden = !isComing || !section.querySelector("[data-cond]:not([hidden])");
  note.textContent = say("narrowing");
}

// Nobody needs to hear that it is shorter who did not see it before.
function sayNarrowed(section) {
  const note = section.querySelector("[data-narrowing]");
  note.hidden ||= !section.querySelector("li[data-settled][hidden]");
  note.textContent = say("narrowed");
}

/** Fold in the lines that outcomes share; the link to the page that has them all makes way. */
export function unpool(section) {
  for (const place of section.querySelectorAll("[data-pool]")) {
    const pool = document.querySelector(`[data-pool-of="${place.dataset.pool}"]`);
    const wanted = place.dataset.only.split(" ");
    const lines = [...pool.children].filter((line) => wanted.includes(line.dataset.item));
    const fold = element("details", { className: place.classList.contains("pw-for-staff") ? "pw-more pw-for-staff" : "pw-more", data: { folded: place.dataset.pool } });
    const list = element("ul", { className: "pw-lines" }, ...lines.map((line) => line.cloneNode(true)));
    fold.append(element("summary", { textContent: place.textContent.trim() }), list);
    place.replaceWith(fold);
  }
}

/** Keep the lines of this decision, with the conditions that are still open. */
export function settle(section, decision, state) {
  keep(section, "step", new Map(decision.steps.map((item) => [item.id, item])));
  keep(section, "follow", new Map(decision.follow_up.map((item) => [item.id, item])));
  keep(section, "rule", new Map(decision.rules.map((item) => [item.id, item])));
  for (const name of ["parent", "next", "open"]) {
    const items = { parent: decision.parents, next: Object.values(decision.next).flat(), open: decision.open }[name];
    keep(section, name, new Map(items.map((item) => [String(item.at), item])));
  }
  showAhead(section, Object.values(decision.next).flat(), state);
  const open = section.querySelector('[data-folded="open"] summary');
  if (open) open.textContent = open.textContent.replace(/\d+/, String(decision.open.length));
  putFirst(section, decision.first_step, state);
  for (const group of section.querySelectorAll("[data-group]")) {
    const lines = [...group.querySelectorAll("li")];
    group.hidden = lines.length > 0 && lines.every((line) => line.hidden);
    group.dataset.settled = "";
  }
  sayNarrowed(section);
}

function keep(section, name, items) {
  for (const line of section.querySelectorAll(`[data-${name}]`)) {
    const item = items.get(line.dataset[name]);
    line.hidden = !item;
    line.dataset.settled = "";
    const condition = line.querySelector("[data-cond]");
    if (item && condition && "if" in item) {
      condition.textContent = item.if ? item.if[language] : "";
      condition.hidden = !item.if;
    }
  }
}

// Where an event leads, as a link to the guide with the changed answers.
function showAhead(section, lines, state) {
  for (const { at, answers, phase, lead } of lines) {
    const place = section.querySelector(`[data-next="${at}"] [data-ahead]`);
    if (!place) continue;
    place.hidden = !phase;
    if (!phase) continue;
    const there = Object.entries(answers).reduce((all, [question, answer]) => changed(all, question, answer), state.answers);
    const link = element("a", { href: write(there, lasting(state)), textContent: `${phase[language]}` });
    place.replaceChildren("→ ", link, ...lead.flatMap((id) => [" ", badge(id)]));
  }
}

/** The conditional questions that some line of this decision waits for, or that are answered. */
export function showRefinements(section, answers, decision) {
  const box = section.querySelector('[data-extra="refine"]');
  if (!box) return;
  const { steps, follow_up, parents, next, open } = decision;
  const lines = [...steps, ...follow_up, ...parents, ...Object.values(next).flat(), ...open];
  const waitedFor = new Set(lines.flatMap((line) => Object.keys(line.depends_on)));
  const fields = [...box.querySelectorAll("[data-refine]")];
  for (const field of fields) field.hidden = !waitedFor.has(field.dataset.refine) && !answers.has(field.dataset.refine);
  box.hidden = fields.every((field) => field.hidden);
  if (!box.hidden && !("met" in box.dataset)) {
    box.open = isSeen(box) && !isUnderEyes(box); // a tap away rather than a screen of questions between two lines
    if (isSeen(box)) box.dataset.met = "";
  }
  for (const chip of box.querySelectorAll(".pw-chip")) {
    const given = answers.get(chip.dataset.q) ?? "";
    chip.setAttribute("aria-pressed", String(chip.dataset.a === (given === "unknown" ? "" : given)));
  }
}

/** The answers that counted. */
export function showWhy(section, reason) {
  const box = section.querySelector('[data-extra="why"]');
  box.hidden = false;
  box.querySelector("[data-counted]").replaceChildren(
    ...reason.counted.map(({ question, answer, assumed }) => {
      const { ask, answers } = questions.get(question);
      const words = assumed ? say("assumed", { answer: answers.get(answer) }) : answers.get(answer);
      return element("li", {}, element("span", { textContent: `${ask} ` }), element("b", { textContent: words }));
    }),
  );
}

/** Each other answer that would lead elsewhere, as a link to there. */
export function showChanges(section, changes, state, now) {
  const box = section.querySelector('[data-extra="changes"]');
  box.hidden = false;
  const list = box.querySelector("[data-changes]");
  if (changes.length === 0) {
    list.replaceChildren(element("li", { textContent: say("nothing-changes") }));
    return;
  }
  list.replaceChildren(
    ...changes.map((change) => {
      const there = write(changed(state.answers, change.question, change.answer), lasting(state));
      const item = element("li", { data: { change: `${change.question}=${change.answer}` } });
      item.append(element("a", { href: there, textContent: `${say("if")} ${change.condition[language]}` }), ": ");
      if (change.status === "ask") {
        item.append(say("then-asks", { question: change.asks.ask[language] }));
      } else if (change.phase.id === now.phase.id && String(change.lead) === String(now.lead)) {
        item.append(say("same-outcome"));
      } else {
        item.append(element("b", { textContent: `${change.phase[language]} ` }));
        for (const id of change.lead) item.append(badge(id), " ");
      }
      return item;
    }),
  );
}

function badge(id) {
  const open = id === "unstated";
  return element("span", { className: open ? "pw-who pw-who--open" : "pw-who pw-who--lead", textContent: role(id) });
}

/** Follow-up moments as days; those of another start day go. */
export function showDates(section, dates) {
  for (const place of section.querySelectorAll("[data-date]")) place.hidden = true;
  section.querySelector("[data-dates-note]").hidden = dates.length === 0;
  const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "nl-NL", { dateStyle: "full", timeZone: "UTC" });
  for (const { id, day, moved, until } of dates) {
    const place = section.querySelector(`[data-follow="${CSS.escape(id)}"] [data-date]`);
    if (!place) continue;
    const words = say(until ? "until" : "on", { day: format.format(new Date(`${day}T00:00:00Z`)) });
    place.textContent = moved ? `${words} ${say("moved")}` : words;
    place.hidden = false;
  }
}
