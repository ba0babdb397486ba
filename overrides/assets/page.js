// Small comforts on every page; each page works without them.
// Nothing is stored or sent, except the choice of light or dark colours when a visitor presses that button.

const SHADE = "pw-shade"; // read in partials/shade.html, before the first paint
const root = document.documentElement;

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

// The other language opens at the same place on the page.
function languageKeepsPlace() {
  for (const link of document.querySelectorAll("[data-keep-place]")) {
    link.addEventListener("click", () => {
      link.hash = location.hash;
    });
  }
}

// Leaving fast: this page is replaced in the history. Escape three times does the same.
function quickExit() {
  const link = document.querySelector("[data-exit]");
  if (!link) return;
  const leave = () => {
    document.body.hidden = true;
    document.title = " ";
    location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      presses = [];
      return;
    }
    presses = [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
    if (presses.length >= 3) leave();
  });
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

root.classList.replace("no-js", "js");
shadeButton();
languageKeepsPlace();
quickExit();
menuCloses();
printsWhole();
printButtons();
copyButtons();
opensWhereOneLands();
