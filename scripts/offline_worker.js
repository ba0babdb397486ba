// Service worker: keeps the numbers to call, and what a visitor used, for when there is no connection.
// Made by scripts/offline.py, which fills in the list; without it everything works online.
//
// Online nobody reads an old page: before a kept page is shown, the host is asked for its version. If it
// has another than ours, the page comes from the host. If it does not say so in time, what is kept is shown.
//
// A cache holds one version of the site, whole: every file is checked against its hash before it is kept.
// Each open page is noted with the version it is of, and gets its files from the cache of that version,
// else from the host. So old and new never mix, and a page that was open already keeps what it needs.

const VERSION = "@VERSION@";
const SETS = "@SETS@"; // set -> path -> hash (as for integrity=)

const BASE = self.registration.scope;
const FAMILY = `protocolwijzer ${new URL(BASE).pathname} `;
const NAME = FAMILY + VERSION;
const OPEN = `${FAMILY}open pages`;
const KEPT = "kept-set/"; // marks in the cache: which sets it holds
const MADE = "made"; // and when it was made
const NAMED_BY_CONTENT = /-[0-9a-f]{16}[./]/;

// Milliseconds. A dead Wi-Fi says nothing for half a minute; a cold connection on slow 3G needs two seconds.
const PATIENCE = 3_000; // while what is wanted lies ready
const LAST_PATIENCE = 20_000; // for what is not kept: after that there are only the numbers to call
const SETTLING = 60_000; // for a page to be there after it was asked for

const address = (path) => new URL(path, BASE).href;

function pathOf(url) {
  const plain = new URL(url);
  const path = plain.origin + plain.pathname;
  return path.startsWith(BASE) ? path.slice(BASE.length) : null;
}

async function hash(response) {
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}

// null if it fails, or takes too long
function inTime(promise, patience = PATIENCE) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, patience, null);
  });
  return Promise.race([promise.catch(() => null), late]).finally(() => clearTimeout(timer));
}

// --- keeping --------------------------------------------------------------------------------------

async function olderCaches() {
  const names = (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== NAME && name !== OPEN);
  return Promise.all(names.map((name) => caches.open(name)));
}

// Taken over from an older version if it is the same to the last byte; else fetched and checked.
async function load(path, integrity, older) {
  for (const cache of older) {
    const old = await cache.match(address(path));
    if (old && (await hash(old.clone())) === integrity) return old;
  }
  const fresh = NAMED_BY_CONTENT.test(path) ? "default" : "no-cache";
  const response = await fetch(address(path), { integrity, cache: fresh, credentials: "omit" });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

async function keepNow(names) {
  const cache = await caches.open(NAME);
  const older = await olderCaches();
  for (const name of names) {
    if (await cache.match(address(KEPT + name))) continue;
    const files = await Promise.all(
      Object.entries(SETS[name]).map(async ([path, integrity]) => [path, await load(path, integrity, older)]),
    );
    await Promise.all(files.map(([path, response]) => cache.put(address(path), response)));
    await cache.put(address(KEPT + name), new Response(""));
  }
}

let busy = Promise.resolve();

// One after the other, so that nothing is fetched twice.
function keep(names) {
  const done = busy.then(() => keepNow(names));
  busy = done.catch(() => {});
  return done;
}

async function install() {
  const names = ["safety"];
  for (const cache of await olderCaches()) {
    for (const { url } of await cache.keys()) {
      const path = pathOf(url) ?? "";
      const name = path.startsWith(KEPT) ? path.slice(KEPT.length) : "";
      if (Object.hasOwn(SETS, name) && !names.includes(name)) names.push(name);
    }
  }
  const cache = await caches.open(NAME);
  await cache.put(address(MADE), new Response(String(Date.now())));
  await keep(names);
  self.skipWaiting(); // pages that are open keep their version
}

async function activate() {
  const needed = new Set([NAME, OPEN]);
  for (const version of await versionsOpen()) needed.add(FAMILY + version);
  for (const name of await caches.keys()) {
    if (name.startsWith(FAMILY) && !needed.has(name)) await caches.delete(name);
  }
  for (const client of await self.clients.matchAll()) await tellIfOld(client);
}

// --- which page is of which version -----------------------------------------------------------------

// Noted in a cache, since a worker is stopped and started as the browser likes.
async function note(client, version) {
  if (!client) return; // a browser that does not say which page it will be
  const open = await caches.open(OPEN);
  const about = { client, version, at: Date.now() };
  await open.put(address(`open/${client}`), new Response(JSON.stringify(about)));
}

async function versionOf(client) {
  const noted = client && (await caches.match(address(`open/${client}`), { cacheName: OPEN }));
  return noted ? (await noted.json()).version : undefined;
}

// Forgets the pages that are gone.
async function versionsOpen() {
  const open = await caches.open(OPEN);
  const clients = await self.clients.matchAll({ includeUncontrolled: true, type: "all" });
  const there = new Set(clients.map(({ id }) => id));
  const versions = new Set();
  for (const request of await open.keys()) {
    const noted = await open.match(request);
    if (!noted) continue;
    const { client, version, at } = await noted.json();
    if (there.has(client) || Date.now() - at < SETTLING) versions.add(version);
    else await open.delete(request);
  }
  return versions;
}

async function madeAt(version) {
  const made = await caches.match(address(MADE), { cacheName: FAMILY + version });
  return made ? Number(await made.text()) : Infinity;
}

// A page whose words have changed since it came can offer to be loaded anew.
async function tellIfOld(client) {
  const version = await versionOf(client.id);
  const path = pathOf(client.url);
  const now = Object.values(SETS).find((files) => Object.hasOwn(files, path))?.[path];
  if (!version || !now || (await madeAt(version)) >= (await madeAt(VERSION))) return;
  const old = await caches.match(address(path), { cacheName: FAMILY + version });
  if (old && (await hash(old)) !== now) client.postMessage({ newer: true });
}

// --- answering ------------------------------------------------------------------------------------

let asking = null;

// The version that the host has now; "" if it gives none, null if there is no telling in time. While
// the host has not answered one question, the next page does not wait for another.
function versionThere() {
  if (navigator.onLine === false) return Promise.resolve(null);
  if (!asking) {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), LAST_PATIENCE);
    const asked = fetch(address("version.txt"), { cache: "no-store", credentials: "omit", signal: giveUp.signal })
      .then(async (response) => (response.ok ? (await response.text()).trim() : ""))
      .finally(() => {
        clearTimeout(timer);
        asking = null;
      });
    asking = inTime(asked);
  }
  return asking;
}

