// Small comforts on every page; each page works without them.
// Nothing that a visitor does is stored or sent, except the choice of light or dark colours when they press that button,
// and, in this tab alone, that somebody left the site fast.

const SHADE = "pw-shade"; // read in partials/shade.html, before the first paint
const root = document.documentElement;
const site = new URL("../", document.currentScript.src);

function shadeNow() {
  return root.dataset.shade || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

function shadeButton() {
  const item = document.querySelector("[data-shade]:not(html)");
  const button = item?.querySelector("button");
  if (!button) return;
  const label = () => {
    button.textContent = shadeNow() === "dark" ? button.dataset.light : button.dataset.dark;
  };
  button.addEventListener("click", () => {
    root.dataset.shade = shadeNow() === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(SHADE, root.dataset.shade);
    } catch {
      // no storage: the choice holds for this page
    }
    label();
  });
  item.hidden = false;
  label();
}

// The other language opens at the same place on the page, by whatever way: a tap, a new tab, a copied link.
// The guide changes the address without a sound, so it is looked at just before the link is used.
function languageKeepsPlace() {
  for (const link of document.querySelectorAll("[data-keep-place]")) {
    const keep = () => {
      link.hash = location.hash;
    };
    for (const use of ["pointerenter", "pointerdown", "touchstart", "focus", "contextmenu", "click", "auxclick"]) link.addEventListener(use, keep);
    addEventListener("hashchange", keep);
    keep();
  }
}

// Leaving fast: this page is replaced in the history. Escape three times does the same, unless it is held down
// or does something else: closes the menu, clears a field.
function quickExit() {
  const link = document.querySelector("[data-exit]");
  if (!link) return;
  document.querySelector("[data-exit-key]").hidden = false;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link.href);
  });
  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || isFilledIn(event.target)) {
      presses = [];
      return;
    }
    presses = [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
    if (presses.length >= 3) leave(link.href);
  });
}

const isFilledIn = (field) => field.matches("input:not([type=checkbox], [type=radio]), textarea, select") && field.value !== "";

// What the page holds is gone from sight at once. The guide takes the answers out of the history first
// ("pw-leave"), but nobody waits for it.
const PATIENCE = 400;
const LEFT = "pw-left";
let left = false;

function leave(address) {
  left = true;
  rememberLeft(true);
  hide();
  let isGone = false;
  const go = () => {
    if (!isGone) location.replace(address);
    isGone = true;
  };
  if (dispatchEvent(new CustomEvent("pw-leave", { cancelable: true, detail: go }))) go();
  else setTimeout(go, PATIENCE);
}

function hide() {
  document.body.hidden = true;
  document.title = " ";
}

// Whoever left and is brought back by the Back button, whoever presses it, sees nothing of such a page. To come
// back one goes to its address anew.
function staysAway() {
  const link = document.querySelector("[data-exit]");
  const goAgain = () => {
    hide();
    location.replace(link.href);
  };
  addEventListener("pageshow", (event) => {
    if (link && event.persisted && (left || hasLeft())) goAgain();
  });
  if (!hasLeft()) return;
  if (performance.getEntriesByType("navigation")[0]?.type !== "back_forward") rememberLeft(false);
  else if (link) goAgain();
}

function hasLeft() {
  try {
    return sessionStorage.getItem(LEFT) !== null;
  } catch {
    return false; // storage can be refused; what the guide took out of the history is gone all the same
  }
}

function rememberLeft(is) {
  try {
    if (is) sessionStorage.setItem(LEFT, "yes");
    else sessionStorage.removeItem(LEFT);
  } catch {
    // see above
  }
}

// The menu closes with Escape and when the focus or the finger goes elsewhere.
function menuCloses() {
  const menu = document.querySelector(".pw-menu");
  if (!menu) return;
  const close = () => {
    menu.open = false;
  };
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      event.preventDefault();
      close();
      menu.querySelector("summary").focus();
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
  addEventListener("click", (event) => {
    if (!menu.contains(event.target)) close();
  });
}

// On paper: the day, and all that is folded, where the style sheet cannot unfold it (before Chromium 131, Safari 18.4).
function printsWhole() {
  const day = document.querySelector("[data-printed]");
  const canUnfold = CSS.supports("selector(::details-content)");
  let opened = [];
  addEventListener("beforeprint", () => {
    day.querySelector("span").textContent = new Date().toLocaleDateString(day.dataset.printed, { dateStyle: "full" });
    day.hidden = false;
    if (canUnfold) return;
    opened = [...document.querySelectorAll(".md-main details:not([open])")];
    for (const fold of opened) {
      fold.removeAttribute("name"); // of those with one name only one can stand open
      fold.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });
}

function printButtons() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

// What an address leads to is open, also where it is folded.
function opensWhereOneLands() {
  const open = () => {
    const fold = document.getElementById(location.hash.slice(1))?.closest("summary")?.parentElement;
    if (fold) fold.open = true;
  };
  addEventListener("hashchange", open);
  open();
}

// Copies a text of the page; where that is refused, it says so.
function copyButtons() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const status = document.querySelector("[data-copy-status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
        status.textContent = button.dataset.done;
      } catch {
        status.textContent = button.dataset.failed;
      }
    });
  }
}

// The numbers to call, and a school's page for parents, are kept for when there is no connection: some
// tens of kilobytes (scripts/offline.py). The guide and practice, which keep more, say themselves when
// there is a newer version.
function keepsForLater() {
  const workers = navigator.serviceWorker; // absent in some private windows and on plain http
  if (!workers) return;
  const notice = document.querySelector("[data-newer]");
  const hasItsOwn = document.querySelector("[data-guide], [data-practice]");
  notice?.querySelector("button").addEventListener("click", () => location.reload());
  workers.addEventListener("message", ({ data }) => {
    if (data?.newer && notice && !hasItsOwn) notice.hidden = false;
  });
  if (navigator.connection?.saveData) return;
  const ask = async () => (await workers.ready).active.postMessage({ read: true });
  workers.addEventListener("controllerchange", ask); // a new version has a cache of its own
  addEventListener("load", async () => {
    try {
      const registration = await workers.register(new URL("sw.js", site), { updateViaCache: "none" });
      const goOn = () => registration.waiting?.postMessage({ take: "over" });
      registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", goOn));
      goOn();
      await ask();
    } catch {
      // refused, full or broken: the page works without
    }
  });
}

staysAway();
root.classList.replace("no-js", "js");
shadeButton();
languageKeepsPlace();
quickExit();
menuCloses();
printsWhole();
printButtons();
copyButtons();
opensWhereOneLands();
keepsForLater();
