"""What the web application is made of, given to it explicitly by the composition root."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from prometheus_client import CollectorRegistry

from bot.door.turns import Door
from bot.links import Links
from bot.web.webhook import Hook
from bot.workers.approvals import Approvals
from flows.engine.library import Library
from flows.ports import LanguageModel
from integrations.database.engine import Database
from integrations.database.sealing import Sealer
from integrations.press.press import Press

Check = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Parts:
    """The parts behind the pages.

    `approvals` sends owners to the page of a source. `checks` say by name whether something is ready: they return
    when it is well and raise when it is not (the sentence of a LendlineError is shown, of any other error only the
    class). `metrics` is the registry in which the owners of numbers registered them. With `public_url` set,
    requests for another host are refused. `hook` takes the updates of a messenger that calls us. Pages of
    `embed_origins` may show the chat in a frame. `press` draws the files that go with messages. `model` drafts and
    translates for staff, where one is set. What other than `real_sources` brought is invented.
    """

    door: Door
    database: Database
    sealer: Sealer
    library: Library
    links: Links
    clock: Callable[[], datetime]
    approvals: Approvals
    checks: Mapping[str, Check] = field(default_factory=dict)
    metrics: CollectorRegistry = field(default_factory=CollectorRegistry)
    public_url: str | None = None
    hook: Hook | None = None
    embed_origins: tuple[str, ...] = ()
    model: LanguageModel | None = None
    real_sources: frozenset[str] = frozenset()
    press: Press = field(default_factory=Press)
