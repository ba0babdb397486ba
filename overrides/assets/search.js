// Search with Pagefind: the index is split by language and knows Dutch word forms, so that
// "leerlingen" finds "leerling". What is typed stays here: the page asks the host only for
// pieces of the index, and the words never become part of an address.

const form = document.querySelector("[data-search]");
const input = form.querySelector("input");
const status = document.querySelector("[data-status]");
const hits = document.querySelector("[data-hits]");
const MOST = 20;
let pagefind;
let turn = 0;

async function engine() {
  if (!pagefind) {
    pagefind = await import(new URL(form.dataset.bundle + "pagefind.js", location.href));
    await pagefind.options({ excerptLength: 24 });
    await pagefind.init();
  }
  return pagefind;
}

// Pagefind marks the words it found with <mark>; everything else in an excerpt is text.
function excerpt(html) {
  const paragraph = document.createElement("p");
  for (const [i, part] of html.split(/<\/?mark>/).entries()) {
    const text = new DOMParser().parseFromString(part, "text/html").body.textContent;
    if (i % 2) {
      const mark = document.createElement("mark");
      mark.textContent = text;
      paragraph.append(mark);
    } else {
      paragraph.append(text);
    }
  }
  return paragraph;
}

function hit(found) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const best = found.sub_results[0] ?? found;
  link.href = best.url;
  link.textContent = found.meta.school ? `${found.meta.title} · ${found.meta.school}` : found.meta.title;
  item.append(link, excerpt(best.excerpt));
  return item;
}

async function search() {
  const mine = ++turn;
  const words = input.value.trim();
  if (!words) {
    hits.replaceChildren();
    status.textContent = "";
    return;
  }
  try {
    const answer = await (await engine()).search(words);
    const found = await Promise.all(answer.results.slice(0, MOST).map((result) => result.data()));
    if (mine !== turn) return; // something newer was typed meanwhile
    const total = answer.results.length;
    status.textContent =
      total === 0 ? form.dataset.none : total === 1 ? form.dataset.one : `${total} ${form.dataset.more}`;
    hits.replaceChildren(...found.map(hit));
  } catch {
    status.textContent = form.dataset.broken;
  }
}

let waiting;
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 200);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  search();
});
