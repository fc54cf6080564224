// Saves a ballot at every choice, by sending its own form to its own address without leaving the page. It never casts.
// One save goes at a time, so that an answer to an older choice cannot come after the last one. A page that goes away
// does not wait: each save says which turn of this page it is, and the server keeps the highest.
const TIME_LIMIT = 8000;
const bar = document.querySelector("[data-ballot-bar]");
if (bar) saveByItself(bar.closest("form"));

function saveByItself(form) {
  const top = document.querySelector("[data-ballot-top]");
  const badge = document.querySelector("[data-ballot-state]");
  const failed = (part) => form.querySelector(`[data-ballot-failed${part}]`).innerHTML;
  const fields = [...form.querySelectorAll(".pp-tick, .pp-amount")];
  const chosen = () => fields.map((field) => (field.type === "text" ? field.value.trim() : field.checked)).join();
  // What the server has: a browser that comes back to a page may fill in more than that.
  let kept = fields.map((field) => (field.type === "text" ? field.defaultValue : field.defaultChecked)).join();
  let sending = false;
  let waiting = 0;
  let pressed = null;

  // By chance at each start, so that a page that a browser shows again, or twice, is not taken for the one of before.
  const chance = crypto.getRandomValues(new Uint8Array(8));
  form.elements.venster.value = [...chance].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const takeTurn = () => (form.elements.beurt.value = Number(form.elements.beurt.value) + 1);

  for (const part of document.querySelectorAll("[data-without-script]")) part.remove();

  async function save() {
    clearTimeout(waiting);
    const leaving = document.hidden; // then there is no later moment
    if ((sending && !leaving) || chosen() === kept) return;
    sending = true;
    const choice = chosen();
    takeTurn();
    let told = null;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        keepalive: true, // also when this page goes away
        signal: AbortSignal.timeout(TIME_LIMIT),
      });
      told = await answer.json();
    } catch {
      // No connection, or an answer that is none of ours.
    }
    sending = false;
    if (told?.kept) {
      kept = choice;
      form.elements.gezien.value = told.seen;
    }
    if (pressed) return form.requestSubmit(pressed);
    if (chosen() !== choice) return save();
    show(told);
    if (!told) waiting = setTimeout(save, TIME_LIMIT);
  }

  function show(told) {
    bar.innerHTML = told?.bar ?? failed("-bar");
    top.innerHTML = told?.top ?? failed("");
    if (!told) return;
    for (const field of form.querySelectorAll(".pp-amount")) {
      const mistake = told.mistakes[field.name.split("-").pop()];
      document.getElementById(`${field.id}-error`).textContent = mistake ?? "";
      field.classList.toggle("utrecht-textbox--invalid", Boolean(mistake));
      if (mistake) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    if (!told.kept) return;
    form.querySelector(":scope > [role=alert]")?.remove(); // mistakes of an earlier choice
    document.title = document.title.replace(badge.textContent.trim(), told.state);
    badge.innerHTML = told.badge;
  }

  form.addEventListener("change", save);
  form.addEventListener("input", ({ target }) => {
    if (target.type !== "text") return;
    clearTimeout(waiting);
    waiting = setTimeout(save, 700);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (!sending) return takeTurn();
    event.preventDefault(); // what is on its way goes first
    pressed = event.submitter;
  });
  addEventListener("online", save);
  addEventListener("visibilitychange", save);
  addEventListener("pageshow", () => {
    pressed = null;
    save();
  });
}
