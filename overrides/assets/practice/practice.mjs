// Drives the page for practising: the start, rounds of cases, the end. Python chooses and marks;
// what a learner does stays in this page, unless they ask to keep it on their device.

import { download } from "../guide/actions.mjs";
import { keepOffline } from "../guide/offline.mjs";
import { settle, takeOneClick } from "../guide/one_tap.mjs";
import { entitle } from "../guide/title.mjs";
import { element, say } from "../guide/words.mjs";
import { read } from "./address.mjs";
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
const engine = new Engine(school, new URL(page.dataset.cases, location.href), engineChanged);
let set = []; // the cases of a link, not begun yet

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
  memory.save();
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
  if (location.hash) history.replaceState(null, "", location.pathname);
  goOn();
}

async function goOn() {
  const { round } = memory;
  page.classList.add("is-playing");
  tell("");
  if (engine.state !== "ready") stage.replaceChildren(element("p", { className: "pw-notice", textContent: say("loading") }));
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
  memory.save();
  start({ moveFocus: true });
  tell(say("clean"));
  return null;
}

function show(it) {
  const { round } = memory;
  const title = say("story-of", { n: round.at + 1, m: round.count });
  status.textContent = title;
  entitle(title);
  play(stage, { engine, it, seed: round.seed, title, told, after, stop: () => start({ moveFocus: true }) });

  async function told(marked) {
    const last = round.at + 1 >= round.count;
    const { progress, picture } = await engine.ask("record", { progress: memory.progress, case: it.id, facets: marked.facets, end: last });
    Object.assign(memory, { progress, picture });
    round.at += 1;
    memory.round = last ? null : round;
    if (!memory.save()) tell(say("no-room"));
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
  share.addEventListener("click", async () => tell(await team.share(round.cases, section)));
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
  extras.hidden = now === "ready";
  if (now === "starting") extras.replaceChildren(say("loading"));
  if (now === "failed") {
    extras.replaceChildren(say("failed"), " ", retry);
    if (!page.classList.contains("is-playing")) start();
  }
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
  keepOffline(site, school, newer, (names) => {
    page.dataset.offline = names.join(" ");
  });
}

function readAddress() {
  const found = read(location.hash);
  set = found?.set ?? [];
  if (found) {
    tell("");
  } else {
    history.replaceState(null, "", location.pathname);
    tell(say("clean"));
  }
  return Boolean(found?.set) || !found;
}

// The links of the shelf lead to the guide's outcome with its answers, so that nothing is asked again.
for (const link of page.querySelectorAll("[data-outcome-link]")) link.hash = link.dataset.outcomeLink;

addEventListener("hashchange", () => {
  if (readAddress()) start({ moveFocus: true });
});

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
