"""One bot on the stand: its updates, chats and button presses, and the methods it may call.

Calls arrive in the server's thread, people act in the test's: one condition guards all state.
"""

import asyncio
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.stand.calling import Calling
from tests.stand.chat import Chat, Message
from tests.stand.faults import Fault
from tests.stand.markup import Text, read_keyboard, read_text
from tests.stand.methods import METHODS
from tests.stand.person import Person
from tests.stand.refusal import Refusal
from tests.stand.schema import Schema

FIRST_PERSON = 5_100_001


@dataclass(frozen=True)
class Call:
    """A call the bot made `at` a monotonic time. Parameters are as in the request, complex ones as JSON."""

    method: str
    params: dict[str, str]
    at: float = field(default_factory=time.monotonic)


class Stand:
    """A bot at a Bot API server. Give `token` and `url` to the program under test, and call `person()`."""

    def __init__(self, number: int, token: str, loop: asyncio.AbstractEventLoop, url: str) -> None:
        self.token = token
        self.url = url
        self.me: dict[str, Any] = {"id": number, "is_bot": True, "first_name": "Lendline", "username": "lendline_bot"}
        self.calls: list[Call] = []
        self.confirmed: list[int] = []
        self.violations: list[str] = []
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.calling = Calling(self)
        self.changed = threading.Condition()
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, bool] = {}
        self.files: dict[str, bytes] = {}
        self.passport_errors: list[dict[str, str]] = []
        self._schema = Schema.load()
        self._loop = loop
        self._updates: deque[dict[str, Any]] = deque()
        self._update_ids = count(830_000_001)
        self._messages = count(11)
        self._people = count(FIRST_PERSON)
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._poll: asyncio.Event | None = None
        self._called = 0

    # For tests

    def person(self, first_name: str = "Mei", *, last_name: str = "", language: str = "en") -> Person:
        """Somebody new in front of the bot."""
        chat = Chat(next(self._people), first_name, last_name, language)
        with self.changed:
            self.chats[chat.number] = chat
        return Person(self, chat)

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method go wrong, one fault each."""
        with self.changed:
            self._faults[method].extend(faults)

    def called(self, method: str) -> list[Call]:
        """The calls of one method so far."""
        with self.changed:
            return [call for call in self.calls if call.method == method]

    @property
    def pending(self) -> int:
        """Updates that the bot has not confirmed."""
        with self.changed:
            return len(self._updates)

    def wait(self, condition: Callable[[], bool], seconds: float = 5.0) -> bool:
        """Wait until something holds; checked whenever anything changes. For tests without a loop."""
        with self.changed:
            return self.changed.wait_for(condition, seconds)

    async def until(self, condition: Callable[[], bool], seconds: float = 5.0) -> None:
        """`wait` for tests with a loop; fails when the time is over."""
        if not await asyncio.to_thread(self.wait, condition, seconds):
            raise AssertionError(f"it did not happen in {seconds} s; calls: {[call.method for call in self.calls]}")

    def push(self, **content: Any) -> int:
        """Put an update in the queue; its id."""
        with self.changed:
            number = next(self._update_ids)
            self._updates.append({"update_id": number, **content})
            self.changed.notify_all()
        self._wake()
        return number

    def push_again(self, update: dict[str, Any]) -> None:
        """Put an update with a given id in the queue, as when Telegram repeats itself."""
        with self.changed:
            self._updates.append(update)
        self._wake()

    def next_message_number(self) -> int:
        """The id of a new message."""
        return next(self._messages)

    # For the server

    def next_fault(self, method: str) -> Fault | None:
        """The fault planned for this call."""
        with self.changed:
            planned = self._faults[method]
            return planned.popleft() if planned else None

    def file(self, path: str) -> bytes:
        """The content of a file that a person sent."""
        if path not in self.files:
            raise Refusal("Not Found", 404)
        return self.files[path]

    async def call(self, method: str, params: dict[str, str]) -> object:
        """Carry out a call; raises Refusal."""
        with self.changed:
            self.calls.append(Call(method, params))
            if self._schema is not None:
                self.violations += self._schema.problems(method, params)
            self.changed.notify_all()
        if method not in METHODS:
            raise Refusal("Not Found: method not found", 404)
        required, optional = METHODS[method]
        if missing := required - params.keys():
            raise Refusal(f"{min(missing)} is missing")
        if unknown := params.keys() - required - optional:
            raise Refusal(f"unknown parameter {min(unknown)}")
        if method == "getUpdates":
            return await self._get_updates(params)
        with self.changed:
            result = _HANDLERS[method](self, params)
            self.changed.notify_all()
        return result

    # Updates

    @property
    def webhook(self) -> str:
        """Where the bot is called; empty while it polls."""
        return self.calling.url

    @webhook.setter
    def webhook(self, url: str) -> None:
        self.calling.url = url
        self._wake()

    def confirm(self, number: int) -> None:
        """The bot has acknowledged an update."""
        with self.changed:
            self.confirmed.append(number)
            self._updates = deque(each for each in self._updates if each["update_id"] != number)
            self.changed.notify_all()

    def _wake(self) -> None:
        def wake() -> None:
            if self._poll is not None:
                self._poll.set()
            if self.webhook:
                self._call()

        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(wake)

    def _call(self) -> None:
        with self.changed:
            new = [each for each in self._updates if each["update_id"] > self._called]
            self._called = max((each["update_id"] for each in new), default=self._called)
        for update in new:
            self.calling.deliver(update)

    async def _get_updates(self, params: dict[str, str]) -> object:
        if self.webhook:
            raise Refusal("can't use getUpdates method while webhook is active; use deleteWebhook first", 409)
        if self._poll is not None:
            self._poll.set()  # the earlier poll of this bot ends in a conflict
        mine = self._poll = asyncio.Event()
        offset, limit = int(params.get("offset", 0)), int(params.get("limit", 100))
        if not 1 <= limit <= 100:
            raise Refusal("limit must be 1 to 100")
        wanted = set(json.loads(params.get("allowed_updates", "[]")))
        ends = self._loop.time() + min(float(params.get("timeout", 0)), 50)
        while True:
            with self.changed:
                while self._updates and offset > 0 and self._updates[0]["update_id"] < offset:
                    self._updates.popleft()
                ready = [each for each in self._updates if not wanted or wanted & each.keys()][:limit]
                self.changed.notify_all()
            left = ends - self._loop.time()
            if ready or left <= 0:
                return ready
            mine.clear()
            try:
                async with asyncio.timeout(left):
                    await mine.wait()
            except TimeoutError:
                continue
            if self.webhook:
                raise Refusal("terminated by setWebhook request", 409)
            if self._poll is not mine:
                raise Refusal("terminated by other getUpdates request; make sure that only one bot runs", 409)

    # Methods; each is called with the lock held

    def _get_me(self, _params: dict[str, str]) -> object:
        return self.me

    def _set_webhook(self, params: dict[str, str]) -> object:
        self.calling.url, self.calling.secret = params["url"], params.get("secret_token", "")
        self._wake()
        return True

    def _delete_webhook(self, params: dict[str, str]) -> object:
        self.webhook = ""
        if params.get("drop_pending_updates") == "true":
            self._updates.clear()
        return True

    def _get_webhook_info(self, _params: dict[str, str]) -> object:
        return {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": len(self._updates)}

    def _set_my_commands(self, params: dict[str, str]) -> object:
        commands = json.loads(params["commands"])
        if len(commands) > 100 or any(
            not 1 <= len(each["command"]) <= 32 or not 1 <= len(each["description"]) <= 256 for each in commands
        ):
            raise Refusal("BOT_COMMAND_INVALID")
        self.commands[params.get("language_code", "")] = commands
        return True

    def _send_message(self, params: dict[str, str]) -> object:
        chat = self._reachable(params)
        return self._post(chat, params, read_text(params["text"], params.get("parse_mode")), {})

    def _send_document(self, params: dict[str, str]) -> object:
        document = {"file_id": f"doc-{next(self._messages)}", "file_unique_id": "u"}
        return self._post(self._reachable(params), params, _caption(params), {"document": document})

    def _send_photo(self, params: dict[str, str]) -> object:
        size = {"file_id": f"photo-{next(self._messages)}", "file_unique_id": "u", "width": 9, "height": 9}
        return self._post(self._reachable(params), params, _caption(params), {"photo": [size]})

    def _edit_message_text(self, params: dict[str, str]) -> object:
        chat, message = self._editable(params)
        text = read_text(params["text"], params.get("parse_mode"))
        rows = self._inline_rows(params)
        if (text.plain, text.bold, rows) == (message.text, message.bold, message.keyboard):
            raise Refusal("message is not modified: specified new message content and reply markup are the same")
        message.text, message.bold, message.keyboard = text.plain, text.bold, rows
        message.edits += 1
        return chat.as_json(message, self.me)

    def _edit_message_reply_markup(self, params: dict[str, str]) -> object:
        chat, message = self._editable(params)
        rows = self._inline_rows(params)
        if rows == message.keyboard:
            raise Refusal("message is not modified: specified new message content and reply markup are the same")
        message.keyboard = rows
        message.edits += 1
        return chat.as_json(message, self.me)

    def _delete_message(self, params: dict[str, str]) -> object:
        message = self._reachable(params).find(int(params["message_id"]))
        if message is None:
            raise Refusal("message to delete not found")
        message.deleted = True
        return True

    def _answer_callback_query(self, params: dict[str, str]) -> object:
        query = params["callback_query_id"]
        if len(params.get("text", "")) > 200:
            raise Refusal("MESSAGE_TOO_LONG")
        if self.queries.get(query, True):
            raise Refusal("query is too old and response timeout expired or query ID is invalid")
        self.queries[query] = True
        return True

    def _set_passport_data_errors(self, params: dict[str, str]) -> object:
        errors = json.loads(params["errors"])
        if not errors or int(params["user_id"]) not in self.chats:
            raise Refusal("USER_ID_INVALID")
        for error in errors:
            if error.get("source") not in {"front_side", "reverse_side"} or not error.get("file_hash"):
                raise Refusal("PASSPORT_ELEMENT_ERROR_INVALID")
        self.passport_errors.extend(errors)
        return True

    def _get_file(self, params: dict[str, str]) -> object:
        path = f"files/{params['file_id']}"
        if path not in self.files:
            raise Refusal("wrong file_id or the file is temporarily unavailable")
        size = len(self.files[path])
        return {"file_id": params["file_id"], "file_unique_id": "u", "file_size": size, "file_path": path}

    def _reachable(self, params: dict[str, str]) -> Chat:
        chat = self.chats.get(int(params["chat_id"]))
        if chat is None:
            raise Refusal("chat not found")
        if chat.blocked:
            raise Refusal("bot was blocked by the user", 403)
        return chat

    def _editable(self, params: dict[str, str]) -> tuple[Chat, Message]:
        chat = self._reachable(params)
        message = chat.find(int(params["message_id"]))
        if message is None:
            raise Refusal("message to edit not found")
        if not message.from_bot or message.reply:
            raise Refusal("message can't be edited")
        return chat, message

    def _inline_rows(self, params: dict[str, str]) -> list[list[dict[str, Any]]]:
        keyboard = read_keyboard(params.get("reply_markup"))
        if keyboard is not None and "inline_keyboard" not in keyboard:
            raise Refusal("inline keyboard expected")
        return keyboard["inline_keyboard"] if keyboard else []

    def _post(self, chat: Chat, params: dict[str, str], text: Text, content: dict[str, Any]) -> object:
        keyboard = read_keyboard(params.get("reply_markup")) or {}
        if "keyboard" in keyboard:
            chat.reply_keyboard = keyboard["keyboard"]
        elif "remove_keyboard" in keyboard:
            chat.reply_keyboard = []
        message = Message(
            number=next(self._messages),
            from_bot=True,
            text=text.plain,
            bold=text.bold,
            keyboard=keyboard.get("inline_keyboard", []),
            reply="keyboard" in keyboard or "remove_keyboard" in keyboard,
            protected=params.get("protect_content") == "true",
            silent=params.get("disable_notification") == "true",
            previewed=not json.loads(params.get("link_preview_options", "{}")).get("is_disabled", False),
            content=content,
        )
        chat.messages.append(message)
        return chat.as_json(message, self.me)


def _caption(params: dict[str, str]) -> Text:
    if len(params.get("caption", "")) > 1024:
        raise Refusal("message caption is too long")
    return read_text(params["caption"], params.get("parse_mode")) if params.get("caption") else Text("")


_HANDLERS: dict[str, Callable[[Stand, dict[str, str]], object]] = {
    "getMe": Stand._get_me,
    "setWebhook": Stand._set_webhook,
    "deleteWebhook": Stand._delete_webhook,
    "getWebhookInfo": Stand._get_webhook_info,
    "setMyCommands": Stand._set_my_commands,
    "sendMessage": Stand._send_message,
    "sendDocument": Stand._send_document,
    "sendPhoto": Stand._send_photo,
    "editMessageText": Stand._edit_message_text,
    "editMessageReplyMarkup": Stand._edit_message_reply_markup,
    "deleteMessage": Stand._delete_message,
    "answerCallbackQuery": Stand._answer_callback_query,
    "getFile": Stand._get_file,
    "setPassportDataErrors": Stand._set_passport_data_errors,
}
