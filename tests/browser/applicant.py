"""An owner in front of the web chat: reads the newest card and presses or types what that shop owner would."""

import time
from contextlib import suppress

from playwright.sync_api import Error, Locator, Page

from flows.application.fields import FIELDS
from flows.texts import Texts
from integrations.merchants import Merchant
from tests.browser.pages import PATIENCE, Person

LONGEST = 90.0  # seconds for a stretch of a journey, on a machine that is busy with other things
ONWARD = (
    "welcome.start", "identify.lookup.allow", "identify.confirm.yes", "connect.allow_all", "connect.allow",
    "fetch.allow_again", "button.try_again", "fetch.skip", "review.sign", "review.next", "confirm.yes",
)  # fmt: skip


class Applicant:
    """Plays a merchant with the mouse, or with the keyboard alone. `typed` and `pressed` count what it took."""

    def __init__(self, person: Person, merchant: Merchant, texts: Texts, *, keyboard: bool = False) -> None:
        self.person = person
        self.page: Page = person.page
        self.typed = self.pressed = 0
        self._merchant = merchant
        self._texts = texts
        self._keyboard = keyboard

    def text(self, key: str, **params: object) -> str:
        """A text in the merchant's language."""
        return self._texts.get(self._merchant.lang, key, **params)

    def until(self, *titles: str) -> None:
        """Go on until a message with one of these titles is there, or a button with one of them as its label."""
        deadline = time.monotonic() + LONGEST
        while time.monotonic() < deadline:
            if any(self._titled(title).count() + self._button(title).count() for title in titles):
                return
            self._turn()
        raise AssertionError(f"none of {titles} came:\n{self.page.inner_text('#log')[-800:]}")

    def press(self, label: str) -> None:
        """Press the newest button with this label, and wait until the page has answered."""
        button = self._button(label)
        self.pressed += 1
        before = self._state()
        if self._keyboard:
            button.focus()
            self.page.keyboard.press("Enter")
        else:
            button.click()
        self._changed(before)

    def say(self, text: str) -> None:
        """Write a message."""
        self.typed += 1
        before = self._state()
        box = self.page.locator("#text")
        box.focus()
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")
        self._changed(before)

    def card(self) -> Locator:
        """The newest message with buttons."""
        return self.page.locator("article:has(.choices)").last

    def _turn(self) -> None:
        self.page.locator(".choices").last.wait_for()
        before = self._state()
        title, labels = self._read()
        for key in ONWARD:
            if self.text(key) in labels:
                self.press(self.text(key))
                return
        words = self._words(title, labels)
        if words is None:
            self._rest(before)  # records are on their way, or what is waited for has just come
        elif words in labels:
            self.press(words)
        else:
            self.say(words)

    def _words(self, title: str, labels: list[str]) -> str | None:
        merchant = self._merchant
        if title == self.text("identify.phone.title"):
            return merchant.phone
        if title == self.text("identify.number.title"):
            return merchant.registration_number
        if title == self.text("need.title"):
            purposes = {self.text(f"code.credit_purpose.{each}") for each in merchant.profile.request.purpose}
            return next((label for label in labels if label in purposes), merchant.voice["need"])
        for name in FIELDS:
            if title == self.text(f"field.{name}.label"):
                key = f"field.{name}.no"
                usual = self.text(key) if self._texts.has(merchant.lang, key) else ""
                return usual if usual in labels else merchant.voice.get(name)
        return None

    def _read(self) -> tuple[str, list[str]]:
        """The title and the buttons of the newest card, of one moment: it may be rewritten, or end, at any time."""
        title, labels = self.page.evaluate(
            "() => { const card = [...document.querySelectorAll('article:has(.choices)')].at(-1);"
            "return [card?.querySelector('h2')?.innerText ?? '',"
            " [...card?.querySelectorAll('button') ?? []].map((each) => each.innerText)]; }"
        )
        return title, labels

    def _titled(self, title: str) -> Locator:
        return self.page.locator("article h2").get_by_text(title, exact=True)

    def _button(self, label: str) -> Locator:
        return self.page.locator(".choices").get_by_role("button", name=label, exact=True).last

    def _state(self) -> str:
        return self.page.inner_html("#log")

    def _rest(self, before: str) -> None:
        """Wait a moment for something to change."""
        with suppress(Error):  # nothing has changed
            self.page.wait_for_function(
                "(before) => document.getElementById('log').innerHTML !== before", arg=before, timeout=1_000
            )

    def _changed(self, before: str) -> None:
        """Wait for an answer of the assistant: the newest card is another one."""
        self.page.wait_for_function(
            "(before) => document.getElementById('log').innerHTML !== before "
            "&& !document.querySelector('.sending, .unsent') && document.getElementById('waiting').hidden",
            arg=before,
            timeout=PATIENCE,
        )
