// Python beside the page: started late, never waited for, given up after a while, tried again on request.

const PATIENCE = 120_000; // a slow line needs a minute; nobody is waiting meanwhile
const REPLY = 20_000; // the page shows its own screen meanwhile

const here = new URL("./", import.meta.url);

export class Python {
  #worker = null;
  #calls = new Map();
  #next = 1;
  #timer = 0;

  /** `changed` is told each new state: "idle", "starting", "ready", "failed". */
  constructor(school, changed) {
    this.school = school;
    this.state = "idle";
    this.changed = changed;
  }

  async start() {
    if (this.state === "starting" || this.state === "ready") return;
    this.#become("starting");
    this.#timer = setTimeout(() => this.fail("no answer in time"), PATIENCE);
    try {
      const coming = fetch(new URL("python/manifest.json", here), { cache: "no-cache" });
      coming.catch(() => {}); // awaited below; if the worker is refused first, nobody hears of it
      this.#worker = new Worker(new URL("guide_worker.mjs", here), { type: "module", name: "guide" });
      this.#worker.addEventListener("message", ({ data }) => this.#hear(data));
      this.#worker.addEventListener("error", (event) => this.fail(event.message || "the worker was refused"));
      this.#worker.addEventListener("messageerror", () => this.fail("a message that could not be read"));
      const answer = await coming;
      if (!answer.ok) throw new Error(`manifest.json: ${answer.status}`);
      const manifest = await answer.json();
      this.#worker?.postMessage({ manifest, school: this.school });
    } catch (error) {
      this.fail(String(error.message ?? error));
    }
  }

  /** Ask decision_tree.browser.call; rejects when there is no answer in time. */
  call(name, payload, patience = REPLY) {
    if (this.state !== "ready") return Promise.reject(new Error("Python is not ready"));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.fail("a question was not answered"), patience);
      this.#calls.set(id, { resolve, reject, timer });
      this.#worker.postMessage({ id, call: name, args: JSON.stringify({ school: this.school, ...payload }) });
    });
  }

  fail(why) {
    if (this.state === "failed") return;
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject, timer } of this.#calls.values()) {
      clearTimeout(timer);
      reject(new Error(why));
    }
    this.#calls.clear();
    this.why = why;
    this.#become("failed");
  }

  #hear(data) {
    if (data.failed) {
      this.fail(data.failed);
    } else if (data.progress === "ready") {
      clearTimeout(this.#timer);
      this.#become("ready");
    } else if (this.#calls.has(data.id)) {
      const { resolve, reject, timer } = this.#calls.get(data.id);
      this.#calls.delete(data.id);
      clearTimeout(timer);
      if (data.error) reject(new Error(data.error));
      else resolve(JSON.parse(data.result));
    }
  }

  #become(state) {
    this.state = state;
    this.changed(state);
  }
}
