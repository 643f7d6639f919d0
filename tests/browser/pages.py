"""Somebody in front of a browser: what goes wrong there is collected, and accessibility rules are run on the page."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

_WATCH_CSP = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`);
});
"""
SERIOUS = {"serious", "critical"}
PATIENCE = 10_000  # milliseconds


class Person:
    """A browser context with one page. `complaints` are console errors, breaches of the CSP and uncaught errors."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context = context
        self.base = base
        self.complaints: list[str] = []
        self.expected: tuple[str, ...] = ()
        context.set_default_timeout(PATIENCE)
        context.add_init_script(_WATCH_CSP)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"uncaught: {error.error}"))
        self.page = context.new_page()

    def go(self, path: str) -> Page:
        """Open a page of the server."""
        self.page.goto(f"{self.base}{path}")
        return self.page

    def picture(self, file: Path, *, full: bool = False) -> None:
        """Keep what is on the screen."""
        self.page.screenshot(path=file, full_page=full)

    def close(self) -> None:
        self.context.close()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(each in message.text for each in self.expected):
            self.complaints.append(f"{message.text} ({message.page.url if message.page else ''})")


def open_person(browser: Browser, base: str, **options: Any) -> Person:
    """A new person; `options` are those of Playwright's `new_context`."""
    return Person(browser.new_context(**options), base)


def violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical: rule, and the places."""
    page.evaluate(_axe())
    found = cast(dict[str, Any], page.evaluate("axe.run(document, {resultTypes: ['violations']})"))
    return [
        f"{each['id']}: {json.dumps([node['target'] for node in each['nodes']][:4])}"
        for each in found["violations"]
        if each["impact"] in SERIOUS
    ]


def is_reachable(page: Page, label: str, most: int = 60) -> bool:
    """Whether the Tab key alone comes to a control with this label."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "(label) => { const on = document.activeElement; return !!on && "
            "((on.innerText || '').trim().startsWith(label) || on.getAttribute('aria-label') === label); }",
            label,
        )
        if found:
            return True
    return False


def has_no_sideways_scroll(page: Page) -> bool:
    """Whether the page fits its window's width."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
