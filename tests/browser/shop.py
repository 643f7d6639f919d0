"""An owner in the web chat, for those who look at the console at the same time."""

import sqlite3
from contextlib import closing

from playwright.sync_api import Page

from tests.browser.pages import Person
from tests.browser.server import Server


class Shop:
    """Somebody who has opened the chat and begun. `conversation` is how staff find it."""

    def __init__(self, server: Server, person: Person) -> None:
        self._server, self._person = server, person
        self._file = server.home / "lendline.sqlite"
        self.page: Page = person.go("/chat")
        self.page.locator(".choices").first.wait_for()
        self.conversation = self._one("select id from conversation order by created_at desc limit 1")

    @staticmethod
    def beside(shop: "Shop") -> "Shop":
        """Another owner, who has forgotten the chat of the first in the same browser."""
        shop._person.context.clear_cookies()
        return Shop(shop._server, shop._person)

    def says(self, text: str) -> None:
        """Write a message."""
        box = self.page.locator("#text")
        box.focus()
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")

    def heard(self) -> str:
        """Everything that stands in the chat."""
        return self.page.inner_text("#log")

    def step(self) -> str:
        """The step at which the application is."""
        return self._one("select step from conversation where id = ?", self.conversation)

    def _one(self, query: str, *values: str) -> str:
        with closing(sqlite3.connect(self._file)) as connection:
            return str(connection.execute(query, values).fetchone()[0])
