// Runs one Python file inside Pyodide in Node; node.py says how. argv[2]: the task as JSON.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const task = JSON.parse(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(`${task.runtime}pyodide.mjs`).href);
const python = await loadPyodide({
  indexURL: task.runtime,
  stdLibURL: task.library,
  lockFileContents: task.lock,
  packageBaseUrl: "/",
});
for (const [inside, folder] of Object.entries(task.folders)) {
  python.FS.mkdirTree(inside);
  python.mountNodeFS(inside, folder);
}
python.globals.set("ARGUMENTS", python.toPy(task.arguments));
const source = await readFile(task.script, "utf8");
try {
  python.runPython(source, { filename: task.script });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.exit(0);
