// Keeps copies of public reading pages for when there is no connection, and nothing else: what is sent
// never passes here, and a page is kept only where the server says so (X-Reading-Page).
const VERSION = "{{ version }}";
const FILES = {{ files }};
const OFFLINE = "{{ offline }}";
const MOST_PAGES = 40;
const PATIENCE = 8000; // ms, for a page of which there is a copy
const ANY = { ignoreVary: true };

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll([...FILES, OFFLINE])));
});

addEventListener("activate", (event) => event.waitUntil(begin()));

async function begin() {
  for (const name of await caches.keys()) if (name !== VERSION) await caches.delete(name);
  await registration.navigationPreload?.enable();
  await clients.claim();
  // The page that brought us here was not kept yet. Asked without cookies, as anybody would.
  for (const { url } of await clients.matchAll()) await keep(url, await fetch(url, { credentials: "omit" }));
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (FILES.includes(url.pathname)) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(event));
});

async function file(request) {
  return (await caches.match(request, ANY)) ?? fetch(request);
}

/** One copy a page, whatever the language it was last read in. */
function address(text) {
  const url = new URL(text);
  url.searchParams.delete("taal");
  url.hash = "";
  return url.href;
}

async function page(event) {
  const { url } = event.request;
  const cache = await caches.open(VERSION);
  const copy = await cache.match(address(url), ANY);
  const asked = event.preloadResponse.then((early) => early ?? fetch(event.request));
  const waited = copy ? [asked, new Promise((_, fail) => setTimeout(fail, PATIENCE))] : [asked];
  try {
    const fresh = await Promise.race(waited);
    if (fresh.status === 503 && copy) return shown(copy);
    event.waitUntil(keep(url, fresh.clone()));
    return fresh;
  } catch {
    return copy ? shown(copy) : cache.match(OFFLINE, ANY);
  }
}

async function keep(url, response) {
  const cache = await caches.open(VERSION);
  const here = address(url);
  if (here !== url) await cache.add(OFFLINE); // another language was chosen
  // A page that is gone, goes here too.
  if ([403, 404, 410].includes(response.status)) await cache.delete(here, ANY);
  if (!response.ok || response.redirected || !response.headers.has("X-Reading-Page")) return;
  await cache.delete(here, ANY); // so that the newest stands last
  await cache.put(here, response);
  const pages = (await cache.keys()).filter((kept) => ![...FILES, OFFLINE].includes(new URL(kept.url).pathname));
  for (const old of pages.slice(0, -MOST_PAGES)) await cache.delete(old, ANY);
}

/** A copy, with the sentence that says that it is one. */
async function shown(copy) {
  const said = (await copy.text()).replace(/<main[^>]* data-copy="([^"]*)">/, '$&<p class="pp-copy" role="status">$1</p>');
  return new Response(said, { headers: copy.headers });
}
