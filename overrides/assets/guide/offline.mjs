// Keeps this school's pages for use without a connection, where the browser allows it; and tells when
// there is a new version of this page. Files of the site only; never an answer.

let wanted = null;

/** `root`: the address of the site; `python`: whether Python runs here, and is kept too; `newer` is
    called with a function that loads the page anew; `kept` with the names of what can now be used
    without a connection. */
export async function keepOffline(root, { school, python, newer, kept }) {
  const workers = navigator.serviceWorker; // absent in some private windows and on plain http
  if (!workers) return;
  const isFirst = !wanted;
  wanted = { keep: school, python };
  const ask = async () => (await workers.ready).active.postMessage(wanted);
  try {
    if (isFirst) {
      workers.addEventListener("message", ({ data }) => {
        if (data?.newer) newer(() => location.reload());
        if (data?.kept && data.keep === wanted.keep) kept(data.kept);
      });
      workers.addEventListener("controllerchange", ask); // a new version has a cache of its own
    }
    await workers.register(new URL("sw.js", root), { updateViaCache: "none" });
    await ask();
  } catch {
    // refused, full or broken: the page works without
  }
}
