// What this page remembers: how far the learner is. In memory; on the device only if they ask.

const KIND = "protocolwijzer-practice";
const MOST_CASES = 40;

export class Memory {
  constructor(school) {
    this.school = school;
    this.key = `pw-practice-${school}`;
    this.forget();
    const kept = this.#stored();
    this.keeps = kept !== null;
    if (kept) this.#take(kept);
  }

  /** Nothing is known any more; what is on the device stays until `wipe`. */
  forget() {
    this.progress = null; // the engine's own value; only the engine reads it
    this.round = null; // {cases, at, count, seed, set}: the round that is not finished
    this.picture = [];
  }

  /** Keep on this device from now on, or no longer. False if the device refuses. */
  keep(wanted) {
    this.keeps = wanted;
    if (wanted) return this.save();
    this.#remove();
    return true;
  }

  /** Write down what changed, if the learner asked to keep it. */
  save() {
    if (!this.keeps) return true;
    try {
      localStorage.setItem(this.key, this.asFile());
      return true;
    } catch {
      this.keeps = false;
      return false;
    }
  }

  wipe() {
    this.forget();
    this.keeps = false;
    this.#remove();
  }

  asFile() {
    const { school, progress, round } = this;
    return `${JSON.stringify({ kind: KIND, version: 1, school, progress, round })}\n`;
  }

  /** Take over what a file says; false if it is not one of ours. */
  fromFile(text) {
    const found = this.#parsed(text);
    if (!found) return false;
    this.#take(found);
    return true;
  }

  #take(found) {
    this.progress = found.progress ?? null;
    this.round = wellFormed(found.round) ? found.round : null;
  }

  #parsed(text) {
    try {
      const found = JSON.parse(text);
      return found?.kind === KIND && found.version === 1 && found.school === this.school ? found : null;
    } catch {
      return null;
    }
  }

  #stored() {
    try {
      return this.#parsed(localStorage.getItem(this.key) ?? "");
    } catch {
      return null; // storage can be refused; then nothing is kept
    }
  }

  #remove() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // what was never stored needs no removing
    }
  }
}

function wellFormed(round) {
  const whole = (value, most) => Number.isInteger(value) && value >= 0 && value < most;
  return (
    Array.isArray(round?.cases) &&
    round.cases.length <= MOST_CASES &&
    round.cases.every((id) => typeof id === "string" && id.length < 200) &&
    whole(round.count, MOST_CASES) &&
    whole(round.at, round.count) &&
    round.at <= round.cases.length &&
    whole(round.seed, 1e9)
  );
}
