"""The report of one application in the database that the settings name."""

import re

from bot.commands.opening import Open, Opened, from_settings
from bot.settings import Settings
from bot.wiring import now, real_sources
from bot.workers.reporting import Reporter
from flows.application.report.model import Report
from flows.conversation import Conversation
from flows.errors import LendlineError
from integrations.database.queries import lenders

_OWN = re.compile(r"LA-([0-9A-F]+)-\d+", re.ASCII)


class ApplicationUnknown(LendlineError):
    """There is no application of that name here. Stop."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"{self.name}: there is no such application here; the console shows the number of each"


async def report_of(name: str, open_: Open = from_settings) -> tuple[Report, str]:
    """The report of an application or conversation, and its owner's language. Raises ApplicationUnknown."""
    async with open_() as opened:
        reporter = Reporter(opened.database, opened.sealer, now, real_sources(Settings()))
        state = await _state(name, opened, reporter)
        return await reporter.report(state), state.lang


async def _state(name: str, opened: Opened, reporter: Reporter) -> Conversation:
    """By the number a lender knows, by our own number, or by the conversation."""
    stored = await opened.database.read(lenders.find_application, name)
    own = _OWN.fullmatch(name.strip().upper())
    conversation_id = stored.conversation_id if stored is not None else f"c-{own[1].lower()}" if own else name
    state = await reporter.state(conversation_id)
    if state is None:
        raise ApplicationUnknown(name)
    return state
