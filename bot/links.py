"""Links that we hand out: sealed, single-purpose tokens that expire, and the place of pages in messages."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from urllib.parse import unquote

from pydantic import AwareDatetime, ValidationError

from bot import passing
from flows.connect import CONSENT_PAGE
from flows.engine.asked import PARTY_PAGE
from flows.engine.identity import IDENTITY
from flows.errors import LendlineError
from flows.messages import Choice, Frozen, Say
from flows.report import REPORT_PAGE
from flows.sign_in import SIGN_IN_PAGE
from integrations.database.sealing import SealBroken, Sealer

LIFETIME = timedelta(hours=24)
SHARED = timedelta(days=7)  # the owner may end a shared link before; see flows.report
_PAGES = {CONSENT_PAGE: "", SIGN_IN_PAGE: "/sign-in"}  # what flows call them, and what follows the token
_PARTY = re.compile(rf"{re.escape(PARTY_PAGE)}([A-Za-z0-9-]{{1,64}}):([0-9]{{1,2}}):([A-Za-z0-9_.~%-]{{1,1200}})")
_TOKEN = re.compile(r"[A-Za-z0-9_=-]{1,1000}", re.ASCII)


class Purpose(StrEnum):
    """What a link is good for, and nothing else."""

    CONSENT = "consent"
    CALLBACK = "callback"
    REPORT = "report"


class Link(Frozen):
    """What a token says. `id` is unique and makes an answer given through it count once."""

    id: str
    purpose: Purpose
    conversation_id: str
    consent_id: str
    expires_at: AwareDatetime


@dataclass
class LinkUnknown(LendlineError):
    """A token that we did not make, that was cut short, or that is for something else. Answer 404."""

    def __str__(self) -> str:
        return "this link is not known"


@dataclass
class LinkExpired(LendlineError):
    """A token of ours whose time is over. Answer 410; a fresh card in the chat carries a fresh link."""

    link: Link

    def __str__(self) -> str:
        return "this link has expired"


class Links:
    """Makes and reads links. `base_url` is where owners reach the web part, such as `https://apply.example`."""

    def __init__(
        self,
        sealer: Sealer,
        clock: Callable[[], datetime],
        base_url: str,
        passport: Callable[[str], str] | None = None,
    ) -> None:
        """`passport` makes the link that opens Telegram Passport for a nonce, where there is one."""
        self._passport = passport
        self._sealer = sealer
        self._clock = clock
        self._base_url = base_url.rstrip("/")

    def consent_token(self, conversation_id: str, consent_id: str) -> str:
        """A token that lets its bearer answer one consent, for 24 hours."""
        return self._token(Purpose.CONSENT, conversation_id, consent_id)

    def read_consent_token(self, token: str) -> Link:
        """What a token of a consent page says. Raises LinkUnknown or LinkExpired."""
        return self._read(Purpose.CONSENT, token)

    def report_token(self, conversation_id: str, share_id: str = "") -> str:
        """A token that opens a report: the owner's own for 24 hours, a shared one as long as its share lasts."""
        return self._token(Purpose.REPORT, conversation_id, share_id, SHARED if share_id else LIFETIME)

    def read_report_token(self, token: str) -> Link:
        """What a token of a report's page says. Raises LinkUnknown or LinkExpired."""
        return self._read(Purpose.REPORT, token)

    def state_token(self, conversation_id: str, consent_id: str) -> str:
        """A token that a source's sign-in page gives back as the OAuth `state`, good for 24 hours."""
        return self._token(Purpose.CALLBACK, conversation_id, consent_id)

    def read_state_token(self, token: str) -> Link:
        """What an OAuth `state` says. Raises LinkUnknown or LinkExpired."""
        return self._read(Purpose.CALLBACK, token)

    def resolve(self, say: Say, conversation_id: str) -> Say:
        """The message with real addresses where flows name our pages.

        `lendline:consent/<consent id>` in a button, and `lendline:party/<application>:<place>:<name>` in a text.
        """
        if PARTY_PAGE in say.text:
            say = say.model_copy(update={"text": _PARTY.sub(partial(self._party, conversation_id), say.text)})
        if not any(choice.url.startswith((*_PAGES, IDENTITY, REPORT_PAGE)) for choice in say.choices):
            return say
        rows = tuple(tuple(self._resolved(choice, conversation_id) for choice in row) for row in say.rows)
        return say.model_copy(update={"rows": rows})

    def _resolved(self, choice: Choice, conversation_id: str) -> Choice:
        if choice.url.startswith(IDENTITY) and self._passport is not None:
            return choice.model_copy(update={"url": self._passport(choice.url.removeprefix(IDENTITY))})
        if choice.url.startswith(REPORT_PAGE):
            token = self.report_token(conversation_id, choice.url.removeprefix(REPORT_PAGE))
            return choice.model_copy(update={"url": f"{self._base_url}/report/{token}"})
        page = next((each for each in _PAGES if choice.url.startswith(each)), None)
        if page is None:
            return choice
        token = self.consent_token(conversation_id, choice.url.removeprefix(page))
        return choice.model_copy(update={"url": f"{self._base_url}/consent/{token}{_PAGES[page]}"})

    def _token(self, purpose: Purpose, conversation_id: str, consent_id: str, lifetime: timedelta = LIFETIME) -> str:
        link = Link(
            id=secrets.token_hex(8),
            purpose=purpose,
            conversation_id=conversation_id,
            consent_id=consent_id,
            expires_at=self._clock() + lifetime,
        )
        return self._sealer.token(link)

    def _party(self, conversation_id: str, found: re.Match[str]) -> str:
        application_id, place, party = found[1], int(found[2]), unquote(found[3])
        link = passing.link_for(conversation_id, application_id, place, party, self._clock())
        return f"{self._base_url}/party/{passing.token(self._sealer, link)}"

    def _read(self, purpose: Purpose, token: str) -> Link:
        if not _TOKEN.fullmatch(token):
            raise LinkUnknown
        try:
            link = self._sealer.of_token(Link, token)
        except (SealBroken, ValidationError):
            raise LinkUnknown from None
        if link.purpose is not purpose:
            raise LinkUnknown
        if self._clock() >= link.expires_at:
            raise LinkExpired(link)
        return link
