"""A person with a phone in front of the bot: types, taps, shares, edits, reads."""

from typing import TYPE_CHECKING, Any

from tests.stand.chat import Chat, Message
from tests.stand.passport import Passport, seal

if TYPE_CHECKING:
    from tests.stand.stand import Stand


class Person:
    """Somebody in a private chat with the bot. Acts at once; `sees` waits for what the bot does."""

    def __init__(self, stand: "Stand", chat: Chat) -> None:
        self._stand = stand
        self._chat = chat
        self.phone = f"+4477009{chat.number % 100_000:05d}"

    @property
    def id(self) -> int:
        """The person's id, which is also that of the chat."""
        return self._chat.number

    # What the person does

    def start(self, payload: str = "") -> int:
        """Open the bot, perhaps by a link."""
        return self.say(f"/start {payload}".strip())

    def say(self, text: str) -> int:
        """Type a message; its id."""
        return self._send(text, {"text": text})

    def edit(self, message_id: int, text: str) -> None:
        """Change a message sent before."""
        with self._stand.changed:
            message = self._chat.find(message_id)
            assert message is not None, "there is no such message"
            message.text, message.content = text, {"text": text}
            message.edits += 1
        self._stand.push(edited_message=self._chat.as_json(message, self._stand.me))

    def tap(self, label: str, message_id: int | None = None) -> str:
        """Press a button, the newest with this label; the id of the press, or the address it opened."""
        with self._stand.changed:
            for row in self._chat.reply_keyboard:
                for button in row:
                    if button["text"] == label and message_id is None:
                        return str(self.share_contact() if button.get("request_contact") else self.say(label))
            for message in reversed(self._chat.messages):
                if message.deleted or message_id not in {None, message.number}:
                    continue
                for button in (each for row in message.keyboard for each in row if each["text"] == label):
                    return str(button.get("url") or self.press(button["callback_data"], message))
        raise AssertionError(f"there is no button {label!r}; the chat: {self.transcript()}")

    def press(self, data: str, message: Message) -> str:
        """Press a button by its data, which need no longer be there."""
        with self._stand.changed:
            query = f"q{len(self._stand.queries) + 1}"
            self._stand.queries[query] = False
        pressed = {
            "id": query,
            "from": self._chat.user(),
            "chat_instance": str(self.id),
            "message": self._chat.as_json(message, self._stand.me),
            "data": data,
        }
        self._stand.push(callback_query=pressed)
        return query

    def share_contact(self) -> int:
        """Share the own phone number; the keyboard for it folds away."""
        return self.send_card(self.phone.removeprefix("+"), self.id)

    def send_card(self, phone: str, user_id: int | None) -> int:
        """Send a contact card, perhaps of somebody else."""
        card: dict[str, Any] = {"phone_number": phone, "first_name": self._chat.first_name}
        return self._send("(contact)", {"contact": card | ({"user_id": user_id} if user_id else {})})

    def send_photo(self, content: bytes = b"\xff\xd8\xff", caption: str = "", album: str = "") -> int:
        """Send a photo, perhaps as a part of an album."""
        number = self._keep(content)
        sizes = [
            {"file_id": f"small-{number}", "file_unique_id": "s", "width": 90, "height": 60, "file_size": 900},
            {"file_id": number, "file_unique_id": "l", "width": 900, "height": 600, "file_size": len(content)},
        ]
        more = ({"caption": caption} if caption else {}) | ({"media_group_id": album} if album else {})
        return self._send("(photo)", {"photo": sizes} | more)

    def send_document(
        self, name: str, content: bytes, media_type: str = "application/pdf", *, caption: str = "", album: str = ""
    ) -> int:
        """Send a file, perhaps as a part of an album."""
        file = {
            "file_id": self._keep(content),
            "file_unique_id": "d",
            "file_name": name,
            "mime_type": media_type,
            "file_size": len(content),
        }
        more = ({"caption": caption} if caption else {}) | ({"media_group_id": album} if album else {})
        return self._send(f"({name})", {"document": file} | more)

    def share_passport(self, link: str, passport: Passport) -> int:
        """Follow a link to Telegram Passport and share what it asks for, encrypted for the key in the link."""
        sealed = seal(link, passport, self._keep)
        return self._send("(passport)", {"passport_data": sealed})

    def send(self, **content: Any) -> int:
        """Send anything else: a sticker, a poll, a voice note, a location, as its Bot API fields."""
        return self._send(f"({', '.join(content)})", content)

    def block(self, *, blocked: bool = True) -> None:
        """Block the bot."""
        with self._stand.changed:
            self._chat.blocked = blocked

    # What the person sees

    @property
    def messages(self) -> list[Message]:
        """The bot's messages that are there."""
        with self._stand.changed:
            return [each for each in self._chat.messages if each.from_bot and not each.deleted]

    @property
    def last(self) -> Message:
        """The bot's newest message."""
        return self.messages[-1]

    @property
    def keyboard(self) -> list[str]:
        """Labels of the reply keyboard."""
        with self._stand.changed:
            return [button["text"] for row in self._chat.reply_keyboard for button in row]

    async def sees(self, text: str, seconds: float = 5.0) -> Message:
        """Wait for a message that contains `text`."""

        def shown() -> list[Message]:
            return [message for message in self.messages if text in message.text]

        await self._stand.until(lambda: bool(shown()), seconds)
        return shown()[-1]

    def transcript(self) -> list[str]:
        """The chat as it looks now, one entry for each message."""
        with self._stand.changed:
            return [
                f"{'bot' if each.from_bot else 'me'}: {each.text}"
                + (f" [{' | '.join(each.labels)}]" if each.labels else "")
                for each in self._chat.messages
                if not each.deleted
            ]

    def _keep(self, content: bytes) -> str:
        with self._stand.changed:
            number = f"file-{len(self._stand.files) + 1}"
            self._stand.files[f"files/{number}"] = content
        return number

    def _send(self, text: str, content: dict[str, Any]) -> int:
        with self._stand.changed:
            message = Message(self._stand.next_message_number(), from_bot=False, text=text, content=content)
            self._chat.messages.append(message)
        self._stand.push(message=self._chat.as_json(message, self._stand.me))
        return message.number
