// Drives the page for practising: the start, rounds of cases, the end. Python chooses and marks;
// what a learner does stays in this page, unless they ask to keep it on their device.

import { download } from "../guide/actions.mjs";
import { keepOffline } from "../guide/offline.mjs";
import { settle, takeOneClick } from "../guide/one_tap.mjs";
import { entitle } from "../guide/title.mjs";
import { element, say } from "../guide/words.mjs";
import { MOST, read, roundFragment } from "./address.mjs";
import { Engine } from "./engine.mjs";
import { Memory } from "./memory.mjs";
import { drawn } from "./picture.mjs";
import { button, play } from "./round.mjs";
import * as team from "./team.mjs";

const page = document.querySelector("[data-practice]");
const stage = page.querySelector("[data-stage]");
const message = page.querySelector("[data-message]");
const status = page.querySelector("[data-status]");
const extras = page.querySelector("[data-extras]");
const site = new URL("../../", import.meta.url);
const { school } = page.dataset;

const memory = new Memory(school);
const engine = new Engine(page.dataset, engineChanged);
let set = []; // the cases of a link, not begun yet
let presses = 0; // of a button that begins or goes on
let waiting = false; // one was pressed before Python was there

// --- the start -----------------------------------------------------------------------------------

function start({ moveFocus = false } = {}) {
  page.classList.remove("is-playing");
  const heading = element("h2", { id: "ronde-kop", tabIndex: -1, textContent: say(set.length ? "shared" : "how-many") });
  const rows = element("ul", { className: "pw-answers" });
  const row = (words, help, doing, main = false) => {
    const one = button(`pw-answer${main ? " pw-answer--main" : ""}`, "");
    one.append(element("b", { textContent: words }), element("span", { textContent: help }));
    one.addEventListener("click", doing);
    rows.append(element("li", {}, one));
  };
  const { round } = memory;
  if (set.length) row(say("shared-begin"), say("shared-help", { m: set.length }), () => begin(set.length, set), true);
  if (round) row(say("resume"), say("resume-help", { n: round.at + 1, m: round.count }), goOn, !set.length);
  row(say("five"), say("five-help"), () => begin(5), !set.length && !round);
  row(say("ten"), say("ten-help"), () => begin(10));
  const section = element("section", { className: "pw-start" }, heading, rows, going(), own());
  section.setAttribute("aria-labelledby", heading.id);
  stage.replaceChildren(section);
  settle();
  entitle("");
  if (moveFocus) heading.focus();
}

function going() {
  const fold = element("details", { className: "pw-more", data: { picture: "" } }, element("summary", { textContent: say("picture") }));
  fold.append(...drawn(memory.picture));
  return fold;
}

// Keep, take along, delete: only here is anything stored or handed out.
function own() {
  const box = element("input", { type: "checkbox", checked: memory.keeps });
  box.dataset.keep = "";
  box.addEventListener("change", () => {
    const done = memory.keep(box.checked);
    box.checked = memory.keeps;
    tell(say(!done ? "no-room" : box.checked ? "kept" : "not-kept"));
  });
  const file = element("input", { type: "file", accept: ".json,application/json", hidden: true });
  file.addEventListener("change", () => importFile(file));
  const actions = [
    ["export", () => {
      download(memory.asFile(), `${say("file")}-${school}.json`, "application/json");
      tell(say("exported"));
    }],
    ["import", () => file.click()],
    ["delete", () => {
      memory.wipe();
      remember();
      start({ moveFocus: true });
      tell(say("deleted"));
    }],
  ].map(([key, doing]) => {
    const made = button("pw-button", say(key));
    made.dataset.own = key;
    made.addEventListener("click", doing);
    return made;
  });
  return element("details", { className: "pw-more", data: { own: "" } },
    element("summary", { textContent: say("my-progress") }),
    element("p", {}, element("label", { className: "pw-keep" }, box, say("keep"))),
    element("p", { className: "pw-notice", textContent: say("keep-help") }),
    element("div", { className: "pw-actions" }, ...actions), file);
}

