"""Reading one conversation for its page: state, row of the list, lines and panel, in one read of the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.web.console import panel, papers
from bot.web.console.guard import Room
from bot.web.console.lines import Item, Reader
from bot.web.console.panel import Panel
from bot.web.console.papers import Sheet
from bot.web.console.people import Member
from bot.web.console.viewing import VIEWED
from flows.conversation import Conversation
from flows.desk import PROPOSABLE
from integrations.database.queries import audit, desk, staff, threads, views
from integrations.database.queries.audit import Act
from integrations.database.queries.events import Logged

WINDOW = 60


_Found = tuple[
    desk.Row,
    bytes,
    tuple[Logged, ...],
    tuple[Logged, ...],
    tuple[staff.StoredStaff, ...],
    Mapping[int, tuple[threads.Message, ...]],
]


@dataclass(frozen=True)
class Thread:
    """A conversation as its page shows it. `first` is the oldest line shown, `more` whether there are older ones."""

    row: desk.Row
    conversation: Conversation
    items: tuple[Item, ...]
    notes: tuple[Item, ...]
    panel: Panel
    papers: tuple[Sheet, ...]
    first: int
    last: int
    more: bool
    staff: tuple[staff.StoredStaff, ...]

    @property
    def pressable(self) -> tuple[tuple[str, str], ...]:
        """The owner's buttons that staff may propose to press, as data and label."""
        live = self.conversation.live
        if live is None or live.step not in PROPOSABLE or self.conversation.application.signed_at is not None:
            return ()
        picks = (each for each in live.choices if each.kind == "pick" and each.action not in {"back", "human"})
        return tuple((f"{live.revision}:{each.action}:{each.arg}", each.label) for each in picks)


async def open_thread(
    room: Room, member: Member, conversation_id: str, now: datetime, *, log: bool = True
) -> Thread | None:
    """Everything the page shows; None when there is no such conversation.

    Opening it is logged as a view of personal data; `log` is false only for a page that is open already.
    """
    found = await room.parts.database.read(_read, conversation_id, member.id)
    if found is None:
        return None
    row, sealed, lines, notes, everybody, messages = found
    conversation = room.parts.sealer.unseal(Conversation, sealed)
    last = lines[-1].seq if lines else 0
    if log:
        await room.parts.database.run(_viewed, member.id, conversation_id, last, now)
    lines_of = reader(room, member, conversation)
    return Thread(
        row=row,
        conversation=conversation,
        items=lines_of.items(lines, messages),
        notes=lines_of.items(notes, {}),
        panel=panel.of(conversation, room.parts.library, member.lang, now),
        papers=papers.sheets(conversation, room.parts.library, member.lang),
        first=lines[0].seq if lines else 0,
        last=last,
        more=bool(lines) and lines[0].seq > 1,
        staff=everybody,
    )


async def state_of(room: Room, conversation_id: str) -> Conversation | None:
    """The state of a conversation."""
    sealed = await room.parts.database.read(views.state_of, conversation_id)
    return None if sealed is None else room.parts.sealer.unseal(Conversation, sealed)


async def older(room: Room, member: Member, conversation_id: str, before: int) -> tuple[tuple[Item, ...], int]:
    """The lines before one, and the number of the oldest of them (0 when there is nothing older)."""
    conversation = await state_of(room, conversation_id)
    if conversation is None:
        return (), 0
    lines = await room.parts.database.read(threads.before, conversation_id, before, WINDOW)
    first = lines[0].seq if lines and lines[0].seq > 1 else 0
    return await _items(room, reader(room, member, conversation), conversation_id, lines), first


async def newer(room: Room, member: Member, conversation_id: str, after: int) -> tuple[tuple[Item, ...], int]:
    """The lines after one, and the number of the newest, which from now on counts as read."""
    conversation = await state_of(room, conversation_id)
    if conversation is None:
        return (), 0
    lines = await room.parts.database.read(threads.after, conversation_id, after, WINDOW * 3)
    last = lines[-1].seq if lines else after
    if lines:
        await room.parts.database.run(desk.remember, member.id, conversation_id, last)
    return await _items(room, reader(room, member, conversation), conversation_id, lines), last


def reader(room: Room, member: Member, conversation: Conversation) -> Reader:
    """What turns the log of this conversation into items, in the language of a member of staff."""
    return Reader(room.parts.library.texts, room.parts.sealer, member.lang, conversation)


async def _items(room: Room, lines_of: Reader, conversation_id: str, lines: tuple[Logged, ...]) -> tuple[Item, ...]:
    if not lines:
        return ()
    messages = await room.parts.database.read(threads.messages, conversation_id, lines[0].seq, lines[-1].seq)
    return lines_of.items(lines, messages)


def _read(connection: sa.Connection, conversation_id: str, staff_id: str) -> _Found | None:
    row = desk.find(connection, conversation_id, staff_id)
    sealed = views.state_of(connection, conversation_id)
    if row is None or sealed is None:
        return None
    lines = threads.before(connection, conversation_id, None, WINDOW)
    messages = threads.messages(connection, conversation_id, lines[0].seq, lines[-1].seq) if lines else {}
    notes = threads.notes(connection, conversation_id, 20)
    return row, sealed, lines, notes, staff.everybody(connection), messages


def _viewed(connection: sa.Connection, staff_id: str, conversation_id: str, last: int, now: datetime) -> None:
    audit.append(connection, Act(staff_id, VIEWED, conversation_id), now)
    desk.remember(connection, staff_id, conversation_id, last)
