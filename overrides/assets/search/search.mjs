// Search with Pagefind: the index is split by language and knows Dutch word forms, so that
// "leerlingen" finds "leerling". What is typed stays here: the page asks the host only for
// pieces of the index, and the words never become part of an address.

import { queries, Words } from "./words.mjs";

const form = document.querySelector("[data-search]");
const input = form.querySelector("input");
const status = document.querySelector("[data-status]");
const hits = document.querySelector("[data-hits]");
const more = document.querySelector("[data-more-hits]");
const elsewhere = document.querySelector("[data-elsewhere]");
const { language } = form.dataset; // of the site: a browser that translates the page changes its lang
const MOST = 20;
let index; // the promise of {pagefind, words}
let tries = 0;
let turn = 0;

async function open() {
  const bundle = new URL(form.dataset.bundle, location.href);
  const again = tries ? `?${tries}` : ""; // a module that did not come is not fetched again under its old name
  tries += 1;
  const [pagefind, told] = await Promise.all([
    import(new URL(`pagefind.js${again}`, bundle)),
    fetch(new URL(`words-${language}.json`, bundle)).then((answer) => answer.json()),
  ]);
  await pagefind.options({ excerptLength: 24 });
  // Pagefind takes its language from the page at this very moment, and from nowhere else.
  const { lang } = document.documentElement;
  document.documentElement.lang = language;
  const ready = pagefind.init();
  document.documentElement.lang = lang;
  await ready;
  return { pagefind, words: new Words(language, told) };
}

// Pagefind marks the words it found with <mark>; everything else in an excerpt is text. It is read as
// one paragraph: read piece by piece, each piece would lose the space at its beginning.
function excerpt(html) {
  const paragraph = document.createElement("p");
  for (const part of new DOMParser().parseFromString(`<p>${html}</p>`, "text/html").querySelector("p").childNodes) {
    if (part.nodeName === "MARK") {
      const mark = document.createElement("mark");
      mark.textContent = part.textContent;
      paragraph.append(mark);
    } else {
      paragraph.append(part.textContent);
    }
  }
  return paragraph;
}

// The section that says most of what is sought: a page of questions is found by the one that was asked.
function fullest(page) {
  const said = (part) => part.weighted_locations.reduce((sum, place) => sum + place.balanced_score, 0);
  return page.sub_results.reduce((most, part) => (said(part) > said(most) ? part : most), page.sub_results[0]) ?? page;
}

function hit(page) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const part = fullest(page);
  link.href = part.url;
  link.textContent = page.meta.title;
  item.append(link, excerpt(part.excerpt));
  return item;
}

// What is found for any of these, best first, each page once.
async function best(pagefind, sought, options) {
  const answers = await Promise.all(sought.map((words) => pagefind.search(words, options)));
  const found = new Map();
  for (const result of answers.flatMap((answer) => answer.results)) {
    if (!(found.get(result.id)?.score >= result.score)) found.set(result.id, result);
  }
  return [...found.values()].sort((a, b) => b.score - a.score);
}

// {results, items, apart}: pages that have all that was meant, or else (`apart`) some of it.
// Pages for parents stand first where somebody asks about a child.
async function found(typed) {
  const { pagefind, words } = await (index ??= open());
  // In quotes Pagefind takes a word as it is, in all its forms; else it makes do with how the word begins.
  const stands = async (word) => (await pagefind.search(`"${word}"`)).results.length > 0;
  const items = await words.understood(typed, stands);
  const meant = items.filter(({ ways }) => ways.length);
  if (meant.length === 0) return { results: [], items };
  let sought = queries(meant);
  let results = await best(pagefind, sought);
  const apart = results.length === 0 && meant.length > 1;
  if (apart) {
    sought = meant.flatMap(({ ways }) => ways);
    results = await best(pagefind, sought);
  }
  if (results.length === 0 && items.some(({ sure }) => sure)) throw new Error("a piece of the index did not come");
  if (items.some(({ child }) => child)) {
    const first = await best(pagefind, sought, { filters: { for: "parents" } });
    const known = new Set(first.map(({ id }) => id));
    results = [...first, ...results.filter(({ id }) => !known.has(id))];
  }
  return { results, items, apart };
}

// Which words were not found, and what was looked for instead; then how much there is, and how much is shown.
function told({ results, items, apart, shown }) {
  const say = (key, blanks = {}) => form.dataset[key].replace(/\{(\w)\}/g, (_, name) => blanks[name]);
  const lines = items.flatMap(({ typed, ways, instead, phrase }) => {
    const these = { x: typed, y: (instead ?? ways).join("’, ‘") };
    if (instead) return [say(instead.length ? "instead" : "missing", these)];
    return phrase ? [say("sought", these)] : [];
  });
  const total = results.length;
  if (apart && total) lines.push(say("apart"));
  if (total > shown) lines.push(say("first", { n: total, m: shown }));
  else lines.push(total > 1 ? say("all", { n: total }) : say(total ? "one" : "none"));
  return lines.join(" ");
}

function clear(words) {
  status.textContent = words;
  hits.replaceChildren();
  more.hidden = true;
  elsewhere.hidden = false;
}

async function search() {
  const mine = ++turn;
  const typed = input.value.trim();
  if (!typed) {
    clear("");
    return;
  }
  try {
    const answer = await found(typed);
    const drawn = await next({ ...answer, shown: 0 });
    if (mine !== turn) return; // something newer was typed meanwhile
    clear("");
    add(drawn, { ...answer, shown: drawn.length });
  } catch {
    index = undefined; // it keeps what did not come; the next search starts with a new one
    if (mine === turn) clear(form.dataset.broken);
  }
}

/** The next results as lines of the list. */
async function next({ results, shown }) {
  const pages = await Promise.all(results.slice(shown, shown + MOST).map((result) => result.data()));
  return pages.map(hit);
}

function add(drawn, answer) {
  const mine = turn;
  hits.append(...drawn);
  status.textContent = told(answer);
  elsewhere.hidden = drawn.length > 0;
  more.hidden = answer.shown >= answer.results.length;
  more.onclick = async () => {
    try {
      const further = await next(answer);
      if (mine !== turn) return;
      add(further, { ...answer, shown: answer.shown + further.length });
      further[0].querySelector("a").focus();
    } catch {
      if (mine !== turn) return;
      status.textContent = form.dataset.broken;
      elsewhere.hidden = false;
    }
  };
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
document.querySelector("[data-no-search]").hidden = true;
if (input.value) search(); // what a browser put back, or was typed before this came
