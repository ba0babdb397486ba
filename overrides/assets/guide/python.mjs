// Python beside the page: started late, never waited for, given up after a while, tried again on request.
// Only the Python of the page's own version: another one may count and decide otherwise.

const PATIENCE = 120_000; // a slow line needs a minute; nobody is waiting meanwhile
const REPLY = 20_000; // the page shows its own screen meanwhile

/** Whether an answer says that this version of the file is no longer published. Some hosts send
    a page of theirs for what is not there. */
export function isGone(answer) {
  if (answer?.ok) return /html/.test(answer.headers.get("content-type"));
  return [404, 410].includes(answer?.status);
}

export class Python {
  #manifest;
  #script;
  #version;
  #worker = null;
  #calls = new Map();
  #next = 1;
  #timer = 0;

  /** `page`: what its element says: the school, its version, the addresses of the manifest and of the
      worker. `changed` is told each new state: "idle", "starting", "ready", "failed", and "gone" when
      the Python of this version is no longer published, so that only another page can have one. */
  constructor(page, changed) {
    this.school = page.school;
    this.#manifest = page.manifest;
    this.#script = page.worker;
    this.#version = page.version;
    this.state = "idle";
    this.changed = changed;
  }

  async start() {
    if (this.state === "starting" || this.state === "ready") return;
    this.#become("starting");
    this.#timer = setTimeout(() => this.fail("no answer in time"), PATIENCE);
    try {
      const coming = fetch(this.#manifest, { cache: "no-cache" }); // what is no longer published is not started
      coming.catch(() => {}); // awaited below; if the worker is refused first, nobody hears of it
      this.#worker = new Worker(this.#script, { type: "module", name: "guide" });
      this.#worker.addEventListener("message", ({ data }) => this.#hear(data));
      this.#worker.addEventListener("error", (event) => this.fail(event.message || "the worker was refused"));
      this.#worker.addEventListener("messageerror", () => this.fail("a message that could not be read"));
      const answer = await coming;
      if (isGone(answer)) {
        this.fail(`${answer.url}: gone`, "gone");
        return;
      }
      if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
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

  fail(why, state = "failed") {
    if (this.state === "gone" || this.state === state) return;
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject, timer } of this.#calls.values()) {
      clearTimeout(timer);
      reject(new Error(why));
    }
    this.#calls.clear();
    this.why = why;
    this.#become(state);
    if (state === "failed") this.#lookForTheReason();
  }

  // A worker or a module that does not come tells nobody why. All files of a version go together.
  async #lookForTheReason() {
    const answer = await fetch(this.#manifest, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (this.state === "failed" && isGone(answer)) this.fail(`${answer.url}: gone`, "gone");
  }

  #hear(data) {
    if (data.failed) {
      this.fail(data.failed);
    } else if (data.progress === "ready" && data.version !== this.#version) {
      this.fail(`version ${data.version} instead of ${this.#version}`, "gone");
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
