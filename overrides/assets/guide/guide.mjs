// Drives the guide: shows the screen that the address asks for, by the page's links or, once it is
// there, by Python. The address is the only memory; nothing is stored and nothing is sent.

import * as actions from "./actions.mjs";
import { empty, readAddress } from "./address.mjs";
import { keepAnswersAt } from "./anchors.mjs";
import { FLAG, changed, lasting, leadingOn, write } from "./answers.mjs";
import { showCautions } from "./cautions.mjs";
import { putPlainFirst, showHeadline, tickHeadline, untickHeadline } from "./headline.mjs";
import { keepOffline } from "./offline.mjs";
import { settle, takeOneClick } from "./one_tap.mjs";
import * as outcome from "./outcome.mjs";
import { keepingPlace } from "./place.mjs";
import { Python } from "./python.mjs";
import * as steps from "./steps.mjs";
import { entitle, titleOf } from "./title.mjs";
import { tell, tellBeside } from "./told.mjs";
import { hideTrail, showAssumed, showTrail } from "./trail.mjs";
import { allScreens, answerLinks, completeOutcome, follow, screen, screenAt, screenOf, withParts } from "./walk.mjs";
import { element, language, say } from "./words.mjs";

const guide = document.querySelector("[data-guide]");
const status = document.querySelector("[data-status]");
const extras = document.querySelector("[data-extras]");
const site = new URL("../../", import.meta.url);

let state = empty();
let shown = null;
let shownFor = ""; // the address and reader that it was shown for
let pupil = actions.madeUp(); // a secret of this page, so that no two pupils share an event in a calendar
let turn = 0; // which showing is the latest; older ones stop when they find out
const given = new Map(); // question -> the last answer of this case, marked again where one goes back to it

const python = guide.dataset.school ? new Python(guide.dataset, pythonChanged) : null;

// --- from the address to a screen ---------------------------------------------------------------

async function show(options = {}) {
  const mine = ++turn;
  delete guide.dataset.shown; // until it is
  await showLatest(mine, options);
  if (mine === turn) guide.dataset.shown = String(mine); // for tests and tools: nothing more follows
}

async function showLatest(mine, { moveFocus = false, held = null }) {
  let next = readAddress(state);
  const asksDanger = next && !next.lost && !next.answers.has(FLAG);
  if (!next) {
    next = empty();
    steps.rewrite(""); // without a place in it, which the browser would go to
    tell(say("clean"));
  } else if (asksDanger && next.missed) {
    tell(say("card-again")); // the answers are given once more
  } else if (asksDanger && next.answers.size) {
    tell(say("waiting")); // a link of someone else's: danger is asked first, here and now
  } else if (moveFocus && shownFor !== wanted()) {
    tell("");
  }
  state = { ...next, view: next.view || state.view };
  if (!state.lost && state.answers.size === 0) forgetCase();
  for (const [question, answer] of state.answers) given.set(question, answer);
  if (state.lost) {
    const place = location.hash.slice(1);
    const isNew = screenAt(place) !== shown;
    displayByLinks(screenAt(place), [], moveFocus);
    if (isNew && !screen(place)) document.getElementById(place).scrollIntoView(); // a part of the screen
    return;
  }
  const known = state.change ? before(state) : state.answers;
  // The page's own links answer at once; Python's word, a moment later, is the one that counts. What
  // is there already stays until then: it would only fold out and in again under the reader's eyes.
  const { here, trail } = follow(known, state.change);
  const isThere = here === shown && !moveFocus && (isOfPython() || shownFor === wanted());
  if (!isThere) displayByLinks(here, trail, moveFocus);
  else if (shownFor !== wanted()) keepingPlace(() => prepareLinks(here, trail), held); // no link leads back to what was said before
  const decision = await decide(known);
  if (mine !== turn) return;
  const there = decision && screenOf(decision);
  if (!there) {
    if (isOfPython()) fallBack(here, trail, moveFocus);
    return;
  }
  const settled = decision.status === "outcome" && !state.change;
  keepingPlace(() => {
    if (there !== here) display(there, decision.trail ?? [], { moveFocus });
    else if (shownFor !== wanted()) display(here, trail, { moveFocus, afresh: !settled });
    if (settled) outcome.settle(there, decision, state);
    if (settled) outcome.showRefinements(there, state.answers, decision);
  }, held);
  guide.dataset.drivenBy = "python"; // from here on it is Python's screen, the extras are on their way
  if (settled) await showExtras(there, decision, mine, held);
}

