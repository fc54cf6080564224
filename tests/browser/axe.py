"""Is a page accessible, as far as a program can tell? axe-core with the rules of WCAG 2.2 AA and good practice, and
what axe does not measure: sideways scrolling, text that sticks out, the size of what can be tapped, also at 200% text.

Reading axe-core takes a browser longer than applying it. So an Examiner opens one page, reads axe once, and puts every
next page into the same window: with its own address, its own language and its own stylesheet, as the site sent it.
"""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from participatie.settings import ROOT

SCRIPT = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What depends on the language or on the direction in which it is read; the rest is the same in every language.
OF_A_LANGUAGE = ["html-has-lang", "html-lang-valid", "valid-lang", "document-title", "label", "link-name", "button-name",
                 "target-size", "page-has-heading-one", "empty-heading", "aria-allowed-attr", "region"]  # fmt: skip
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LEAST_PIXELS = 24

SHOW = """async answer => {
  const html = await answer.text();
  history.replaceState(null, "", answer.url);
  document.documentElement.style.fontSize = "";
  document.open();
  document.write(html);
  document.close();
  if (document.readyState !== "complete") await new Promise(done => addEventListener("load", done, {once: true}));
  return answer.status;
}"""
OPEN = f"async address => ({SHOW})(await fetch(address))"
SEND = f"""async ([selector, fields, value]) => {{
  const form = document.querySelector(selector);
  const button = form.querySelector(value ? `button[value="${{value}}"]` : "button[type=submit]");
  for (const [name, typed] of Object.entries(fields)) {{
    const field = form.querySelector(`[name="${{name}}"]`);
    if (["checkbox", "radio"].includes(field.type)) field.checked = typed;
    else field.value = typed;
  }}
  const filled = new FormData(form, button);
  const body = form.enctype === "multipart/form-data" ? filled : new URLSearchParams(filled);
  return ({SHOW})(await fetch(button.formAction || form.action, {{method: form.method, body}}));
}}"""
#: Empties what can be typed in before the form is sent.
EMPTY = """() => {
  const typed = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea";
  document.querySelectorAll(`main form.pp-form :is(${typed})`).forEach(field => { field.value = "" });
}"""
RUN = """async ([tags, rules]) => (await axe.run(document, {
  runOnly: rules ? {type: "rule", values: rules} : {type: "tag", values: tags},
  resultTypes: ["violations"], preload: false, elementRef: false,
})).violations"""

#: How large is what one can tap, does it lie over something else, and does text stick out of its box?
MEASURE = """([least, large]) => {
  const root = document.documentElement;
  root.style.fontSize = large ? "200%" : "";
  const named = element => `<${element.localName}> '${(element.textContent.trim() || element.name || "").slice(0, 40)}'`;
  const found = [];
  if (root.scrollWidth > root.clientWidth) {
    const out = [...document.querySelectorAll("body *")].filter(element => {
      const box = element.getBoundingClientRect();
      return box.width && (box.right > root.clientWidth + 1 || box.left < -1) && !element.closest(".pp-hidden");
    });
    found.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth} px, through ${out.map(named).slice(-3)}`);
  }
  const loose = element => {
    for (let at = element; at; at = at.parentElement)
      if (["sticky", "fixed", "absolute"].includes(getComputedStyle(at).position)) return true;
    return false;
  };
  const what = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const targets = [...document.querySelectorAll(what)].filter(element =>
    element.checkVisibility({visibilityProperty: true}) && !element.closest("svg, .nl-skip-link"));
  for (const element of targets) {
    const label = element.matches("[type=checkbox], [type=radio]") && element.labels[0];
    const box = (label || element).getBoundingClientRect();
    const inline = getComputedStyle(element).display === "inline"
      && element.parentElement.textContent.trim() !== element.textContent.trim();
    if (!inline && (box.width < least || box.height < least))
      found.push(`${named(element)} is ${box.width.toFixed()} by ${box.height.toFixed()} px, and cannot be tapped`);
  }
  const boxes = targets.filter(element => !loose(element) && !element.closest("label"))
    .map(element => [element, [...element.getClientRects()]]);
  boxes.forEach(([one, ones], index) => boxes.slice(index + 1, index + 12).forEach(([other, others]) => {
    if (one.contains(other) || other.contains(one)) return;
    const over = ones.some(a => others.some(b => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > (large ? 8 : 4)));
    if (over) found.push(`${named(one)} lies over ${named(other)}`);
  }));
  for (const element of document.querySelectorAll("main *, header *, footer *")) {
    const style = getComputedStyle(element);
    const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!hasText || ["inline", "none", "contents"].includes(style.display) || element.closest("svg, .pp-hidden")) continue;
    if (!element.checkVisibility() || element.matches("select, input, textarea")) continue;
    if (element.scrollWidth > element.clientWidth + 1 && style.overflowX === "visible" && element.clientWidth)
      found.push(`${named(element)} sticks out of its box by ${element.scrollWidth - element.clientWidth} px`);
    if (style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 2)
      found.push(`${named(element)} is cut off`);
  }
  root.style.fontSize = "";
  return found;
}"""


def flaws_of(page: Page) -> list[str]:
    """Return what axe finds wrong with the page as it stands, and whether it scrolls sideways."""
    page.add_script_tag(path=str(SCRIPT))
    found = [f"{page.url}: {flaw}" for flaw in _violations(page, None)]
    if page.evaluate(WIDER) > 0:
        found.append(f"{page.url}: scrolls sideways by {page.evaluate(WIDER)} px")
    return found


@dataclass(frozen=True, slots=True)
class Examiner:
    """A phone that looks at one page after the other, and has read axe. See the fixture `examiner`."""

    page: Page

    def open(self, address: str) -> int:
        """Show a page, and return its status."""
        status: int = self.page.evaluate(OPEN, address)
        return status

    def send(self, fields: dict[str, Any], button: str = "", form: str = "main form") -> int:
        """Fill in the page's first form and send it by the button with that value; return the status of what comes."""
        status: int = self.page.evaluate(SEND, [form, fields, button])
        return status

    def send_empty(self) -> int:
        """Send the page's first form with nothing typed, and return the status of what comes."""
        self.page.evaluate(EMPTY)
        # A page with a form to fill in may begin with buttons that are forms too.
        filled_in = self.page.locator("main form.pp-form").count() > 0
        return self.send({}, form="main form.pp-form" if filled_in else "main form")

    def flaws(self, rules: list[str] | None = None) -> list[str]:
        """Return everything that is wrong with this page; `rules` are those of axe that count, and all without."""
        return [f"{self.page.url}: {flaw}" for flaw in [*_violations(self.page, rules), *self._measured()]]

    def misfits(self) -> list[str]:
        """Return what does not fit or cannot be tapped, without asking axe."""
        return [f"{self.page.url}: {flaw}" for flaw in self._measured()]

    def _measured(self) -> list[str]:
        plain: list[str] = self.page.evaluate(MEASURE, [LEAST_PIXELS, False])
        large: list[str] = self.page.evaluate(MEASURE, [LEAST_PIXELS, True])
        return [*plain, *(f"at 200% text: {flaw}" for flaw in large)]


def _violations(page: Page, rules: list[str] | None) -> list[str]:
    return [
        f"{violation['id']} at {node['target']}: {node['failureSummary']}"
        for violation in page.evaluate(RUN, [TAGS, rules])
        for node in violation["nodes"]
    ]
