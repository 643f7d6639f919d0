"""A model behind LangChain, any provider it knows. Nothing of LangChain is imported before the first call.

Structured by function calling, once again as plain JSON when the first answer is no use; then it is a failure.
"""

import asyncio
import json
import os
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, Field

from flows.errors import ModelUnavailable
from flows.knowledge.claims import Claim, Written
from flows.ports import AnswerRequest, Command, ReadRequest, SummaryRequest, TranslateRequest, Understood
from integrations.llm import prompts
from integrations.llm.redaction import Redactor

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

LIMIT = 8.0  # seconds, for both tries together
LONGEST_ANSWER = 700  # tokens
LONGEST_JSON = 20_000  # characters
T = TypeVar("T", bound=BaseModel)


class UnderstoodSchema(BaseModel):
    """What the owner's message does."""

    commands: list[Command] = Field(description="what the message does, in order", max_length=6)


class AnswerSchema(BaseModel):
    """An answer from passages."""

    answerable: bool = Field(description="whether the passages answer the question")
    claims: list[Claim] = Field(default_factory=list, max_length=3)


class TranslationSchema(BaseModel):
    """A text in another language."""

    text: str = Field(description="the translation alone", min_length=1, max_length=8_000)


class SummarySchema(BaseModel):
    """A summary of a conversation."""

    text: str = Field(description="the summary alone, three to five short sentences", min_length=1, max_length=2_000)


class ChatModel:
    """The model of the settings: `provider:name`, an address for what speaks like it, and a key."""

    def __init__(self, name: str, base_url: str | None, api_key: str | None, *, tracing: bool = False) -> None:
        self._name = name
        self._base_url = base_url
        self._api_key = api_key
        self._tracing = tracing
        self._model: BaseChatModel | None = None

    async def understand(self, request: ReadRequest) -> Understood:
        """What an unclear message does. Raises ModelUnavailable."""
        redactor = Redactor(request.known)
        message = prompts.understanding(request, redactor.hide(request.text))
        found = await self._ask(UnderstoodSchema, prompts.UNDERSTAND, message)
        commands = tuple(
            each.model_copy(update={"value": redactor.restore(each.value), "quote": redactor.restore(each.quote)})
            for each in found.commands
        )
        return Understood(commands=commands)

    async def answer(self, request: AnswerRequest) -> Written:
        """An answer from passages, with quotes. Raises ModelUnavailable."""
        redactor = Redactor(request.known)
        found = await self._ask(AnswerSchema, prompts.ANSWER, prompts.answering(request, redactor.hide(request.text)))
        claims = tuple(each.model_copy(update={"text": redactor.restore(each.text)}) for each in found.claims)
        return Written(answerable=found.answerable, claims=claims)

    async def translate(self, request: TranslateRequest) -> str:
        """A text in another language. Raises ModelUnavailable."""
        redactor = Redactor(request.known)
        message = prompts.translating(request, redactor.hide(request.text))
        found = await self._ask(TranslationSchema, prompts.TRANSLATE, message)
        return redactor.restore(found.text)

    async def summarise(self, request: SummaryRequest) -> str:
        """What has happened in a conversation. Raises ModelUnavailable."""
        redactor = Redactor(request.known)
        message = prompts.summarising(request, redactor.hide("\n".join(request.lines)))
        return redactor.restore((await self._ask(SummarySchema, prompts.SUMMARISE, message)).text)

    async def _ask(self, schema: type[T], rules: str, message: str) -> T:
        """At most two calls within the limit."""
        reason = ""
        try:
            async with asyncio.timeout(LIMIT):
                for way in ("tool", "json"):
                    try:
                        return await self._call(schema, way, rules, message)
                    except Exception as error:  # whatever a provider's library raises is one fact here
                        reason = type(error).__name__
        except TimeoutError:
            reason = "time limit"
        raise ModelUnavailable(reason)

    async def _call(self, schema: type[T], way: str, rules: str, message: str) -> T:
        from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415 - see the head of this file

        model = await self._open()
        if way == "tool":
            bound = model.bind_tools([schema], tool_choice=schema.__name__)
            said = await bound.ainvoke([SystemMessage(rules), HumanMessage(message)])
            calls = [call["args"] for call in said.tool_calls if call["name"] == schema.__name__]
            if len(calls) != 1:
                raise UnusableAnswer
            return schema.model_validate(calls[0])
        form = f"{rules}\n\nAnswer with one JSON object of this schema and nothing else: {schema.model_json_schema()}"
        said = await model.ainvoke([SystemMessage(form), HumanMessage(message)])
        return schema.model_validate(_json(str(said.content)))

    async def _open(self) -> "BaseChatModel":
        if self._model is None:
            # LangSmith posts every prompt to its makers when its switch is on in the environment.
            os.environ["LANGSMITH_TRACING"] = os.environ["LANGCHAIN_TRACING_V2"] = str(self._tracing).lower()
            self._model = await asyncio.to_thread(self._create)
        return self._model

    def _create(self) -> "BaseChatModel":
        from langchain.chat_models import init_chat_model  # noqa: PLC0415 - see the head of this file

        options: dict[str, Any] = {"timeout": LIMIT, "max_retries": 0, "max_tokens": LONGEST_ANSWER}
        if self._base_url is not None:
            options["base_url"] = self._base_url
        if self._api_key is not None:
            options["api_key"] = self._api_key
        model: BaseChatModel = init_chat_model(self._name, **options)
        return model


class UnusableAnswer(Exception):
    """The model answered in another form than the one asked for."""


def _json(text: str) -> object:
    """The JSON object of an answer, perhaps in a fence. Raises UnusableAnswer; a long answer is not even looked at."""
    if len(text) > LONGEST_JSON:
        raise UnusableAnswer
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise UnusableAnswer
    found: object = json.loads(text[start : end + 1])
    return found
