"""A language model whose answers and failures are counted."""

import time
from collections.abc import Awaitable
from typing import TypeVar

from bot.observing import Observer
from flows.knowledge.claims import Written
from flows.ports import AnswerRequest, LanguageModel, ReadRequest, SummaryRequest, TranslateRequest, Understood

T = TypeVar("T")


class WatchedModel:
    """Asks another model and tells the observer what came of it."""

    def __init__(self, model: LanguageModel, observer: Observer) -> None:
        self._model = model
        self._observer = observer

    async def understand(self, request: ReadRequest) -> Understood:
        """See LanguageModel."""
        return await self._watched("understand", self._model.understand(request))

    async def answer(self, request: AnswerRequest) -> Written:
        """See LanguageModel."""
        return await self._watched("answer", self._model.answer(request))

    async def translate(self, request: TranslateRequest) -> str:
        """See LanguageModel."""
        return await self._watched("translate", self._model.translate(request))

    async def summarise(self, request: SummaryRequest) -> str:
        """See LanguageModel."""
        return await self._watched("summarise", self._model.summarise(request))

    async def _watched(self, task: str, answer: Awaitable[T]) -> T:
        began, outcome = time.perf_counter(), "failed"
        try:
            found = await answer
            outcome = "done"
        finally:
            self._observer.model(task, outcome, time.perf_counter() - began)
        return found
