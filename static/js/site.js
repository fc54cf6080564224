// On every page: lets the browser keep reading pages, and throws drafts away that are of no use any more.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}

const TWO_WEEKS = 14 * 24 * 3600 * 1000;

function drafts() {
  try {
    return Object.entries(localStorage).filter(([key]) => key.startsWith("draft "));
  } catch {
    return []; // a browser that keeps nothing
  }
}

const logOut = document.querySelector("form[data-log-out]");
logOut?.addEventListener("submit", () => drafts().forEach(([key]) => localStorage.removeItem(key)));

// A form that was sent came through when it led to a page for somebody who is logged in, with no error and without
// that form. Any other page leaves the draft where it is.
const before = document.referrer && new URL(document.referrer).pathname;
const arrived = logOut && !document.querySelector("[data-error]");
const here = [...document.querySelectorAll("form[data-draft]")].map((form) => new URL(form.action).pathname);
for (const [key, text] of drafts()) {
  const draft = JSON.parse(text);
  const [, , path] = key.split(" ");
  if (Date.now() - draft.at > TWO_WEEKS || (draft.sent && arrived && before === path && !here.includes(path))) {
    localStorage.removeItem(key);
  } else if (draft.sent) {
    localStorage.setItem(key, JSON.stringify({ ...draft, sent: false }));
  }
}
