// Keeps this school's pages for use without a connection, where the browser allows it; and tells when
// there is a new version. Files of the site only; never an answer.

/** `root`: the address of the site; `newer` is called with a function that goes over to the new
    version; `kept` with the names of what can now be used without a connection. */
export async function keepOffline(root, school, newer, kept) {
  const workers = navigator.serviceWorker; // absent in some private windows and on plain http
  if (!workers) return;
  try {
    const registration = await workers.register(new URL("sw.js", root), { updateViaCache: "none" });
    const offer = (worker) => {
      if (!worker || !workers.controller) return; // a first visit is no new version
      newer(() => {
        workers.addEventListener("controllerchange", () => location.reload(), { once: true });
        worker.postMessage({ take: "over" });
      });
    };
    offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker?.addEventListener("statechange", () => {
        if (worker.state === "installed") offer(worker);
      });
    });
    workers.addEventListener("message", ({ data }) => data?.kept && kept(data.kept));
    const { active } = await workers.ready;
    active.postMessage({ keep: school });
  } catch {
    // refused, full or broken: the page works without
  }
}
