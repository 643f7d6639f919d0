"""The inbox: rail with counts, list with search and filters. A piece of it can be fetched alone to stay up to date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from bot.web.console.guard import Room, member_of
from bot.web.console.people import Member
from flows import catalog
from flows.engine.turn import PICKUP_TIME
from flows.texts import LANGUAGES
from integrations.database.queries import audit, desk
from integrations.database.queries.audit import Act
from integrations.database.queries.desk import Key, Row, Wanted
from integrations.database.tables import Place

# Which places a list shows; the order is that of the rail.
LISTS: Mapping[str, tuple[Place, ...]] = {
    "needs": (Place.NEEDS,),
    "mine": (Place.PERSON, Place.SNOOZED),
    "assistant": (Place.ASSISTANT,),
    "open": (Place.NEEDS, Place.PERSON, Place.ASSISTANT, Place.SNOOZED),
    "closed": (Place.CLOSED,),
}
REASONS = (
    *("asked", "complaint", "distress", "not_understood", "existing_loan", "no_product", "no_reply"),
    *("unknown_status", "illegal_status", "unknown_decision", "submission_failed", "lender_overdue", "notice_due"),
    *("offer_figures", "owner_overdue", "task_not_possible", "document_lost", "cosigners", "party_refused"),
    "cooling_off",
    *("turn_failed", "job_failed", "message_failed", "chat_blocked"),
)
STUCK = ("quiet", "trouble", "source")
QUIET = timedelta(hours=24)
TARGET = PICKUP_TIME  # within which a person should be there; then owners are told that nobody has come yet
SOON = TARGET * 3 / 5
LONGEST_SEARCH = 80


@dataclass(frozen=True)
class Asked:
    """What the address of an inbox asks for."""

    list: str = "needs"
    find: str = ""
    step: str = ""
    reason: str = ""
    product: str = ""
    lang: str = ""
    stuck: str = ""
    label: str = ""
    after: str = ""

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return any((self.find, self.step, self.reason, self.product, self.lang, self.stuck, self.label))

    def address(self, **changes: str) -> str:
        """The query of the same list with changes; without the place where a page ended."""
        members = {**vars(self), "after": "", **changes}
        return urlencode({name: value for name, value in members.items() if value})


@dataclass(frozen=True)
class Inbox:
    """Everything the rail and the list show. `called` is when the last of those who need a person began to wait."""

    asked: Asked
    counts: Mapping[str, int]
    rows: tuple[Row, ...]
    next: str
    now: datetime
    called: datetime | None
    labels: tuple[str, ...]

    def count(self, name: str) -> str:
        """How many a list holds, in words: from a thousand on nobody needs to know exactly."""
        number = self.counts[name]
        return str(number) if number <= desk.MOST_COUNTED else f"{desk.MOST_COUNTED}+"

    @property
    def found(self) -> str:
        """How many a search has found, in words: more than are shown are not counted."""
        return f"{len(self.rows)}{'+' if len(self.rows) == desk.MOST_SHOWN else ''}"

    def waits(self, row: Row) -> str:
        """How a waiting owner stands against the target: `late`, `soon` late, `new` in the first minute, or `fine`."""
        waited = self.now - (row.waiting_since or self.now)
        names = (("late", TARGET), ("soon", SOON), ("fine", timedelta(minutes=1)))
        return next((name for name, least in names if waited >= least), "new")


def asked_in(request: Request) -> Asked:
    """What the address asks for; unknown values are ignored."""
    given = {name: request.query_params.get(name, "")[:LONGEST_SEARCH].strip() for name in vars(Asked())}
    if given["list"] not in LISTS:
        given["list"] = "needs"
    return Asked(**given)


async def open_inbox(room: Room, member: Member, asked: Asked) -> Inbox:
    """Read the list and the counts."""
    now = room.parts.clock()
    wanted = Wanted(
        places=LISTS[asked.list],
        assignee=member.id if asked.list == "mine" else "",
        step=asked.step,
        reason=asked.reason,
        product=asked.product,
        lang=asked.lang,
        stuck=asked.stuck if asked.stuck != "quiet" else "",
        quiet_since=now - QUIET if asked.stuck == "quiet" else None,
        label=asked.label,
        find=asked.find,
    )
    found = await room.parts.database.read(desk.look, wanted, member.id, after=_key(asked.after))
    counts = dict(found.counts)
    counts["open"] = sum(counts[place.value] for place in LISTS["open"])
    return Inbox(asked, counts, found.rows, _written(found.ended), now, found.called, found.labels)


def filters(room: Room, lang: str, labels: tuple[str, ...]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """What the list can be filtered by: value and label."""
    text = room.pages.texts.get
    steps = tuple(step.name for flow in catalog.load().flows for step in flow.steps)
    products = {sheet.key: sheet.name[lang] for sheet in room.parts.library.products}
    return {
        "reason": tuple((each, text(lang, f"console.reason.{each}")) for each in REASONS),
        "step": tuple((each, step_name(room, lang, each)) for each in steps),
        "product": tuple(products.items()),
        "lang": tuple((each, text(lang, f"console.lang.{each}")) for each in LANGUAGES),
        "label": tuple((each, each) for each in labels),
        "stuck": tuple((each, text(lang, f"console.stuck.{each}")) for each in STUCK),
    }


def step_name(room: Room, lang: str, step: str) -> str:
    """A step in words."""
    key = f"console.step.{step}"
    return room.pages.texts.get(lang, key) if room.pages.texts.has(lang, key) else step


def router(room: Room) -> APIRouter:
    """The inbox page and its pieces."""
    routes = APIRouter(prefix="/console", dependencies=[Depends(room.guard())], include_in_schema=False)

    @routes.get("")
    async def show(request: Request) -> Response:
        member, asked = member_of(request), asked_in(request)
        inbox = await open_inbox(room, member, asked)
        if asked.find:  # not for what: the log can never be cleared of a name
            act = Act(member.id, "searched", detail=f"{len(inbox.rows)} found")
            await room.parts.database.run(audit.append, act, inbox.now)
        choices = filters(room, member.lang, inbox.labels)
        return room.page("inbox.html", member, member.lang, inbox=inbox, filters=choices, open_id="")

    @routes.get("/pieces/inbox")
    async def piece(request: Request) -> Response:
        member = member_of(request)
        inbox = await open_inbox(room, member, asked_in(request))
        open_id = request.query_params.get("open", "")[:80]
        return room.page("list.html", member, member.lang, inbox=inbox, open_id=open_id)

    return routes


def _key(text: str) -> Key | None:
    kind, _, rest = text.partition("~")
    at, _, row_id = rest.partition("~")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return Key(kind == "w", moment, row_id) if row_id and moment.tzinfo is not None else None


def _written(key: Key | None) -> str:
    return "" if key is None else f"{'w' if key.waiting else 'u'}~{key.at.isoformat()}~{key.id}"
