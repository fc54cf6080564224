// On the page that says that there is no connection: lists the pages that can be read all the same.
const box = document.querySelector("[data-kept]");
const list = box?.querySelector("ul");

for (const name of (await globalThis.caches?.keys()) ?? []) {
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    const kept = await cache.match(request, { ignoreVary: true });
    if (!kept?.headers.has("X-Reading-Page")) continue;
    const read = new DOMParser().parseFromString(await kept.text(), "text/html");
    const link = Object.assign(document.createElement("a"), { href: request.url, className: "nl-link" });
    const words = Object.assign(document.createElement("bdi"), { lang: read.documentElement.lang });
    words.textContent = read.querySelector("h1")?.textContent.trim() || read.title;
    link.append(words);
    const item = document.createElement("li");
    item.append(link);
    list.prepend(item);
    box.hidden = false;
  }
}
