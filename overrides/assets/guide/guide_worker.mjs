// The guide's worker: Python (Pyodide) beside the page, never in its way.
//
// page -> worker   {manifest, school}      once, first: manifest.json of the bundle; the school to load
//                  {id, call, args}        args: JSON text for decision_tree.browser.call (or, for
//                                          practice, {school, cases} for load_cases); may come
//                                          before Python is ready and is answered when it is
// worker -> page   {progress: "loading" | "starting"}
//                  {progress: "ready", version}   of the school that was loaded
//                  {failed: "why"}         Python will not come; nothing more follows
//                  {id, result} | {id, error}   result: JSON text
//
// Some failures never show here (a boot that does not settle), so the page keeps a time limit.
// The bundle lies in python/ beside this file.

const BASE = new URL("python/", import.meta.url);

// Runs once in Python. "ahead" (scripts/bundle/ahead.py) spares the engine most of its start. The
// engine's JSON per school lies in the same zip as the engine.
const GLUE = `
import json

import ahead

ahead.install()

import decision_tree
from decision_tree import browser

_waiting = set()


def expect(schools):
    _waiting.update(schools)


def load(school):
    """Load a school of the bundle, once; returns its version."""
    if school in _waiting:
        folder = decision_tree.__file__.rpartition("/")[0]
        data = decision_tree.__loader__.get_data(f"{folder}/schools/{school}.json")
        browser.load(data.decode())
        _waiting.discard(school)
    return browser.loaded_version(school)


def answer(name, args):
    given = json.loads(args)
    load(given.get("school"))
    if name == "load_cases":
        return json.dumps(browser.load_cases(given["cases"]))
    return browser.call(name, args)
`;

let python = null;
let over = false;

function fail(why) {
  if (!over && !python) postMessage({ failed: String(why) });
  over = true;
}

// A small module that a policy without 'wasm-unsafe-eval' refuses at once; Pyodide would wait for ever.
function mayRunWasm() {
  new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
}

// Pyodide only writes to the console that a file is missing or spoilt; the page has to know.
function watchDownloads(library, hash) {
  const download = self.fetch;
  self.fetch = async (address, options) => {
    try {
      const integrity = String(address) === library ? { integrity: hash } : {};
      const response = await download(address, { ...options, ...integrity });
      if (!response.ok) fail(`${response.url}: ${response.status}`);
      return response;
    } catch (error) {
      fail(`${address}: ${error.message}`);
      throw error;
    }
  };
}

// Fetches and compiles the WebAssembly while the rest is still on its way; Pyodide, which would begin
// with it only then, is handed the result. Held to its hash: a flipped bit could still run, and decide.
function compileEarly(address, integrity) {
  const download = self.fetch;
  const response = download(address, { integrity });
  const compiled = response.then(compile);
  compiled.catch(fail);
  self.fetch = (wanted, options) => (String(wanted) === address ? response : download(wanted, options));
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await compiled;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
}

// Not every host knows the type of .wasm, and browsers stream no other. Pyodide falls back likewise.
async function compile(response) {
  if (response.headers.get("Content-Type") === "application/wasm") return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

function integrityOf(sha256) {
  const bytes = sha256.match(/../g).map((pair) => Number.parseInt(pair, 16));
  return `sha256-${btoa(String.fromCharCode(...bytes))}`;
}

async function start({ manifest, school }) {
  postMessage({ progress: "loading" });
  mayRunWasm();
  const runtime = new URL(manifest.runtime, BASE).href;
  const library = new URL(manifest.library, BASE).href;
  watchDownloads(library, integrityOf(manifest.files[manifest.library].sha256));
  const wasm = manifest.files[`${manifest.runtime}pyodide.asm.wasm`];
  compileEarly(`${runtime}pyodide.asm.wasm`, integrityOf(wasm.sha256));
  const [{ loadPyodide }] = await Promise.all([
    import(`${runtime}pyodide.mjs`),
    import(`${runtime}pyodide.asm.js`), // Pyodide would ask for it only later
  ]);
  postMessage({ progress: "starting" });
  const pyodide = await loadPyodide({
    indexURL: runtime,
    stdLibURL: library,
    lockFileContents: manifest.lock,
    packageBaseUrl: runtime,
  });
  const globals = pyodide.toPy({});
  pyodide.runPython(GLUE, { globals });
  globals.get("expect")(manifest.schools);
  const version = globals.get("load")(school);
  python = globals.get("answer");
  postMessage({ progress: "ready", version });
}

let started = null;

self.addEventListener("unhandledrejection", (event) => fail(event.reason));
self.addEventListener("message", async ({ data }) => {
  if (data.manifest) {
    started ??= start(data).catch(fail);
    return;
  }
  await started;
  if (!python) return;
  const { id, call, args } = data;
  try {
    postMessage({ id, result: python(call, args) });
  } catch (error) {
    postMessage({ id, error: String(error.message) });
  }
});
