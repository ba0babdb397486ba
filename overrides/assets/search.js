// Search with Pagefind: the index is split by language and knows Dutch word forms, so that
// "leerlingen" finds "leerling". What is typed stays here: the page asks the host only for
// pieces of the index, and the words never become part of an address.

const form = document.querySelector("[data-search]");
const input = form.querySelector("input");
const status = document.querySelector("[data-status]");
const hits = document.querySelector("[data-hits]");
const language = document.documentElement.lang;
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
  const best = fullest(page);
  link.href = best.url;
  link.textContent = page.meta.title;
  item.append(link, excerpt(best.excerpt));
  return item;
}

// Words that say nothing of what is looked for. A page need not have them, and "mijn" is not the
// beginning of a school's name. Where nothing else was typed, they are looked for after all.
const EMPTY = {
  nl: "de het een en of er is zijn was word wordt worden ben bent heb hebt heeft ik mij mijn je jij jouw hij zij ze haar hem wij we ons onze van voor door bij met om op in te als dat die dit deze wat wie hoe wil moet kan",
  en: "the a an and or there is are was were be being been am has have i me my you your he she they him her them his their we us our of for by at with on in to if that this these what who how do does want must can",
};

// The pages say "kind"; whoever asks about one is mostly its parent.
const CHILD = {
  nl: [/(?<!\p{L})(kind|zoon|zoontje|dochter|dochtertje)(?!\p{L})/giu, "kind"],
  en: [/(?<!\p{L})(child|kid|son|daughter)(?!\p{L})/giu, "child"],
};

function telling(words) {
  const empty = new Set(EMPTY[language].split(" "));
  const left = words.split(/\s+/).filter((word) => !empty.has(word.toLowerCase().replace(/[^\p{L}]/gu, "")));
  return (left.join(" ") || words).replace(...CHILD[language]);
}

// Pagefind's Dutch stemmer takes the plural of a word in -tor for one in -toor, so that "mentoren"
// and "mentor" miss each other: of such a word both forms are looked for.
function forms(words) {
  if (language !== "nl") return [words];
  const one = words.replace(/(?<=\p{L}t)oren(?!\p{L})/giu, "or");
  return [...new Set([one, one.replace(/(?<=\p{L}{3}t)or(?!\p{L})/giu, "oren")])];
}

// What is found for any of the forms, best first, each page once.
async function best(words, options) {
  const pagefind = await engine();
  const answers = await Promise.all(forms(words).map((form) => pagefind.search(form, options)));
  const found = new Map();
  for (const result of answers.flatMap((answer) => answer.results)) {
    if (!(found.get(result.id)?.score >= result.score)) found.set(result.id, result);
  }
  return [...found.values()].sort((a, b) => b.score - a.score);
}

// Pages for parents stand first where somebody asks about a child.
async function found(words) {
  const all = await best(telling(words));
  if (words.search(CHILD[language][0]) < 0) return all;
  const first = await best(telling(words), { filters: { for: "parents" } });
  const known = new Set(first.map((result) => result.id));
  return [...first, ...all.filter((result) => !known.has(result.id))];
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