async function page(event) {
  const { request } = event;
  const path = pathOf(request.url);
  const cache = await caches.open(NAME);
  const kept = await cache.match(address(path));
  if (!kept && (await cache.match(address(`${path}/`)))) return Response.redirect(address(`${path}/`), 301);
  const client = event.resultingClientId;
  if (kept) {
    const { response, version } = await keptOrNewer(request, kept);
    await note(client, version);
    event.waitUntil(versionsOpen());
    return response;
  }
  const response = await inTime(fetch(request), LAST_PATIENCE);
  if (!response) return onlyTheNumbers(path, cache);
  await note(client, "");
  // Asked after the page came, never before: else a new page could be taken for an old one.
  event.waitUntil(versionThere().then((version) => version && note(client, version)));
  return response;
}

async function keptOrNewer(request, kept) {
  const there = await versionThere();
  const isOther = there !== null && there !== VERSION;
  const fresh = isOther && (await inTime(fetch(request, { cache: "no-cache" })));
  if (fresh && fresh.status < 500) return { response: fresh, version: there };
  return { response: kept, version: VERSION };
}

async function onlyTheNumbers(path, cache) {
  const danger = `${path.startsWith("en/") ? "en/" : ""}nu-gevaar/`;
  if (!(await cache.match(address(danger)))) return Response.error();
  return Response.redirect(address(`${danger}#geen-verbinding`), 302);
}

async function file(event) {
  const { request } = event;
  const path = pathOf(request.url);
  if (NAMED_BY_CONTENT.test(path)) return (await caches.match(address(path))) ?? fetch(request);
  const version = await versionOf(event.clientId);
  const own = version && (await caches.match(address(path), { cacheName: FAMILY + version }));
  if (own) return own;
  try {
    return await fetch(request);
  } catch (error) {
    const kept = version === undefined && (await caches.match(address(path), { cacheName: NAME }));
    if (kept) return kept; // nothing is noted of this page: offline it can only be a kept one
    throw error;
  }
}

function wantedBy({ data, source }) {
  const read = pathOf(source?.url ?? "about:blank")?.match(/^(?:en\/)?scholen\/([^/]+)\//)?.[1];
  const school = typeof data.keep === "string" ? data.keep : null;
  const names = ["safety", `parents/${school || read}`];
  if (school !== null) names.push("guide", `school/${school}`);
  if (data.python) names.push("python");
  return names.filter((name) => Object.hasOwn(SETS, name));
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || pathOf(event.request.url) === null) return;
  event.respondWith(event.request.mode === "navigate" ? page(event) : file(event));
});
self.addEventListener("message", (event) => {
  if (!event.data || !event.source) return;
  if (event.data.take === "over") {
    self.skipWaiting(); // asked for at the end of install too; Chromium sometimes leaves it waiting
    return;
  }
  const wanted = wantedBy(event);
  const kept = keep(wanted).then(
    () => wanted,
    () => [], // no room, or the site has just changed: another visit will do
  );
  event.waitUntil(kept.then((names) => event.source.postMessage({ kept: names, keep: event.data.keep })));
  event.waitUntil(tellIfOld(event.source));
});
