// Keeps what somebody types in a long form on this device, per form and per account, until it was sent.
// Never in forms for voting or logging in: only those with data-draft, and no fields that say where somebody lives.
const SKIPPED = ["hidden", "password", "file", "email", "submit", "button"];
const PRIVATE = ["code", "postcode", "house_number"];

for (const form of document.querySelectorAll("form[data-draft]")) keepDraftOf(form);

function keepDraftOf(form) {
  const key = `draft ${form.dataset.draft} ${new URL(form.action).pathname}`;
  const notice = form.querySelector("template[data-notice]").content.firstElementChild;
  let waiting = 0;

  const fields = () =>
    [...form.elements].filter(
      (field) => field.name && !SKIPPED.includes(field.type) && !PRIVATE.includes(field.name.split("-").pop()),
    );
  const ticks = (field) => field.type === "checkbox" || field.type === "radio";
  const typed = () =>
    fields().map((field) => [field.name, ticks(field) ? `${field.checked} ${field.value}` : field.value]);

  const untouched = JSON.stringify(typed());

  function save(sent) {
    clearTimeout(waiting);
    waiting = 0;
    const now = typed();
    try {
      if (JSON.stringify(now) === untouched && !sent) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ at: Date.now(), typed: now, sent }));
    } catch {
      // A browser that keeps nothing, or is full: the form works as without this script.
    }
  }

  function restore() {
    let draft;
    try {
      draft = JSON.parse(localStorage.getItem(key));
    } catch {
      return;
    }
    if (!draft || JSON.stringify(draft.typed) === untouched) return;
    for (const field of fields()) {
      const kept = draft.typed.filter(([name]) => name === field.name).map(([, value]) => value);
      if (ticks(field)) field.checked = kept.includes(`true ${field.value}`);
      else if (kept.length) field.value = kept[0];
    }
    form.prepend(notice);
  }

  restore();
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, 400, false);
  });
  addEventListener("pagehide", () => waiting && save(false));
  document.addEventListener("submit", ({ target }) => {
    if (target === form) save(true);
    else waiting = clearTimeout(waiting); // logging out must leave nothing behind
  });
  notice.querySelector("button").addEventListener("click", () => {
    localStorage.removeItem(key);
    form.reset();
    notice.remove();
    fields()[0]?.focus();
  });
}
