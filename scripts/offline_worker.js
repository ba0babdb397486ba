// Service worker: keeps the safety pages and the schools that a visitor opened, for use without a
// connection. Made by scripts/offline.py, which fills in the list; without it everything works online.
//
// A cache holds one version of the site, whole: every file is checked against its hash before it is
// kept. A page that comes from the cache gets its files from the cache; any other page gets them from
// the network. So old and new never mix. A new version waits until the visitor takes it.

const VERSION = "@VERSION@";
const SETS = "@SETS@"; // set -> path -> hash (as for integrity=)

const BASE = self.registration.scope;
const FAMILY = `protocolwijzer ${new URL(BASE).pathname} `;
const NAME = FAMILY + VERSION;
const KEPT = "kept-set/"; // marks in the cache: which sets it holds

const address = (path) => new URL(path, BASE).href;

function pathOf(url) {
  const plain = new URL(url);
  const path = plain.origin + plain.pathname;
  return path.startsWith(BASE) ? path.slice(BASE.length) : null;
}

async function olderCaches() {
  const names = await caches.keys();
  return Promise.all(names.filter((name) => name.startsWith(FAMILY) && name !== NAME).map((name) => caches.open(name)));
}

// Taken over from an older version if it is the same to the last byte; else fetched and checked.
async function load(path, integrity, older) {
  for (const cache of older) {
    const old = await cache.match(address(path));
    if (old && (await hash(old.clone())) === integrity) return old;
  }
  const fresh = /-[0-9a-f]{16}[./]/.test(path) ? "default" : "no-cache"; // a name with a hash never changes content
  const response = await fetch(address(path), { integrity, cache: fresh, credentials: "omit" });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

async function hash(response) {
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}

async function keep(names) {
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

async function install() {
  const names = ["core"];
  for (const cache of await olderCaches()) {
    for (const { url } of await cache.keys()) {
      const path = pathOf(url) ?? "";
      const name = path.startsWith(KEPT) ? path.slice(KEPT.length) : "";
      if (name in SETS && !names.includes(name)) names.push(name);
    }
  }
  await keep(names);
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(FAMILY) && name !== NAME) await caches.delete(name);
  }
}

async function answer(event) {
  const { request } = event;
  const path = pathOf(request.url);
  const cache = await caches.open(NAME);
  const own = path === null ? undefined : await cache.match(address(path));
  if (request.mode === "navigate") {
    if (own) return own;
    if (path !== null && (await cache.match(address(`${path}/`)))) return Response.redirect(address(`${path}/`), 301);
    return fetch(request);
  }
  if (own && (await fromCache(event.clientId, cache))) return own;
  try {
    return await fetch(request);
  } catch (error) {
    if (own) return own;
    throw error;
  }
}

async function fromCache(clientId, cache) {
  const client = clientId && (await self.clients.get(clientId));
  const path = client && pathOf(client.url);
  return typeof path === "string" && Boolean(await cache.match(address(path)));
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && pathOf(event.request.url) !== null) event.respondWith(answer(event));
});
self.addEventListener("message", (event) => {
  if (event.data?.take === "over") self.skipWaiting();
  const wanted = [event.data?.keep, "python"].filter((name) => typeof name === "string" && Object.hasOwn(SETS, name));
  if (event.data && "keep" in event.data) {
    const done = keep(wanted).then(
      () => true,
      () => false, // no room, or the site has just changed: another visit will do
    );
    event.waitUntil(done.then((kept) => event.source?.postMessage({ kept: kept ? wanted : [] })));
  }
});
