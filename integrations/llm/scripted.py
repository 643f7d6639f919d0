"""A model that answers from a script, for tests and for trying a conversation without a provider."""

from collections.abc import Callable

from flows.errors import ModelUnavailable
from flows.knowledge.claims import Written
from flows.ports import AnswerRequest, ReadRequest, SummaryRequest, TranslateRequest, Understood


class ScriptedModel:
    """Answers by a function for each kind of request; one that returns None is a model that fails.

    `heard` keeps the requests.
    """

    def __init__(
        self,
        understand: Callable[[ReadRequest], Understood | None] = lambda _request: None,
        answer: Callable[[AnswerRequest], Written | None] = lambda _request: None,
        translate: Callable[[TranslateRequest], str | None] = lambda _request: None,
        summarise: Callable[[SummaryRequest], str | None] = lambda _request: None,
    ) -> None:
        self._understand = understand
        self._answer = answer
        self._translate = translate
        self._summarise = summarise
        self.heard: list[ReadRequest | AnswerRequest | TranslateRequest | SummaryRequest] = []

    async def understand(self, request: ReadRequest) -> Understood:
        """What the script says of an unclear message. Raises ModelUnavailable."""
        self.heard.append(request)
        found = self._understand(request)
        if found is None:
            raise ModelUnavailable("scripted")
        return found

    async def answer(self, request: AnswerRequest) -> Written:
        """What the script answers. Raises ModelUnavailable."""
        self.heard.append(request)
        found = self._answer(request)
        if found is None:
            raise ModelUnavailable("scripted")
        return found

    async def translate(self, request: TranslateRequest) -> str:
        """What the script makes of a text. Raises ModelUnavailable."""
        self.heard.append(request)
        found = self._translate(request)
        if found is None:
            raise ModelUnavailable("scripted")
        return found

    async def summarise(self, request: SummaryRequest) -> str:
        """What the script makes of a conversation. Raises ModelUnavailable."""
        self.heard.append(request)
        found = self._summarise(request)
        if found is None:
            raise ModelUnavailable("scripted")
        return found
