"""A database as years of work leave it: conversations, their log and messages, and applications in numbers.

Rows of the log are made inside the database, one line of every conversation at a time, as conversations come and go:
5 million take about a minute. Constraints hold, only checking them row by row is left out.
"""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice

import sqlalchemy as sa

from bot.workers.summary import Stage
from flows.conversation import Conversation
from flows.events import OwnerSaid
from flows.messages import Heard
from integrations.database import dialect
from integrations.database.sealing import Sealer
from integrations.database.tables import Place, conversation, event, journey, journey_fetch, outbox

BATCH = 5_000
MESSAGE_EVERY = 5  # lines
PLACES = (Place.NEEDS, Place.PERSON, Place.ASSISTANT, Place.CLOSED)
SHARES = (2, 3, 45, 50)
FLOWS = ("welcome", "identify", "need", "connect", "fill", "review", "status")
STEPS = ("fill.field", "need.loan", "connect.offer", "review.page", "status.rest")
RARE_STEP = "offers.decline"
SOURCES = ("registry", "bank", "tax", "einvoice")
FETCHES = ("done", "done", "done", "failed")
SAID = "How long does it take until you know?"
ANSWERED = "It depends on the lender. Most answer within a day."
Row = dict[str, object]
Size = tuple[int, int]  # conversations, and lines of the log that each has
StateOf = Callable[[str], Conversation]
Link = sa.ColumnElement[str]


def name_of(number: int) -> str:
    """The id and address of a conversation."""
    return f"c-{number:08}"


def fill(url: str, sealer: Sealer, state_of: StateOf, size: Size, at: datetime) -> None:
    """Make the conversations with their lines; `state_of` gives the state that one is stored with."""
    count, lines = size
    engine = dialect.migration_engine(url)
    with engine.connect() as connection:
        _hurry(connection)
        with connection.begin():
            _insert(connection, conversation, conversations(count, lines, sealer, state_of, at))
            _insert(connection, journey, applications(count, at))
            _insert(connection, journey_fetch, fetches(count, at))
        for seq in range(1, lines + 1):
            with connection.begin():
                connection.execute(_line(seq, sealer, at - timedelta(minutes=lines - seq)))
                if seq % MESSAGE_EVERY == 0:
                    connection.execute(_message(seq, at - timedelta(minutes=lines - seq)))
        _tidy(connection)
    engine.dispose()


def conversations(count: int, lines: int, sealer: Sealer, state_of: StateOf, at: datetime) -> Iterator[Row]:
    """Rows of the table; one in ten thousand stands at a rare step, for the filter with few hits."""
    chance = random.Random(1)
    sealed = b""
    for number in range(count):
        name = name_of(number)
        if number % 1000 == 0:  # sealing is not what is measured
            sealed = sealer.seal(state_of(name))
        place = chance.choices(PLACES, SHARES)[0]
        waits = place is Place.NEEDS or (place is Place.PERSON and chance.random() < 0.3)
        shop = f"Shop {chance.getrandbits(32):x} Trading Ltd" if number % 2 else f"万利茶行{chance.getrandbits(32):x}"
        yield {
            "id": name,
            "channel": "telegram",
            "address": name,
            "lang": "en" if number % 2 else "zh",
            "state": sealed,
            "version": 1,
            "seq": lines,
            "speaker": "person" if place is Place.PERSON else "assistant",
            "person_wanted": "asked" if place is Place.NEEDS else "",
            "alert": "",
            "step": RARE_STEP if number % 10_000 == 0 else chance.choice(STEPS),
            "shop": shop,
            "status": "draft",
            "waiting_since": at - timedelta(seconds=chance.randrange(90_000)) if waits else None,
            "owner": "",
            "product": chance.choice(("", "harbour-working-capital", "baichuan-inventory")),
            "application_id": f"LA-{number:012X}-1",
            "find": f"{name} la-{number:012x}-1 {shop.lower()}",
            "place": place,
            "assignee": "s-other" if place is Place.PERSON else "",
            "person": "Ben" if place is Place.PERSON else "",
            "stuck": chance.choices(("", "trouble", "source"), (90, 6, 4))[0],
            "progress_at": at - timedelta(seconds=chance.randrange(9_000_000)),
            "heard_seq": lines,
            "created_at": at,
            "updated_at": at - timedelta(seconds=chance.randrange(9_000_000)),
        }


