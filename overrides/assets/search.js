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

function hit(page) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const best = page.sub_results[0] ?? page;
  link.href = best.url;
  link.textContent = page.meta.school ? `${page.meta.title} · ${page.meta.school}` : page.meta.title;
  item.append(link, excerpt(best.excerpt));
  return item;
}

// Pagefind's Dutch stemmer takes the plural of a word in -tor for one in -toor, so that "mentoren"
// and "mentor" miss each other: of such a word both forms are looked for.
function forms(words) {
  if (document.documentElement.lang !== "nl") return [words];
  const one = words.replace(/(?<=\p{L}t)oren(?!\p{L})/giu, "or");
  return [...new Set([one, one.replace(/(?<=\p{L}{3}t)or(?!\p{L})/giu, "oren")])];
}

// What is found for any of the forms, best first, each page once.
async function found(words) {
  const pagefind = await engine();
  const answers = await Promise.all(forms(words).map((form) => pagefind.search(form)));
  const best = new Map();
  for (const result of answers.flatMap((answer) => answer.results)) {
    if (!(best.get(result.id)?.score >= result.score)) best.set(result.id, result);
  }
  return [...best.values()].sort((a, b) => b.score - a.score);
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
    const results = await found(words);
    const pages = await Promise.all(results.slice(0, MOST).map((result) => result.data()));
    if (mine !== turn) return; // something newer was typed meanwhile
    const total = results.length;
    status.textContent =
      total === 0 ? form.dataset.none : total === 1 ? form.dataset.one : `${total} ${form.dataset.more}`;
    hits.replaceChildren(...pages.map(hit));
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
