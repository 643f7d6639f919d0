"""A person at the screen: reads the newest card and taps or types what that shop owner would.

It knows only what is shown (titles, labels, buttons) and what its owner knows (the merchant's voice);
it has no way past the door.
"""

from asyncio import to_thread
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from time import monotonic
from uuid import uuid4

from bot.demo.screen import Chat, Screen, Shown
from bot.rendering import Button
from flows.application.fields import FIELDS
from flows.engine.library import Library
from flows.events import Arrival, OwnerSaid
from flows.messages import Heard
from flows.understanding import read
from integrations.merchants import Merchant
from integrations.merchants.merchant import DONT_KNOW
from integrations.merchants.papers import licence, photographed

MOST_TURNS = 80
PATIENCE = 30.0


class Stuck(Exception):
    """The person does not know what to do with what is shown; `screen` is the last card."""

    def __init__(self, why: str, screen: str) -> None:
        super().__init__(f"{why}: {screen[:300]}")


@dataclass
class Doings:
    """What the person had to do, and when."""

    taps: int = 0
    typed: int = 0
    sent: int = 0
    turns: int = 0
    started_at: float = 0.0
    signed_at: float = 0.0


class Person:
    """Plays the owner of one merchant."""

    def __init__(
        self,
        merchant: Merchant,
        *,
        screen: Screen,
        library: Library,
        take: Callable[[Arrival], Awaitable[object]],
        settled: Callable[[str], Awaitable[object]],
        clock: Callable[[], datetime],
        papers: bool = False,
        photographs: bool = False,
    ) -> None:
        """`papers`: sends the licence instead of typing, taps what can be tapped and links two sources.

        `photographs`: takes a photo of it; others have it as a PDF.
        """
        self.papers = papers
        self._photographs = photographs
        self.tapped: dict[str, str] = {}
        self.merchant = merchant
        self.address = f"{merchant.id}-{uuid4().hex[:8]}"
        self.doings = Doings()
        self._screen = screen
        self._library = library
        self._texts = library.texts
        self.conflicts = 0
        self._take = take
        self._settled = settled
        self._clock = clock
        self._answered: set[str] = set()
        self._onward = self._labels(
            "welcome.start", "identify.phone.share", "identify.lookup.allow", "identify.confirm.yes",
            "connect.allow_all", "connect.allow", "fetch.allow_again", "button.try_again", "fetch.skip",
            "review.sign", "review.next", "offers.accept", "offers.look", "confirm.yes",
        )  # fmt: skip
        self._onward += (self._texts.get(merchant.lang, "offers.look_at", number=1),)

    @property
    def chat(self) -> Chat:
        """What this person sees."""
        return self._screen.chat(self.address)

    async def apply(self) -> None:
        """Go from /start until there is nothing left to do. Raises Stuck."""
        self.doings.started_at = monotonic()
        await self._do(Heard(kind="start", language_hint=self.merchant.lang, sender_name=""), "/start")
        while self.doings.turns < MOST_TURNS:
            card = await self._card()
            if card is None or not await self._answer(card):
                return
        raise Stuck("too many turns", self._last())

    async def _card(self) -> Shown | None:
        """The card to act on, once everything under way has been shown."""
        await self._settled(self.address)
        return self.chat.card()

    async def _answer(self, card: Shown) -> bool:
        buttons = {button.label: button for button in card.buttons}
        if self.papers and await self._by_paper(card, buttons):
            return True
        conflict = self._conflict(card, buttons)
        if conflict is not None:
            await self._tap(conflict)
            return True
        for label in self._onward:
            if label in buttons:
                await self._tap(buttons[label])
                return True
        typed = self._words(card)
        if typed is not None:
            field, text = typed
            if (field, card.text) in self._seen():
                raise Stuck(f"asked twice for {field}", card.text)
            self._answered.add(f"{field}|{card.text}")
            button = self._instead_of(text, buttons)
            if button is not None:
                await self._tap(button)
            else:
                await self._type(text)
            return True
        go_on = self._text("fetch.go_on")
        if go_on in buttons:
            await self._screen.wait(1.0)
            return True
        return False

    def _instead_of(self, text: str, buttons: dict[str, Button]) -> Button | None:
        """The button that says the same. Whoever sends papers taps also that a question stays open."""
        open_ = self._text("button.leave_open")
        return buttons.get(open_ if self.papers and text == DONT_KNOW[self.merchant.lang] else text)

    def _seen(self) -> set[tuple[str, str]]:
        return {(field, text) for field, _, text in (each.partition("|") for each in self._answered)}

    def _conflict(self, card: Shown, buttons: dict[str, Button]) -> Button | None:
        """Settle a conflict on the review page by taking the answer of the source this owner knows to be right."""
        for field, source in self.merchant.choices.items():
            label = self._text(f"field.{field}.label")
            choose = self._texts.get(self.merchant.lang, "review.choose", field=label)
            if choose in buttons:
                self.conflicts += 1
                return buttons[choose]
            if card.title == self._texts.get(self.merchant.lang, "review.conflict_title", field=label):
                named = self._library.sources[source].title[self.merchant.lang]
                lines = [line for line in card.text.splitlines() if line.startswith(named)]
                return next((each for name, each in buttons.items() if any(name in line for line in lines)), None)
        return None

    async def _by_paper(self, card: Shown, buttons: dict[str, Button]) -> bool:
        """Send the licence instead of its number, let it be used, choose the loan by buttons, link only two sources."""
        if card.title == self._text("identify.number.title"):
            await self._show_licence(card)
            return True
        if card.title == self._text("need.title"):
            field, label = self._nearest(list(buttons))
            self.tapped[field] = label
            await self._tap(buttons[label])
            return True
        linked = self._text("connect.refuse")
        if linked in buttons and card.title not in self._linked:
            await self._tap(buttons[linked])
            return True
        for label in self._labels("connect.choose", "paper.use", "paper.ask.yes"):
            if label in buttons:
                await self._tap(buttons[label])
                return True
        return False

    @property
    def _licence(self) -> str:
        return f"{self.address}.{'jpg' if self._photographs else 'pdf'}"

    @property
    def _linked(self) -> set[str]:
        """The two sources that this owner links: tax and bank say most."""
        return {self._library.sources[name].title[self.merchant.lang] for name in ("tax", "bank")}

    def _nearest(self, labels: list[str]) -> tuple[str, str]:
        """The field a card of the loan asks for, and the button that is nearest to what this owner wants."""
        request = self.merchant.profile.request
        purposes = [self._text(f"code.credit_purpose.{each}") for each in request.purpose]
        if set(purposes) & set(labels):
            return "credit_purpose", next(each for each in purposes if each in labels)
        terms = self._said(labels, "loan_term_months")
        if terms:
            return "loan_term_months", min(terms, key=lambda label: abs(terms[label] - request.term_months))
        sums = self._said(labels, "amount_requested")
        return "amount_requested", min(sums, key=lambda label: abs(sums[label] - request.amount))

    def _said(self, labels: list[str], field: str) -> dict[str, Decimal]:
        """The labels that say a value of the field, with that value."""
        today, lang = self._clock().date(), self.merchant.lang
        values = {label: read(label, lang, field, today=today).value(field) for label in labels}
        return {label: Decimal(str(value.value)) for label, value in values.items() if value is not None}

    async def _show_licence(self, card: Shown) -> None:
        """Send the licence, and wait until it is read. Raises Stuck."""
        if not self._screen.has(self._licence):
            self.doings.sent += 1
            content = await to_thread(licence, self.merchant, self._clock().date())
            if self._photographs:
                content = await to_thread(photographed, content)
            file = self._screen.hand_in(self._licence, content)
            await self._do(Heard(kind="file", files=(file,)), f"(licence.{'jpg' if self._photographs else 'pdf'})")
        until = monotonic() + PATIENCE
        while self.chat.card() is card:
            if monotonic() > until:
                raise Stuck("the licence was not read", self._last())
            await self._screen.wait(1.0)

    def _words(self, card: Shown) -> tuple[str, str] | None:
        """The field a card asks for, and what this owner would say."""
        if card.title == self._text("identify.number.title"):
            return "registration_number", self.merchant.registration_number
        if card.title == self._text("need.title"):
            purposes = {self._text(f"code.credit_purpose.{each}") for each in self.merchant.profile.request.purpose}
            on_card = [button.label for button in card.buttons if button.label in purposes]
            return ("credit_purpose", on_card[0]) if on_card else ("need", self.merchant.voice["need"])
        for name in FIELDS:
            if card.title == self._text(f"field.{name}.label"):
                usual = self._text(f"field.{name}.no")
                closed = usual in {button.label for button in card.buttons}
                said = usual if closed else self.merchant.voice.get(name)
                if said is None:
                    raise Stuck(f"has no answer for {name}", card.text)
                return name, said
        return None

    async def _tap(self, button: Button) -> None:
        self.doings.taps += 1
        if button.label == self._text("review.sign"):
            self.doings.signed_at = monotonic()
        if button.contact:
            await self._do(Heard(kind="contact", phone=self.merchant.phone, phone_is_own=True), f"[{button.label}]")
        else:
            await self._do(Heard(kind="choice", choice=button.data), f"[{button.label}]")

    async def _type(self, text: str) -> None:
        self.doings.typed += 1
        await self._do(Heard(kind="text", text=text), text)

    async def _do(self, heard: Heard, shown: str) -> None:
        self.doings.turns += 1
        message_id = self._screen.typed(self.address, shown)
        await self._take(
            Arrival(
                origin=self._screen.name,
                external_id=uuid4().hex,
                event=OwnerSaid(heard=heard.model_copy(update={"message_id": message_id})),
                at=self._clock(),
                channel=self._screen.name,
                address=self.address,
            )
        )

    def _text(self, key: str) -> str:
        texts = self._texts
        return texts.get(self.merchant.lang, key) if texts.has(self.merchant.lang, key) else ""

    def _labels(self, *keys: str) -> tuple[str, ...]:
        return tuple(self._text(key) for key in keys)

    def _last(self) -> str:
        return self.chat.messages[-1].text if self.chat.messages else ""
