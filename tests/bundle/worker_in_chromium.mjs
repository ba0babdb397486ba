// Starts the guide's worker in Chromium and prints, as JSON, every message it sends.
//
// argv: page address, JSON text of {manifest, school, calls: [[name, args], ...], block: [pattern]}, path of Chromium
import { chromium } from "playwright-core";

const [address, text, program] = process.argv.slice(2);
const task = JSON.parse(text);
const browser = await chromium.launch({
  executablePath: program,
  args: ["--no-sandbox", "--disable-background-networking"],
});
const context = await browser.newContext();
const page = await context.newPage();
const problems = [];
page.on("pageerror", (error) => problems.push(error.message));
const requests = [];
context.on("request", (request) => requests.push(request.url()));
for (const pattern of task.block ?? []) {
  await context.route(pattern, (route) => route.fulfill({ status: 404, body: "" }));
}
await page.goto(address);
const messages = await page.evaluate(
  ({ manifest, school, calls }) =>
    new Promise((resolve) => {
      const worker = new Worker("assets/guide/guide_worker.mjs", { type: "module" });
      const seen = [];
      worker.onerror = (event) => resolve([...seen, { workerError: event.message }]);
      worker.onmessage = ({ data }) => {
        seen.push(data);
        const answered = seen.filter((message) => "id" in message).length;
        if (data.failed || (answered === calls.length && seen.some((m) => m.progress === "ready"))) {
          resolve(seen);
        }
      };
      worker.postMessage({ manifest, school });
      calls.forEach(([call, args], id) => worker.postMessage({ id, call, args }));
    }),
  task,
);
await browser.close();
console.log(JSON.stringify({ messages, problems, requests }));
