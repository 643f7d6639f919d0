"""What a turn adds to the log and the queues, collected so that each table is written once."""

from datetime import datetime

import sqlalchemy as sa

from bot.door import transcript
from flows.effects import AskModel, Assess, FindBusiness, ForgetGrant, MakeReport, ReadFile, StartPull, Submit
from flows.messages import Say
from integrations.database.queries import events, jobs, outbox, timers
from integrations.database.queries.conversations import Stored
from integrations.database.queries.events import Line
from integrations.database.sealing import Sealer


class Page:
    """What a turn adds to the log and the queues, collected so that each table is written once."""

    def __init__(self, stored: Stored, now: datetime) -> None:
        self.stored = stored
        self.now = now
        self.seq = stored.seq
        self.event_id = 0
        self.timers: dict[tuple[str, str], datetime | None] = {}
        self._lines: list[Line] = []
        self._said: list[tuple[Say, str, int]] = []
        self._jobs: list[jobs.NewJob] = []

    @property
    def heard(self) -> int:
        """The number of the line that the event itself has."""
        return self.stored.seq + 1

    def number(self) -> int:
        """The next number in the conversation's log."""
        self.seq += 1
        return self.seq

    def log(self, kind: str, actor: str, text: str, body: bytes | None = None) -> int:
        """Add a line of masked text, with sealed data where there is more to it; its number in the log."""
        number = self.number()
        external_id = f"{self.event_id}:{number}"
        self._lines.append(
            Line(self.stored.id, number, events.TURN, external_id, kind, actor, self.now, text, body=body)
        )
        return number

    def speak(self, say: Say, by: str) -> None:
        """Queue a message. What a person says is in the log already, as the event that brought it."""
        is_new = by == outbox.ASSISTANT
        number = self.log("said", by, transcript.of_say(say)) if is_new else self.heard
        self._said.append((say, by, number))

    def work(
        self,
        effect: StartPull | ForgetGrant | Submit | Assess | MakeReport | AskModel | FindBusiness | ReadFile,
        sealer: Sealer,
    ) -> None:
        """Queue background work. Its key comes from the event, so that it starts once."""
        self._jobs.append(
            jobs.NewJob(
                key=f"{effect.kind}:{self.event_id}:{len(self._jobs)}",
                kind=effect.kind,
                conversation_id=self.stored.id,
                body=sealer.seal(effect),
                created_at=self.now,
                consent_id=effect.consent.id if isinstance(effect, StartPull) else None,
            )
        )

    def write(self, connection: sa.Connection, sealer: Sealer) -> None:
        """Write what was collected."""
        events.append(connection, self._lines)
        outbox.add(
            connection,
            [
                outbox.NewMessage(
                    conversation_id=self.stored.id,
                    event_id=self.event_id,
                    seq=number,
                    channel=self.stored.channel,
                    address=self.stored.address,
                    by=by,
                    slot=say.slot,
                    replace=say.replace,
                    revision=say.revision,
                    body=sealer.seal(say),
                    created_at=self.now,
                )
                for say, by, number in self._said
            ],
        )
        jobs.add(connection, self._jobs)
        set_now = []
        for (name, arg), due_at in self.timers.items():
            if due_at is None:
                timers.cancel(connection, self.stored.id, name, arg)
            else:
                set_now.append(timers.StoredTimer(self.stored.id, name, arg, due_at))
        timers.put(connection, set_now)