const wanted = () => `${location.hash} ${state.view}`;

const isOfPython = () => guide.dataset.drivenBy === "python";

function displayByLinks(here, trail, moveFocus) {
  guide.dataset.drivenBy = "links";
  display(here, trail, { moveFocus });
  if (here.dataset.outcome) outcome.sayNarrowing(here, python && !state.lost && [undefined, "starting"].includes(guide.dataset.python));
}

// Python fell away while one reads what it had shown.
function fallBack(here, trail, moveFocus) {
  guide.dataset.drivenBy = "links";
  if (!here.dataset.outcome && shownFor === wanted()) return;
  const isAnswering = here.querySelector('[data-extra="refine"]')?.contains(document.activeElement);
  keepingPlace(() => displayByLinks(here, trail, moveFocus));
  if (isAnswering) focusOn(here); // what had the focus is gone
}

function focusOn(here) {
  const heading = here.querySelector("h2") ?? here;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

// What Python decides of these answers, or null while it cannot.
async function decide(answers) {
  if (python?.state !== "ready" || !answers.has(FLAG)) return null;
  const decision = await python.call("decide", { answers: Object.fromEntries(answers) }).catch(() => null);
  if (decision?.error) python.fail(decision.error);
  return decision?.error ? null : decision;
}

// While one answer is being changed, only what was asked before it counts.
function before({ answers, change }) {
  const { trail } = follow(answers, change);
  return new Map(trail.map((question) => [question, answers.get(question)]));
}

function display(here, trail, { moveFocus = false, afresh = true }) {
  const together = withParts(here);
  for (const section of together) section.classList.add("is-here");
  // A screen that is there already stays untouched: taken out and put back it would lose the focus.
  const isThere = together.length === guide.children.length && together.every((section, i) => section === guide.children[i]);
  if (!isThere) guide.replaceChildren(...together);
  guide.classList.add("is-driven");
  if (here !== shown || moveFocus) settle();
  guide.dataset.reader = state.view || "staff";
  guide.toggleAttribute("data-lost", state.lost);
  if (here.dataset.outcome) {
    completeOutcome(here);
    outcome.unpool(here);
  }
  if (afresh) outcome.forget(here);
  if (here.dataset.outcome) prepareOutcome(here, trail);
  showCautions(here, state);
  if (here.dataset.outcome) putPlainFirst(here, state);
  prepareLinks(here, trail);
  const progress = showProgress(here, trail);
  entitle(titleOf(here));
  if (moveFocus) {
    scrollTo(0, 0);
    focusOn(here);
    if (here !== shown) status.textContent = progress;
  }
  shown = here;
  shownFor = wanted();
}

function showProgress(here, trail) {
  if (here.dataset.outcome) return here.querySelector(".pw-eyebrow").textContent;
  const place = here.querySelector("[data-progress]");
  if (!place || state.lost) return place?.textContent ?? "";
  const number = trail.filter((question) => question !== FLAG).length + 1;
  const most = number + Number(here.dataset.left) - 1;
  place.textContent = state.change ? say("keep") : say(most > 1 ? "question-of" : "question-number", { n: number, m: most });
  return place.textContent;
}

// Every link says where it leads: it can be opened in a new tab, copied, or followed with the back button.
function prepareLinks(here, trail) {
  if (state.lost) hideTrail();
  else showTrail(here, state, trail);
  for (const link of withParts(here).flatMap(answerLinks)) {
    if (state.lost) continue;
    const { q: question, a: answer } = link.dataset;
    link.setAttribute("href", write(changed(state.answers, question, answer), leadingOn(state, question, link.dataset.seen)));
    // Where one comes back, the answer stands as it was given; whether there is danger is asked afresh.
    if (question !== FLAG && given.get(question) === answer) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const back = here.querySelector("[data-back]");
  if (!back || state.lost) return;
  const last = follow(state.answers, state.change).trail.at(-1);
  const restart = Boolean(here.dataset.outcome);
  if (state.change) back.setAttribute("href", write(state.answers, lasting(state)));
  else if (restart || !last) back.setAttribute("href", "#start");
  else if (last === FLAG && state.seen) back.setAttribute("href", write(changed(state.answers, FLAG, state.seen), { view: state.view }));
  else back.setAttribute("href", write(changed(state.answers, last, ""), lasting(state)));
  if (!restart && guide.dataset.school) back.textContent = `‹ ${say("back")}`;
}

function prepareOutcome(here, trail) {
  for (const part of here.querySelectorAll(".pw-actions [data-do], [data-with-scripts]")) part.hidden = false;
  const wanted = here.querySelector(`.pw-views input[value="${CSS.escape(state.view || "staff")}"]`);
  if (wanted) wanted.checked = true;
  if (state.view === "teacher") openFolds(here);
  showAssumed(here, state, trail);
  if (!state.lost || !guide.dataset.school) return;
  const again = element("a", { href: write(state.answers, lasting(state)), textContent: say("lost-link") });
  tell(say("lost"), again);
}

// What one person does is short enough to stand open.
function openFolds(here) {
  for (const fold of here.querySelectorAll(".pw-fold")) fold.open = true;
}

async function showExtras(here, decision, mine, held) {
  const payload = { answers: Object.fromEntries(state.answers) };
  const [reason, changes] = await Promise.all([python.call("explain", payload), python.call("changes", payload)]).catch(() => []);
  if (mine !== turn || !changes || reason.error || changes.error) return;
  const dates = here.querySelector('[data-extra="dates"]');
  keepingPlace(() => {
    outcome.showWhy(here, reason);
    outcome.showChanges(here, changes, state, decision);
    if (dates) dates.hidden = false;
  }, held);
  if (dates) await showDates(here, mine);
}

// Returns what Python says, or null where there is nothing to show; what stood there before never stays.
async function showDates(here, mine = turn, more = {}) {
  const day = here.querySelector("[data-start-day]");
  if (!day.validity.badInput) day.value ||= actions.today();
  const payload = { answers: Object.fromEntries(state.answers), start: day.value, language, ...more };
  const found = await python.call("calendar", payload).catch(() => null);
  if (mine !== turn) return null;
  const dates = found?.dates ?? null;
  keepingPlace(() => {
    outcome.showDates(here, dates ?? []);
    here.querySelector('[data-extra="dates"] [data-told]').textContent = dates ? "" : say(found ? "no-such-day" : "no-dates");
  });
  return dates && found;
}

// --- what the visitor does ----------------------------------------------------------------------

// Another case begins: nothing of the one before it stands on the page.
function forgetCase() {
  untick();
  given.clear();
  pupil = actions.madeUp();
}

function untick() {
  for (const section of allScreens()) for (const field of section.querySelectorAll("[type=checkbox]")) field.checked = false;
}

const doing = {
  done(here, button) {
    keepingPlace(() => (status.textContent = tickHeadline(here, state, button)));
    settle(); // another step is named under the finger
  },
  undo(here, button) {
    keepingPlace(() => (status.textContent = untickHeadline(here, state, button)));
    settle();
  },
  async copy(here, button) {
    tellBeside(button, await actions.copy(actions.asText(here, guide), here, say("copied"), say("select-by-hand")));
  },
  async share(here, button) {
    tellBeside(button, await actions.copy(actions.shareAddress(state), here, say("shared"), say("copy-by-hand")));
  },
  async calendar(here, button) {
    const found = await showDates(here, turn, { case: pupil });
    if (!found) return; // and beside the day stands why
    if (found.dates.length === 0) {
      tellBeside(button, say("no-moment"));
      return;
    }
    actions.download(found.ics, actions.calendarName());
    tellBeside(button, say("calendar-made"));
  },
  wipe() {
    for (const field of allScreens().flatMap((section) => [...section.querySelectorAll("[type=date], [data-by-hand]")])) {
      if (field.matches("[data-by-hand]")) field.remove();
      else field.value = "";
    }
    forgetCase();
    state = empty();
    steps.forgetSteps().then(() => show({ moveFocus: true })).then(() => tell(say("wiped")));
  },
};

guide.addEventListener("click", (event) => {
  const chip = event.target.closest(".pw-chip");
  if (chip) {
    steps.goOn(write(changed(state.answers, chip.dataset.q, chip.dataset.a), lasting(state)));
    for (const other of chip.parentElement.children) other.setAttribute("aria-pressed", String(other === chip));
    show({ held: chip }); // the focus stays on the chip
    return;
  }
  const back = event.target.closest("[data-back]");
  if (back && isPlain(event) && !state.lost && !back.closest("[data-outcome]")) {
    event.preventDefault();
    if (!steps.goBack(back.hash)) show({ moveFocus: true });
    return;
  }
  const button = event.target.closest("[data-do]");
  if (button) doing[button.dataset.do](button.closest("[data-screen]"), button);
  const link = event.target.closest("a[data-q]");
  if (link && state.lost && link.dataset.a) {
    state.answers.set(link.dataset.q, link.dataset.a);
    if (link.dataset.q === FLAG) state.seen = link.dataset.seen ?? "";
  }
});

// Not one that opens a tab or a window of its own.
const isPlain = (event) => event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

guide.addEventListener("change", (event) => {
  const { target } = event;
  const here = target.closest("[data-screen]");
  if (target.matches("[data-start-day]")) showDates(here);
  if (target.matches(".pw-views input")) chooseView(target, here);
  if (target.matches("[data-outcome] .pw-check input")) keepingPlace(() => showHeadline(here, state), target);
});

// The style sheet has followed the choice already: it is taken back for a moment, to know where it stood.
function chooseView(field, here) {
  const before = here.querySelector(`.pw-views input[value="${CSS.escape(state.view || "staff")}"]`);
  if (before) before.checked = true;
  keepingPlace(() => {
    field.checked = true;
    state.view = field.value;
    guide.dataset.reader = field.value;
    if (field.value === "teacher") openFolds(here);
    if (here.dataset.outcome) showHeadline(here, state);
  }, scrollY > 0 ? field.closest("label") : null);
  // The chosen view goes along in the address; it is no step back or forth.
  if (!state.lost) steps.rewrite(write(state.answers, state));
  show(); // every link goes along
}

keepAnswersAt(guide);
takeOneClick(document.body);

addEventListener("hashchange", ({ oldURL }) => {
  steps.arrived(new URL(oldURL).hash);
  show({ moveFocus: true });
});

// Whoever leaves fast (page.js) leaves no answers behind; `detail` goes.
addEventListener("pw-leave", (event) => {
  event.preventDefault();
  steps.forgetSteps().then(event.detail);
});

// --- Python, and files for use without a connection ---------------------------------------------

function pythonChanged(now) {
  guide.dataset.python = now;
  keepingPlace(() => {
    sayOfPython(now);
    if (now !== "ready" && shown?.dataset.outcome && !state.lost && !isOfPython()) outcome.sayNarrowing(shown, now === "starting");
  });
  if (now === "failed") keep();
  if ((now === "failed" || now === "gone") && shown) show();
  if (now === "ready") show().then(keep);
}

function sayOfPython(now) {
  const isPressed = extras.contains(document.activeElement);
  const button = (words, doing = () => python.start()) => {
    const made = element("button", { type: "button", className: "pw-link", textContent: words });
    made.addEventListener("click", doing);
    return made;
  };
  extras.hidden = now === "ready";
  if (now === "starting") extras.replaceChildren(say("starting"));
  if (now === "failed") extras.replaceChildren(say("failed"), " ", button(say("retry")));
  if (now === "gone") extras.replaceChildren(say("gone"), " ", button(say("refresh"), () => location.reload()));
  if (now === "saving") extras.replaceChildren(say("saving"), " ", button(say("fetch")));
  if (now === "starting" && isPressed) {
    extras.tabIndex = -1; // the button that was pressed is gone
    extras.focus({ preventScroll: true });
  }
}

function keep() {
  if (navigator.connection?.saveData) return;
  const newer = (goOver) => {
    const button = element("button", { type: "button", className: "pw-button", textContent: say("refresh") });
    button.addEventListener("click", goOver);
    tell(`${say("new-version")} `, button);
  };
  const kept = (names) => {
    guide.dataset.offline = names.join(" ");
  };
  const runs = python?.state === "ready";
  keepOffline(site, { school: guide.dataset.school ?? "", python: runs, newer, kept });
}

function afterFirstPaint(start) {
  const idle = globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 200));
  requestAnimationFrame(() => idle(start, { timeout: 2000 }));
}

show();
guide.dataset.ready = "";
afterFirstPaint(() => {
  if (!python) keep();
  else if (navigator.connection?.saveData) pythonChanged("saving");
  else python.start();
});
