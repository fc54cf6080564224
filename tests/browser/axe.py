"""Is a page accessible, as far as a program can tell? axe-core, with the rules of WCAG 2.2 AA and good practice."""

from playwright.sync_api import Page

from participatie.settings import ROOT

SCRIPT = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def flaws_of(page: Page) -> list[str]:
    """Return what axe finds wrong with the page as it stands, and whether it scrolls sideways."""
    page.add_script_tag(path=str(SCRIPT))
    found = [
        f"{page.url}: {violation['id']} at {node['target']}: {node['failureSummary']}"
        for violation in page.evaluate(RUN, TAGS)["violations"]
        for node in violation["nodes"]
    ]
    if page.evaluate(WIDER) > 0:
        found.append(f"{page.url}: scrolls sideways by {page.evaluate(WIDER)} px")
    return found
