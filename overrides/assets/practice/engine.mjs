// The engine of practice: Python, as in the guide, with this school's cases. Started when it is needed.

import { Python, isGone } from "../guide/python.mjs";

const PATIENCE = 30_000; // composing some cases and choosing among them takes a slow phone some seconds

export class Engine {
  #waiting = [];

  /** `page`: what its element says, for Python, and the address of the cases. `changed` is told each
      new state, as Python names them. */
  constructor(page, changed) {
    this.state = "idle";
    this.cases = page.cases;
    this.changed = changed;
    this.python = new Python(page, (now) => this.#hear(now));
  }

  /** Resolves when questions can be asked; rejects when they can't. Starts what has not started. */
  ready() {
    if (this.state === "ready") return Promise.resolve();
    const promise = new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    if (this.state !== "starting") this.python.start();
    return promise;
  }

  /** Ask practice_calls; rejects when there is no answer, or when the answer is that it can't be. */
  async ask(name, payload = {}) {
    await this.ready();
    const answer = await this.python.call(`practice_${name}`, payload, PATIENCE);
    if (answer.error) throw new Error(answer.error);
    return answer;
  }

  async #hear(now) {
    if (now !== "ready") {
      this.#become(now);
      return;
    }
    try {
      const file = await fetch(this.cases, { cache: "no-cache" });
      if (isGone(file)) {
        this.python.fail(`${file.url}: gone`, "gone");
        return;
      }
      if (!file.ok) throw new Error(`${file.url}: ${file.status}`);
      await this.python.call("load_cases", { cases: await file.text() }, PATIENCE);
      this.#become("ready");
    } catch (error) {
      this.python.fail(String(error.message ?? error));
    }
  }

  #become(state) {
    this.state = state;
    if (state === "ready" || state === "failed" || state === "gone") {
      const waiting = this.#waiting.splice(0);
      for (const { resolve, reject } of waiting) {
        if (state === "ready") resolve();
        else reject(new Error("the engine did not come"));
      }
    }
    this.changed(state);
  }
}
