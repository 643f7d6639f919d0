"""What a durable turn costs beside two peers: `python -m benchmarks.turn_cost [--turns 600]`.

The same form of ten questions, every answer committed to SQLite (synchronous=FULL) before the next question is known:
ours (deduplicated, ordered, sealed, the reply in the outbox), python-telegram-bot's ConversationHandler with state and
answers in a table, and a LangGraph form on its SQLite checkpointer, each in a process of its own. Bars: at least
5 times as fast as LangGraph, within 2 times of ConversationHandler.
"""

import argparse
import asyncio
import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict

QUESTIONS = tuple(f"question {number}" for number in range(10))
SIDES = ("ours", "conversation_handler", "langgraph")
AT_ONCE = (1, 8, 32)
Answer = Callable[[int, int], Awaitable[None]]  # conversation, number of its turn


async def ours(folder: Path, play: Callable[[Answer], Awaitable[None]]) -> None:
    from bot.door.turns import Door
    from bot.logs import configure
    from flows.application.values import Application, Candidate, FieldValue
    from flows.conversation import Conversation
    from flows.effects import Speak
    from flows.engine.decision import Decision
    from flows.events import Arrival, Event, OwnerSaid
    from flows.messages import Heard, Say
    from integrations.database.engine import Database
    from integrations.database.sealing import Sealer

    def new(channel: str, address: str, at: datetime) -> Conversation:
        return Conversation(
            id=f"c-{address}",
            channel=channel,
            address=address,
            started_at=at,
            application=Application(id=f"LA-{address}-1", started_at=at),
        )

    def decide(before: Conversation, event: Event, at: datetime) -> Decision:
        after = before.fork()
        said = event.heard.text if isinstance(event, OwnerSaid) else ""
        place = after.revision % len(QUESTIONS)
        after.revision += 1
        given = Candidate(field=QUESTIONS[place], value=said, source="owner", observed_at=at, confirmed_at=at)
        after.application.values[QUESTIONS[place]] = FieldValue(candidates=(given,), chosen=0)
        return Decision(after, (Speak(say=Say(text=QUESTIONS[after.revision % len(QUESTIONS)])),))

    configure("text")
    db = await Database.open(f"sqlite:///{folder / 'ours.sqlite'}")
    sealer = Sealer([Sealer.new_key()])
    door = Door(db, decide, new, sealer, lambda: datetime.now(UTC), apology=lambda _: Say(text="sorry"))

    async def answer(conversation: int, number: int) -> None:
        heard = Heard(kind="text", text=f"answer {number}", message_id=str(number))
        taken = await door.take(
            Arrival(
                origin="telegram",
                external_id=f"{conversation}-{number}",
                event=OwnerSaid(heard=heard),
                at=datetime.now(UTC),
                channel="telegram",
                address=str(conversation),
                number=number,
            )
        )
        if taken.duplicate or taken.failed:
            raise AssertionError(taken)

    await play(answer)
    door.close()
    await db.close()