async function importFile(field) {
  const text = await field.files[0]?.text().catch(() => "");
  field.value = "";
  if (text === undefined) return;
  if (!memory.fromFile(text)) {
    tell(say("not-imported"));
    return;
  }
  remember();
  await refreshPicture();
  start({ moveFocus: true });
  tell(say("imported"));
}

// --- a round -------------------------------------------------------------------------------------

function begin(count, cases = []) {
  // any number will do: it only makes this round another one than the last
  const [seed] = crypto.getRandomValues(new Uint32Array(1));
  memory.round = { cases: [...cases], at: 0, count, seed: seed % 1e9, set: cases.length > 0 };
  set = [];
  goOn();
}

async function goOn() {
  if (!(await ready())) return;
  const { round } = memory;
  page.classList.add("is-playing");
  extras.hidden = true;
  tell("");
  try {
    if (round.at >= round.cases.length) {
      const { case: id } = await engine.ask("next", { used: round.cases, seed: round.seed, progress: memory.progress });
      round.cases.push(id);
    }
    const it = await wanted(round);
    if (it) show(it);
  } catch {
    start();
  }
}

// Until Python is there all stays as it is: the stories can be read, the focus is where it was. Whoever looks at
// something else by then is not taken away from it, but asked.
async function ready() {
  if (engine.state === "ready") return true;
  const mine = ++presses;
  const focused = document.activeElement;
  const pressed = page.contains(focused) && focused.matches("button") ? focused : stage; // Safari focuses no button
  waiting = true;
  loading();
  extras.scrollIntoView({ block: "nearest" });
  try {
    await engine.ready();
  } catch {
    if (page.classList.contains("is-playing")) start({ moveFocus: true });
    return false; // the page says so
  } finally {
    if (mine === presses) waiting = false;
  }
  if (mine !== presses) return false;
  const { top, bottom } = pressed.getBoundingClientRect();
  const isLookedAt = bottom > 0 && top < innerHeight && [pressed, document.body].includes(document.activeElement);
  if (isLookedAt || page.classList.contains("is-playing")) return true;
  const now = button("pw-button pw-button--main", say("begin-now"));
  now.addEventListener("click", goOn);
  extras.replaceChildren(`${say("is-there")} `, now);
  extras.hidden = false;
  return false;
}

function loading() {
  extras.replaceChildren(say(waiting ? "loading-begins" : "loading"));
  extras.hidden = false;
}

// Keep the round in the address and the progress in this place of the history: both outlive a reload and leave with
// the tab. On the device only if the learner asked for it; false if the device refuses.
function remember() {
  const { round, progress } = memory;
  history.replaceState({ progress }, "", round?.cases.length ? roundFragment(round) : location.pathname);
  return memory.save();
}

// The case that is next; one that a link or a file names and nobody knows is left out.
async function wanted(round) {
  while (round.at < round.cases.length) {
    try {
      return await engine.ask("case", { case: round.cases[round.at] });
    } catch (error) {
      if (engine.state !== "ready") throw error;
      round.cases.splice(round.at, 1);
      round.count -= 1;
    }
  }
  memory.round = null;
  remember();
  start({ moveFocus: true });
  tell(say("clean"));
  return null;
}

function show(it) {
  const { round } = memory;
  const title = say("story-of", { n: round.at + 1, m: round.count });
  status.textContent = title;
  remember();
  entitle(title);
  play(stage, { engine, it, seed: round.seed, title, told, after, stop: () => start({ moveFocus: true }) });

  async function told(marked) {
    const last = round.at + 1 >= round.count;
    const { progress, picture } = await engine.ask("record", { progress: memory.progress, case: it.id, facets: marked.facets, end: last });
    Object.assign(memory, { progress, picture });
    round.at += 1;
    memory.round = last ? null : round;
    if (!remember()) tell(say("no-room"));
  }

  function after() {
    const next = button("pw-button pw-button--main", say(memory.round ? "next" : "finish"));
    next.addEventListener("click", () => (memory.round ? goOn() : finish(round)));
    const buttons = [next];
    if (it.composed) buttons.push(neighbour(it, round));
    return [element("div", { className: "pw-actions" }, ...buttons)];
  }
}

