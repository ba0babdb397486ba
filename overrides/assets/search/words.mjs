// What typed words mean on this site: which of them say something, what the pages call it, and which word was
// meant where no page has it. Words are compared without signs: "Anti-pestcoördinator" is "antipestcoordinator".

const LONGEST_PHRASE = 5; // words of docs/zoekwoorden.yaml that belong together
const MOST_QUERIES = 12;
const BETWEEN = /[\s/,;:?!()"“”]+/u;

/** One word without signs on or between its letters, and in small letters: as the build writes it. */
export function folded(word) {
  return word.normalize("NFD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

export class Words {
  /** `told` is pagefind/words-LANGUAGE.json. */
  constructor(language, told) {
    this.language = language;
    this.empty = new Set(told.empty);
    this.child = new Set(told.child);
    this.same = new Map(Object.entries(told.same));
    this.all = told.words.split(" ");
    this.known = new Set(this.all);
  }

  /**
   * What was typed, item by item: {ways, typed, instead, phrase, child, sure}. `ways`: what to look for, any of them
   * will do. `instead`: what stands for a word that no page has; nothing may. `phrase`: words of our list that belong
   * together. `child`: it is about a child.
   * `sure`: a page has this very word. `stands` tells whether a page has a word in any of its forms.
   */
  async understood(typed, stands) {
    const items = [];
    for (const item of this.#items(typed)) items.push({ typed: item, ...(await this.#meaning(item, stands)) });
    return items;
  }

  // Words, and words that belong together ("hoe lang"), without those that say nothing - unless there are no others.
  #items(typed) {
    const words = typed.toLocaleLowerCase(this.language).split(BETWEEN).filter(folded);
    const items = [];
    while (words.length) {
      let many = Math.min(LONGEST_PHRASE, words.length);
      while (many > 1 && !this.same.has(words.slice(0, many).map(folded).join(" "))) many -= 1;
      items.push(words.splice(0, many).join(" "));
    }
    const telling = items.filter((item) => !this.empty.has(folded(item)));
    return telling.length ? telling : items;
  }

  async #meaning(item, stands) {
    if (item.includes(" ")) return { ways: this.same.get(item.split(" ").map(folded).join(" ")), phrase: true };
    const word = folded(item);
    if (this.child.has(word)) return { ways: [this.child.values().next().value], child: true };
    const sure = this.known.has(word);
    const same = this.same.get(word) ?? [];
    if (sure || this.#begins(word) || (await stands(item))) return { ways: [...this.#forms(item), ...same], sure };
    const instead = same.length ? same : this.#meant(word);
    return { ways: instead.flatMap((other) => this.#forms(other)), instead };
  }

  #begins(word) {
    return word.length > 1 && this.all.some((known) => known.startsWith(word));
  }

  // Pagefind's Dutch stemmer takes the plural of a word in -tor for one in -toor, so that "mentoren"
  // and "mentor" miss each other: of such a word both forms are looked for.
  #forms(word) {
    if (this.language !== "nl") return [word];
    if (/\p{L}toren$/u.test(word)) return [word, word.slice(0, -2)];
    if (/\p{L}{3}tor$/u.test(word)) return [word, `${word}en`];
    return [word];
  }

  // The word that was meant: what pages say instead of it, a word with a letter or two wrong, or the parts of a
  // Dutch compound. Of equally near words the one with the same beginning, then the one on most pages.
  #meant(word) {
    const typed = [...this.same.keys()].filter((key) => !key.includes(" "));
    const begun = word.length > 3 && typed.find((key) => key.startsWith(word));
    if (begun) return this.same.get(begun);
    const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    let best = { away: most + 1, near: "" };
    for (const near of [...this.all, ...typed]) {
      if (Math.abs(near.length - word.length) > most || this.empty.has(near)) continue;
      const away = distance(word, near) + (near[0] === word[0] ? 0 : 0.5);
      if (away < best.away) best = { away, near };
    }
    if (best.near) return [...(this.known.has(best.near) ? [best.near] : []), ...(this.same.get(best.near) ?? [])];
    return this.language === "nl" ? this.#parts(word) : [];
  }

  // "pestbrief" as "pest brief"; each part a word that pages have.
  #parts(word) {
    for (let at = word.length - 4; at >= 4; at -= 1) {
      const [first, last] = [word.slice(0, at), word.slice(at)];
      if (this.known.has(first) && this.known.has(last)) return [`${first} ${last}`];
    }
    return [];
  }
}

/** Queries that find every item in one of its ways; the first ones where there are too many. */
export function queries(items) {
  return items.reduce((found, { ways }) => found.flatMap((query) => ways.map((way) => `${query} ${way}`.trim())).slice(0, MOST_QUERIES), [""]);
}

/** How many letters must be put in, left out, changed or swapped with the next to make one word of the other. */
export function distance(one, other) {
  let [before, last, row] = [[], [], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i += 1) {
    [before, last, row] = [last, row, [i]];
    for (let j = 1; j <= other.length; j += 1) {
      const wrong = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + wrong);
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
  }
  return row[other.length];
}