async def conversation_handler(folder: Path, play: Callable[[Answer], Awaitable[None]]) -> None:
    from telegram import Chat, Message, Update, User
    from telegram.ext import ApplicationBuilder, ContextTypes, ConversationHandler, MessageHandler, filters

    connection = sqlite3.connect(folder / "ptb.sqlite", isolation_level=None)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute("create table form (chat integer primary key, state integer, answers text)")
    forms: dict[int, dict[str, str]] = {}

    async def take(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> int:
        chat, message = update.effective_chat, update.effective_message
        assert chat is not None
        assert message is not None
        form = forms.setdefault(chat.id, {})
        form[QUESTIONS[len(form) % len(QUESTIONS)]] = message.text or ""
        state = len(form) % len(QUESTIONS)
        connection.execute("begin immediate")
        connection.execute("insert or replace into form values (?, ?, ?)", (chat.id, state, json.dumps(form)))
        connection.execute("commit")
        return state

    application = ApplicationBuilder().token("1:token").build()
    any_text = [MessageHandler(filters.TEXT, take)]
    application.add_handler(
        ConversationHandler(any_text, dict.fromkeys(range(len(QUESTIONS)), any_text), [], allow_reentry=False)
    )
    application._initialized = True

    async def answer(conversation: int, number: int) -> None:
        user, chat = User(conversation + 1, "Mei", is_bot=False), Chat(conversation + 1, "private")
        message = Message(number + 1, datetime.now(UTC), chat, from_user=user, text=f"answer {number}")
        await application.process_update(Update(conversation * 100_000 + number, message=message))

    await play(answer)
    connection.close()


class Form(TypedDict):
    """The state of the LangGraph form."""

    answers: dict[str, str]


async def langgraph(folder: Path, play: Callable[[Answer], Awaitable[None]]) -> None:
    from langgraph.checkpoint.sqlite import SqliteSaver
    from langgraph.graph import START, StateGraph
    from langgraph.types import Command, interrupt

    def ask(state: Form) -> Form:
        answers = state["answers"]
        question = QUESTIONS[len(answers) % len(QUESTIONS)]
        return {"answers": {**answers, question: str(interrupt(question))}}

    graph: Any = StateGraph(Form)
    graph.add_node("ask", ask)
    graph.add_edge(START, "ask")
    graph.add_edge("ask", "ask")
    connection = sqlite3.connect(folder / "langgraph.sqlite", check_same_thread=False)
    connection.execute("pragma synchronous=full")
    compiled = graph.compile(checkpointer=SqliteSaver(connection))
    begun: set[int] = set()

    async def answer(conversation: int, number: int) -> None:
        config = {"configurable": {"thread_id": str(conversation)}, "recursion_limit": 100_000}
        if conversation not in begun:
            begun.add(conversation)
            compiled.invoke({"answers": {}}, config, durability="sync")
        compiled.invoke(Command(resume=f"answer {number}"), config, durability="sync")

    await play(answer)
    connection.close()


async def run(side: str, folder: Path, turns: int) -> dict[str, object]:
    """All concurrencies of one side, in this process."""
    found: dict[str, object] = {"side": side}
    conversations = 0

    async def play(answer: Answer) -> None:
        nonlocal conversations
        for at_once in AT_ONCE:
            first, conversations = conversations, conversations + at_once
            times: list[float] = []

            async def owner(conversation: int, each: int, into: list[float]) -> None:
                for number in range(each):
                    began = time.perf_counter()
                    await answer(conversation, number)
                    into.append((time.perf_counter() - began) * 1000)

            await asyncio.gather(*(owner(first + number, 3, []) for number in range(at_once)))  # warm
            first, conversations = conversations, conversations + at_once
            used, began = time.process_time(), time.perf_counter()
            await asyncio.gather(*(owner(first + number, turns // at_once, times) for number in range(at_once)))
            seconds = time.perf_counter() - began
            hundredths = statistics.quantiles(times, n=100)
            found[str(at_once)] = {
                "turns_per_s": round(len(times) / seconds),
                "ms_per_turn": round(seconds * 1000 / len(times), 2),
                "cpu_ms": round((time.process_time() - used) * 1000 / len(times), 2),
                "p50_ms": round(hundredths[49], 2),
                "p99_ms": round(hundredths[98], 2),
            }

    await {"ours": ours, "conversation_handler": conversation_handler, "langgraph": langgraph}[side](folder, play)
    found["memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=600, help="turns at each number of conversations")
    parser.add_argument("--side", choices=SIDES, help="one side alone, in this process")
    options = parser.parse_args()
    if options.side:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(asyncio.run(run(options.side, Path(folder), options.turns))))
        return
    sides: dict[str, dict[str, Any]] = {}
    for side in SIDES:
        command = [sys.executable, "-m", "benchmarks.turn_cost", "--side", side, "--turns", str(options.turns)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        sides[side] = json.loads(done.stdout)
        print(done.stdout.strip())
    well = True
    for at_once in map(str, AT_ONCE):
        mine = sides["ours"][at_once]["ms_per_turn"]
        faster = sides["langgraph"][at_once]["ms_per_turn"] / mine
        slower = mine / sides["conversation_handler"][at_once]["ms_per_turn"]
        well = well and faster >= 5 and slower <= 2
        print(f"{at_once:>2} at once: {faster:.1f} times as fast as LangGraph, {slower:.1f} times ConversationHandler")
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
