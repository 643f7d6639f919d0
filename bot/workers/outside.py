"""Sources and scoring, opened when a job first needs them: a conversation begins without loading them."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from typing import TYPE_CHECKING

from bot.observing import Observer
from bot.settings import Settings
from bot.workers.watching import WatchedModel
from flows.ports import LanguageModel, Scoring, Source

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from integrations.toolkit.source import Read


class Outside:
    """The systems that jobs call. Close it when no job runs any more."""

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime],
        box: "Callable[[], Starlette]",
        read: "Read",
        observer: Observer | None = None,
    ) -> None:
        """`box` opens the files that owners sent, `read` reads one."""
        self._settings = settings
        self._clock = clock
        self._box = box
        self._read = read
        self._observer = observer
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()
        self._sources: Mapping[str, Source] = {}
        self._scoring: Scoring | None = None
        self._model: LanguageModel | None = None

    async def source(self, name: str) -> Source:
        """A source by name; without an address it talks to its sandbox. Raises KeyError for an unknown one."""
        async with self._opening:
            if not self._sources:
                from bot.workers.endpoints import endpoints  # noqa: PLC0415 - see the head of this file
                from integrations import merchants  # noqa: PLC0415
                from integrations.sources.catalog import open_sources  # noqa: PLC0415

                opened = open_sources(
                    endpoints(self._settings), merchants.load(), self._clock, box=self._box(), read=self._read
                )
                self._sources = await self._stack.enter_async_context(opened)
        return self._sources[name]

    async def scoring(self) -> Scoring:
        """The lender's scoring service; the reference service in this process when no address is set."""
        async with self._opening:
            if self._scoring is None:
                from integrations.scoring.client import open_scoring  # noqa: PLC0415

                token = self._settings.scoring_token
                client = open_scoring(
                    self._settings.scoring_url, token.get_secret_value() if token else "", self._settings.products
                )
                self._stack.push_async_callback(client.aclose)
                self._scoring = client
        return self._scoring

    async def model(self) -> LanguageModel | None:
        """The language model of the settings; None when none is set."""
        async with self._opening:
            self._model = self._model or open_model(self._settings, self._observer)
        return self._model

    async def close(self) -> None:
        """Close what was opened."""
        await self._stack.aclose()


def open_model(settings: Settings, observer: Observer | None = None) -> LanguageModel | None:
    """The language model of the settings; None when none is set. Its library is loaded with the first question."""
    if settings.llm is None:
        return None
    from integrations.llm.client import ChatModel  # noqa: PLC0415 - see the head of this file

    key = settings.llm_api_key
    secret = key.get_secret_value() if key else None
    model = ChatModel(settings.llm, settings.llm_base_url, secret, tracing=settings.llm_tracing)
    return WatchedModel(model, observer or Observer())
