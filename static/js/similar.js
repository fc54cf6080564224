// While somebody types an idea: others that look like it, below the fields. Without this script they come after sending.
const place = document.querySelector("[data-similar]");
const form = place.closest("form");
const intro = place.querySelector("template").content.firstElementChild;
let waiting = 0;
let last = "";

async function look() {
  // The title alone: it will be public, and an address is kept in more places than a form.
  const text = form.elements.title.value.trim().slice(0, 200);
  const asked = new URLSearchParams({ tekst: text, "in-taal": form.elements.lang.value }).toString();
  if (text.length < 8 || asked === last) return;
  last = asked;
  try {
    const answer = await fetch(`${place.dataset.similar}?${asked}`);
    if (answer.ok && asked === last) show(await answer.json());
  } catch {
    // No connection: the form works as without this script.
  }
}

function show(ideas) {
  const list = document.createElement("ul");
  for (const { title, lang, href } of ideas) {
    const link = Object.assign(document.createElement("a"), { className: "nl-link", href, target: "_blank", rel: "noopener" });
    link.append(Object.assign(document.createElement("bdi"), { lang, textContent: title }));
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  place.replaceChildren(...(ideas.length ? [intro, list] : []));
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, 700);
});
