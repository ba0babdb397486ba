// The end of a case: what the protocol says, why, what would have changed it, and the way to the guide.

import { element, language, role, say } from "../guide/words.mjs";

const page = document.querySelector("[data-practice]");

/** The badge of a phase, as everywhere; null for a phase that this school does not have. */
export function phase(id) {
  const badge = document.querySelector(`[data-phases] [data-phase="${CSS.escape(id)}"] > *`);
  return badge?.cloneNode(true) ?? null;
}

/** The quiet mark that leads to the place in the document; none where a line is ours. */
export function sourceMark(sources) {
  if (!sources?.length) return [];
  const mark = element("a", { className: "pw-src", href: `${page.dataset.sourcesPage}#${sources[0]}`, textContent: "§" });
  mark.setAttribute("aria-label", `${say("source-mark")} ${sources[0]}`);
  return [mark];
}

export function reveal({ status, decision, why, change, answers }, it) {
  const box = element("section", { className: "pw-reveal pw-card" });
  box.append(element("h3", { textContent: say("reveal") }));
  if (status === "leave") box.append(...flag(decision));
  else box.append(...outcome(decision, why, status === "ask"));
  if (change) box.append(named("change", change.words[language]));
  const link = element("a", { className: "pw-button", href: guideAddress(status, decision, answers), textContent: say(status === "leave" ? "card" : "whole") });
  box.append(element("p", {}, link));
  const note = element("details", { className: "pw-more" }, element("summary", { textContent: say("note") }), element("p", { textContent: it.note[language] }));
  if (it.note[language]) box.append(note);
  return box;
}

function outcome(decision, why, open) {
  const turn = element("p", { className: "pw-turn" }, `${say("acts-now")}: `);
  for (const id of decision.lead) {
    const unstated = id === "unstated";
    turn.append(element("span", { className: `pw-who ${unstated ? "pw-who--open" : "pw-who--lead"}`, textContent: role(id) }), " ");
  }
  if (decision.ask.length) turn.append(element("span", { className: "pw-notice", textContent: `${say("ask-whom")}: ${decision.ask.map(role).join(", ")}.` }));
  const step = decision.steps.find(({ id }) => id === decision.first_step);
  const first = named("first", step.do[language], step.sources);
  first.className = "pw-first";
  if (!step.sources?.length) first.append(" ", ours());
  const reasons = element("p", {}, element("b", { textContent: `${say("why")}: ` }));
  for (const { because, sources, reading } of why) {
    reasons.append(because[language], ...sourceMark(sources), " ");
    if (!reading) continue;
    const how = element("a", { href: `${page.dataset.sourcesPage}#${reading}`, textContent: say("our-reading") });
    how.setAttribute("aria-label", `${say("our-reading")}: ${reading}`);
    reasons.append(how, " ");
  }
  const lead = element("p", { className: "pw-notice", textContent: say(open ? "until-known" : "reveal-school", { school: page.dataset.schoolName }) });
  return [lead, element("p", {}, phase(decision.phase.id) ?? decision.phase[language]), turn, first, reasons];
}

function flag(decision) {
  const first = named("first", decision.do[0][language]);
  first.className = "pw-first";
  first.append(" ", ours());
  return [named("flag-first", decision.flag[language]), first, element("p", { textContent: decision.background[language] })];
}

function named(key, words, sources = []) {
  return element("p", {}, element("b", { textContent: `${say(key)}: ` }), words, ...sourceMark(sources));
}

function ours() {
  return element("span", { className: "pw-ours pw-ours--tag", textContent: say("ours") });
}

// The guide reads answers from its own address; red flags come first there too.
function guideAddress(status, decision, answers) {
  const facts = status === "leave" ? { red_flag: decision.flag.id } : { red_flag: "none", ...answers };
  const pairs = Object.entries(facts).map(([question, answer]) => `${question}=${answer}`);
  return `${page.dataset.guidePage}#${pairs.join("&")}`;
}