def applications(count: int, at: datetime) -> Iterator[Row]:
    """One application of each conversation, in the numbers of supervisors, begun in the last thirty days."""
    for number in range(count):
        chance = random.Random(number)
        begun = _begun(chance, at)
        reached = chance.choice(list(Stage))
        sent = reached >= Stage.SIGNED
        yield {
            "application_id": f"LA-{number:012X}-1",
            "channel": "telegram",
            "lang": "en" if number % 2 else "zh",
            "lender": chance.choice(("harbour", "baichuan")) if sent else "",
            "started_at": begun,
            "seen_at": begun + timedelta(hours=chance.randrange(40)),
            "reached": int(reached),
            "step": chance.choice(FLOWS),
            "status": "submitted" if sent else "draft",
            "submit_seconds": chance.randrange(30, 4000) if sent else None,
            "decide_seconds": chance.randrange(1, 90_000) if reached >= Stage.DECIDED else None,
            "expected_by": at if sent else None,
            "asked": chance.randrange(8),
            "prefilled": chance.randrange(20),
            "person_reason": chance.choice(("", "", "", "asked", "complaint")),
            "reply_seconds": chance.choice((None, None, 40, 400)),
        }


def fetches(count: int, at: datetime) -> Iterator[Row]:
    """What each application fetched from each source."""
    for number in range(count):
        chance = random.Random(number)
        begun = _begun(chance, at)
        for source in SOURCES:
            yield {
                "application_id": f"LA-{number:012X}-1",
                "source": source,
                "started_at": begun,
                "state": chance.choice(FETCHES),
                "seconds": chance.randrange(1, 9),
            }


def _begun(chance: random.Random, at: datetime) -> datetime:
    return at - timedelta(minutes=chance.randrange(30 * 24 * 60))


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterator[Row]) -> None:
    while batch := list(islice(rows, BATCH)):
        connection.execute(sa.insert(table), batch)


def _hurry(connection: sa.Connection) -> None:
    """Leave out what only matters to a database that somebody uses: the check of each foreign key, the log on disk."""
    if connection.dialect.name == "postgresql":
        settings = ("SET session_replication_role = replica", "SET synchronous_commit = off")
    else:
        settings = ("PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -1000000")
    driver = connection.connection  # beneath SQLAlchemy, which would begin a transaction first
    cursor = driver.cursor()
    for setting in settings:
        cursor.execute(setting)
    cursor.close()
    driver.commit()


def _tidy(connection: sa.Connection) -> None:
    """What PostgreSQL does by itself within minutes. Nobody does it for a file, so it is measured without."""
    if connection.dialect.name == "postgresql":
        driver = connection.connection.driver_connection
        driver.autocommit = True
        driver.execute("VACUUM ANALYZE")
        driver.autocommit = False


def _line(seq: int, sealer: Sealer, at: datetime) -> sa.Insert:
    """The same line of every conversation."""
    kind, actor, text = (("owner_said", "owner", SAID), ("said", "assistant", ANSWERED), ("note", "system", ""))[
        seq % 3
    ]
    heard = sealer.seal(OwnerSaid(heard=Heard(kind="text", text=SAID))) if kind == "owner_said" else None
    return _for_each(
        event,
        {
            "conversation_id": conversation.c.id,
            "seq": seq,
            "origin": "telegram",
            "external_id": _numbered(seq),
            "kind": kind,
            "actor": actor,
            "at": at,
            "text": text,
            "error": "",
            "body": heard,
        },
    )


def _message(seq: int, at: datetime) -> sa.Insert:
    """The same delivered message of every conversation."""
    return _for_each(
        outbox,
        {
            "conversation_id": conversation.c.id,
            "event_id": 1,
            "seq": seq,
            "channel": "telegram",
            "address": conversation.c.address,
            "by": "assistant",
            "slot": "",
            "replace": False,
            "revision": 0,
            "body": b"",
            "state": "sent",
            "attempts": 1,
            "due_at": at,
            "message_id": _numbered(seq),
            "error": "",
            "created_at": at,
            "sent_at": at,
        },
    )


def _numbered(seq: int) -> Link:
    return conversation.c.id + f":{seq}"


def _for_each(table: sa.Table, values: dict[str, object]) -> sa.Insert:
    """An insert of one row for each conversation."""
    columns = [
        value if isinstance(value, sa.ColumnElement) else sa.literal(value, table.c[name].type)
        for name, value in values.items()
    ]
    return sa.insert(table).from_select(list(values), sa.select(*columns).select_from(conversation))