// The same composed case with one fact changed, as an extra one in this round.
function neighbour(it, round) {
  const other = button("pw-button", say("same-but"));
  other.addEventListener("click", async () => {
    const { cases } = await engine.ask("neighbours", { case: it.id });
    const fresh = cases.filter((id) => !round.cases.includes(id));
    if (fresh.length === 0) {
      other.remove();
      return;
    }
    round.cases.splice(round.at, 0, fresh[round.seed % fresh.length]);
    round.count += 1;
    memory.round = round;
    goOn();
  });
  return other;
}

function finish(round) {
  const heading = element("h2", { id: "ronde-kop", tabIndex: -1, textContent: say("done") });
  const another = button("pw-button pw-button--main", say("another"));
  another.addEventListener("click", () => {
    memory.round = { ...round, count: round.count + 1 };
    goOn();
  });
  const share = button("pw-button", say("share-round"));
  const again = button("pw-button", say("again"));
  again.addEventListener("click", () => start({ moveFocus: true }));
  const section = element("section", { className: "pw-start" }, heading, element("p", { textContent: say("done-help") }),
    element("div", { className: "pw-actions" }, another, again, share));
  section.setAttribute("aria-labelledby", heading.id);
  share.addEventListener("click", async () => tell(await team.share(round.cases.slice(-MOST), section)));
  const fold = going();
  fold.open = true;
  section.append(fold, own());
  stage.replaceChildren(section);
  settle();
  entitle(say("done"));
  scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}

// --- around it -----------------------------------------------------------------------------------

function tell(text, ...more) {
  message.replaceChildren(text, ...more);
  message.hidden = text === "";
}

async function refreshPicture() {
  if (!memory.progress) return;
  try {
    const { progress, picture } = await engine.ask("progress", { progress: memory.progress });
    Object.assign(memory, { progress, picture });
  } catch {
    // without Python there is no picture
  }
}

function engineChanged(now) {
  page.dataset.python = now;
  const retry = button("pw-link", say("retry"));
  retry.addEventListener("click", () => engine.ready().catch(() => {}));
  const refresh = button("pw-link", say("refresh"));
  refresh.addEventListener("click", () => location.reload());
  extras.hidden = now === "ready";
  if (now === "starting") loading();
  if (now === "failed" || now === "gone") extras.replaceChildren(say(now), " ", now === "gone" ? refresh : retry);
  if (now === "failed") keep();
  if (now === "ready") {
    refreshPicture().then(() => {
      if (!page.classList.contains("is-playing")) stage.querySelector("[data-picture]")?.replaceWith(going());
      keep();
    });
  }
}

function keep() {
  if (navigator.connection?.saveData) return;
  const newer = (goOver) => {
    const go = button("pw-button", say("refresh"));
    go.addEventListener("click", goOver);
    tell(`${say("new-version")} `, go);
  };
  const kept = (names) => {
    page.dataset.offline = names.join(" ");
  };
  keepOffline(site, { school, python: engine.state === "ready", newer, kept });
}

/** Take over what the address says; false where it says nothing new. */
function readAddress() {
  const found = read(location.hash);
  if (!found) {
    remember();
    tell(say("clean"));
    return true;
  }
  const isOld = found.round && found.round.seed === memory.round?.seed; // where this very round was a while ago
  if (isOld || !(found.set || found.round)) return false;
  set = found.set ?? [];
  memory.round = found.round ?? memory.round;
  tell("");
  return true;
}

// The links of the shelf lead to the guide's outcome with its answers, so that nothing is asked again.
for (const link of page.querySelectorAll("[data-outcome-link]")) link.hash = link.dataset.outcomeLink;

addEventListener("hashchange", () => {
  if (readAddress()) start({ moveFocus: true });
  else if (memory.round) remember(); // a place on the page has taken over the address
});

memory.progress = history.state?.progress ?? memory.progress;
readAddress();
start();
team.prepare(tell, (cases) => begin(cases.length, cases));
takeOneClick(document.body);
page.querySelector("[data-without-scripts]")?.remove();
page.dataset.ready = "";

const idle = globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 200));
if (navigator.connection?.saveData) {
  extras.hidden = false;
  extras.textContent = say("saving");
} else {
  requestAnimationFrame(() => idle(() => engine.ready().catch(() => {}), { timeout: 2000 }));
}
