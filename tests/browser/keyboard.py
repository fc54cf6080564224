"""Somebody who uses nothing but a keyboard: Tab, Space, Enter and letters. The focus is never lost, hidden or invisible."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

#: Longer than any of our pages: who comes round the page without finding something is told so.
MOST_TABS = 120

#: Where is the focus, does it show, and does something else lie over it?
FOCUS = """() => {
  const at = document.activeElement;
  const named = `<${at.localName}> '${(at.textContent.trim() || at.name || "").slice(0, 40)}'`;
  if (!at || at === document.body) return "the focus is on nothing";
  const style = getComputedStyle(at);
  if (!at.matches(":focus-visible")) return `the focus on ${named} is not :focus-visible`;
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return `no ring around ${named}: ${style.outline}, ${style.boxShadow}`;
  const box = at.getClientRects()[0];
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const label = at.labels && at.labels[0];
  if (!top || !(at.contains(top) || top.contains(at) || (label && label.contains(top)))) return `${named} is hidden from view`;
  return "";
}"""
IS_FOCUSED = "element => element === document.activeElement"


@dataclass(frozen=True, slots=True)
class Keyboard:
    """The keys of a page; `page` is the one that is open."""

    page: Page

    def tab_to(self, target: Locator) -> None:
        """Press Tab until the focus is there. Every stop on the way has to show."""
        expect(target).to_be_attached()
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            flaw = self.page.evaluate(FOCUS)
            assert not flaw, f"{self.page.url}: {flaw}"
            if target.evaluate(IS_FOCUSED):
                return
        message = f"{self.page.url}: {MOST_TABS} times Tab do not reach {target}"
        raise AssertionError(message)

    def press(self, role: str, name: str, key: str = "Enter") -> None:
        """Go to a button or link with Tab, and press Enter or Space on it."""
        self.tab_to(self.page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
        self.page.keyboard.press(key)
        self.page.wait_for_load_state()

    def type_in(self, label: str, text: str) -> None:
        """Go to a field with Tab, and type."""
        self.tab_to(self.page.get_by_label(label).first)
        self.page.keyboard.type(text)

    def skip_to_the_content(self) -> None:
        """The first Tab on a page shows the skip link, and Enter on it brings the focus past the header."""
        self.page.keyboard.press("Tab")
        skip = self.page.locator(".nl-skip-link")
        assert skip.evaluate(IS_FOCUSED), f"{self.page.url}: the first Tab is not on the skip link"
        flaw = self.page.evaluate(FOCUS)
        assert not flaw, f"{self.page.url}: {flaw}"
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("main")).to_be_focused()

    def go_to_the_mistake(self, label: str, said: str) -> None:
        """The summary of mistakes has the focus when the page opens, and its link leads to the field."""
        summary = self.page.get_by_role("alert").filter(has=self.page.locator(".pp-mistakes"))
        expect(summary).to_be_focused()
        expect(summary).to_contain_text(said)
        self.tab_to(summary.get_by_role("link", name=label).first)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_label(label).first).to_be_focused()
