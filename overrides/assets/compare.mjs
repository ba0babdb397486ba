// Puts chosen schools side by side, line by line: each column comes from the school's own page in six
// points, so this page stays as small with four hundred schools as with five. The choice stands in
// the fragment (#cals,wijhe); nothing is asked of the host before a school is chosen.

const place = document.querySelector("[data-beside]");
const status = place.querySelector("[data-status]");
const help = status.textContent;
const boxes = [...document.querySelectorAll("[data-pick] input")];
const pages = new Map(); // school -> its page, fetched once
let turn = 0;

async function fetched(box) {
  const address = new URL(box.dataset.from, location.href);
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // What is a way from there must be the same way from here.
  for (const link of page.querySelectorAll("[data-point] a[href]")) {
    link.href = new URL(link.getAttribute("href"), address).href;
  }
  return page;
}

function pageOf(box) {
  if (!pages.has(box.value)) {
    const coming = fetched(box);
    coming.catch(() => pages.delete(box.value)); // the next choice asks again
    pages.set(box.value, coming);
  }
  return pages.get(box.value);
}

function column(box, page, point) {
  const card = document.createElement("div");
  const heading = document.createElement("h3");
  const link = document.createElement("a");
  card.className = "pw-card";
  link.href = `${box.dataset.from}#${point}`;
  link.textContent = box.dataset.school;
  heading.append(link);
  card.append(heading, document.importNode(page.querySelector(`[data-point="${point}"]`), true));
  return card;
}

async function show() {
  const mine = ++turn;
  const chosen = boxes.filter((box) => box.checked);
  const enough = chosen.length > 1;
  for (const point of place.querySelectorAll("details[data-point]")) point.hidden = !enough;
  status.textContent = chosen.length === 1 ? place.dataset.one : help;
  if (!enough) return;
  try {
    const found = await Promise.all(chosen.map(pageOf));
    if (mine !== turn) return; // something else was chosen meanwhile
    for (const point of place.querySelectorAll("details[data-point]")) {
      const columns = chosen.map((box, i) => column(box, found[i], point.dataset.point));
      point.querySelector(".pw-side").replaceChildren(...columns);
    }
    status.textContent = place.dataset.some.replace("{n}", chosen.length);
  } catch {
    if (mine !== turn) return;
    for (const point of place.querySelectorAll("details[data-point]")) point.hidden = true;
    status.textContent = place.dataset.broken;
  }
}

function choose() {
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  history.replaceState(null, "", chosen.length ? `#${chosen.join(",")}` : location.pathname);
  show();
}

function readAddress() {
  const wanted = location.hash.slice(1).split(",");
  const ours = boxes.some((box) => wanted.includes(box.value));
  if (!ours && location.hash) return; // an anchor of the page
  for (const box of boxes) box.checked = wanted.includes(box.value);
  show();
}

for (const box of boxes) {
  box.checked = false; // some browsers remember a tick; the address is what counts
  box.closest("[data-pick]").hidden = false;
  box.addEventListener("change", choose);
}
place.hidden = false;
addEventListener("hashchange", readAddress);
readAddress();
