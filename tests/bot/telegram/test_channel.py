"""Delivery through real HTTP against the stand: escaping, rewriting, keyboards, and errors as facts."""

import asyncio

import pytest

from bot.channels import ChatBlocked, PerhapsDelivered, TooFast, Undeliverable
from bot.telegram.channel import TelegramChannel, TelegramUnreachable
from bot.telegram.requests import BoundedRequest, TelegramApi, TokenRefused, open_api
from flows.messages import Choice, Fact, Paper, Say, Tone
from tests.stand import Drop, Hang, Pass, Person, Server, Stand, Status, TooMany

YES_NO = (
    (
        Choice(label="Allow all", action="allow", tone=Tone.PRIMARY),
        Choice(label="Cancel", action="cancel", arg="x", tone=Tone.DANGER),
    ),
)
CONTACT = ((Choice(label="Share my number", kind="contact"),), (Choice(label="Later", action="later"),))


class Sleeps:
    """A sleep that only notes how long."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def sleeps() -> Sleeps:
    return Sleeps()


@pytest.fixture
def channel(api: TelegramApi, sleeps: Sleeps) -> TelegramChannel:
    return TelegramChannel(api, sleeps)


@pytest.fixture
def mei(stand: Stand) -> Person:
    return stand.person("Mei")


def card(text: str = "Is this right?", revision: int = 7, **more: object) -> Say:
    return Say.model_validate(
        {"title": "Review", "text": text, "rows": YES_NO, "slot": "card", "revision": revision, **more}
    )


async def test_a_card_is_escaped_bold_and_its_buttons_carry_the_revision(channel: TelegramChannel, mei: Person) -> None:
    facts = (Fact(label="Firm", value="<b>Lin & Söhne</b> </b>", note="from the register"),)
    await channel.deliver(str(mei.id), card("Dear <i>Mei</i> & co", facts=facts), None)
    assert mei.last.text == ("Review\n\nDear <i>Mei</i> & co\n\nFirm: <b>Lin & Söhne</b> </b> (from the register)")
    assert mei.last.bold == ("Review", "<b>Lin & Söhne</b> </b>")
    assert [button["callback_data"] for button in mei.last.keyboard[0]] == ["7:allow:", "7:cancel:x"]
    assert [button["style"] for button in mei.last.keyboard[0]] == ["primary", "danger"]
    assert not mei.last.previewed


async def test_plain_text_when_telegram_cannot_read_the_markup(
    channel: TelegramChannel, mei: Person, stand: Stand
) -> None:
    stand.fail("sendMessage", Status(400, "can't parse entities: Unsupported start tag"))
    await channel.deliver(str(mei.id), card("a < b"), None)
    assert mei.last.text == "Review\n\na < b"
    assert mei.last.bold == ()


async def test_a_card_is_rewritten_in_place(channel: TelegramChannel, mei: Person) -> None:
    first = await channel.deliver(str(mei.id), card("Tax: waiting"), None)
    second = await channel.deliver(str(mei.id), card("Tax: done", revision=8, replace=True), first)
    assert second == first
    assert mei.transcript() == ["bot: Review\n\nTax: done [Allow all | Cancel]"]


async def test_without_replace_a_card_is_sent_anew(channel: TelegramChannel, mei: Person) -> None:
    first = await channel.deliver(str(mei.id), card("one"), None)
    assert await channel.deliver(str(mei.id), card("two"), first) != first
    assert len(mei.messages) == 2


async def test_rewriting_with_the_same_content_is_fine(channel: TelegramChannel, mei: Person) -> None:
    first = await channel.deliver(str(mei.id), card(), None)
    assert await channel.deliver(str(mei.id), card(replace=True), first) == first
    assert len(mei.messages) == 1


async def test_a_rewritten_message_without_buttons_loses_the_old_ones(channel: TelegramChannel, mei: Person) -> None:
    first = await channel.deliver(str(mei.id), card(), None)
    await channel.deliver(str(mei.id), Say(text="Done.", slot="card", replace=True), first)
    assert mei.transcript() == ["bot: Done."]


@pytest.mark.parametrize("previous", ["99999", "nonsense", ""])
async def test_a_message_that_is_gone_is_sent_anew(channel: TelegramChannel, mei: Person, previous: str) -> None:
    await channel.deliver(str(mei.id), card(replace=True), previous)
    assert mei.last.labels == ["Allow all", "Cancel"]


async def test_a_private_card_is_protected_and_never_takes_the_place_of_an_open_one(
    channel: TelegramChannel, mei: Person
) -> None:
    opened = await channel.deliver(str(mei.id), card("Fetching"), None)
    private = await channel.deliver(str(mei.id), card("Your number", private=True, replace=True), opened)
    assert private != opened
    assert [message.protected for message in mei.messages] == [False, True]
    assert await channel.deliver(str(mei.id), card("Changed", private=True, replace=True), private) == private
    assert len(mei.messages) == 2


async def test_sharing_a_contact_and_the_keyboard_leaves_afterwards(channel: TelegramChannel, mei: Person) -> None:
    asked = await channel.deliver(str(mei.id), Say(text="Your number?", rows=CONTACT, slot="card", revision=1), None)
    assert mei.keyboard == ["Share my number", "Later"]
    shown = await channel.deliver(str(mei.id), card(replace=True), asked)
    assert shown != asked, "a message with a reply keyboard cannot be edited"
    await channel.retire(str(mei.id), asked)
    assert mei.keyboard == []
    assert len(mei.messages) == 2, "the passing message is gone"


async def test_retiring_an_old_contact_card_leaves_the_newer_keyboard(channel: TelegramChannel, mei: Person) -> None:
    asked = await channel.deliver(str(mei.id), Say(text="Your number?", rows=CONTACT, revision=1), None)
    again = await channel.deliver(str(mei.id), Say(text="That is no number.", rows=CONTACT, revision=2), asked)
    await channel.retire(str(mei.id), asked)
    assert mei.keyboard == ["Share my number", "Later"]
    await channel.retire(str(mei.id), again)
    assert mei.keyboard == []


async def test_a_restarted_channel_still_removes_the_keyboard(
    channel: TelegramChannel, api: TelegramApi, mei: Person
) -> None:
    asked = await channel.deliver(str(mei.id), Say(text="Your number?", rows=CONTACT), None)
    await TelegramChannel(api).retire(str(mei.id), asked)
    assert mei.keyboard == []


async def test_retiring_takes_the_buttons_off_and_forgives_what_is_gone(channel: TelegramChannel, mei: Person) -> None:
    shown = await channel.deliver(str(mei.id), card(), None)
    await channel.retire(str(mei.id), shown)
    assert mei.last.labels == []
    await channel.retire(str(mei.id), shown)
    await channel.retire(str(mei.id), "4711")
    await channel.retire(str(mei.id), "not an id")


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/consent/t", "http://localhost/consent/t", "http://10.0.0.9/t"])
async def test_a_page_no_phone_could_open_is_shown_as_its_address(
    channel: TelegramChannel, mei: Person, url: str
) -> None:
    page = Choice(label="Open the page", kind="url", url=url)
    await channel.deliver(str(mei.id), Say(text="Allow?", rows=((page,), *YES_NO)), None)
    assert mei.last.text == f"Allow?\n\nOpen the page: {url}"
    assert mei.last.labels == ["Allow all", "Cancel"]


async def test_a_page_opens_by_a_button_unless_telegram_refuses_it(
    channel: TelegramChannel, mei: Person, stand: Stand
) -> None:
    say = Say(text="Allow?", rows=((Choice(label="Open", kind="url", url="https://lendline.example/c/1"),),))
    await channel.deliver(str(mei.id), say, None)
    assert mei.tap("Open") == "https://lendline.example/c/1"
    stand.fail("sendMessage", Status(400, "inline keyboard button URL is invalid: Wrong HTTP URL"))
    await channel.deliver(str(mei.id), say, None)
    assert mei.last.text == "Allow?\n\nOpen: https://lendline.example/c/1"


async def test_a_long_text_is_several_messages_with_the_buttons_on_the_last(
    channel: TelegramChannel, mei: Person
) -> None:
    paragraphs = [f"{number} " + "字" * 900 for number in range(9)]
    number = await channel.deliver(str(mei.id), card("\n\n".join(paragraphs)), None)
    assert len(mei.messages) == 3
    assert [bool(message.labels) for message in mei.messages] == [False, False, True]
    assert number == str(mei.last.number)
    assert "\n\n".join(message.text for message in mei.messages) == "Review\n\n" + "\n\n".join(paragraphs)


async def test_a_long_text_once_begun_is_finished_and_nothing_repeats(
    channel: TelegramChannel, mei: Person, stand: Stand, sleeps: Sleeps
) -> None:
    stand.fail("sendMessage", Pass(), TooMany(4), Status(500))
    await channel.deliver(str(mei.id), card("word " * 1500), None)
    texts = [message.text for message in mei.messages]
    assert len(texts) == len(set(texts)) == 2
    assert sleeps.slept == [4, 1]


async def test_a_long_text_that_cannot_be_finished_is_not_repeated(
    channel: TelegramChannel, mei: Person, stand: Stand
) -> None:
    stand.fail("sendMessage", Pass(), *[Status(500)] * 3)
    with pytest.raises(PerhapsDelivered):
        await channel.deliver(str(mei.id), card("word " * 1500), None)
    assert len(mei.messages) == 1


@pytest.mark.parametrize(
    ("answer", "fact"),
    [
        (Status(403, "bot was blocked by the user"), ChatBlocked),
        (Status(400, "chat not found"), ChatBlocked),
        (Status(400, "message is too long"), Undeliverable),
        (Status(500), TelegramUnreachable),
        (Status(502, "Bad Gateway"), TelegramUnreachable),
        (Status(401, "Unauthorized"), TokenRefused),
    ],
)
async def test_errors_become_facts(
    channel: TelegramChannel, mei: Person, stand: Stand, answer: Status, fact: type[Exception]
) -> None:
    stand.fail("sendMessage", answer)
    with pytest.raises(fact):
        await channel.deliver(str(mei.id), card(), None)
    assert mei.messages == []


async def test_a_blocked_chat(channel: TelegramChannel, mei: Person) -> None:
    shown = await channel.deliver(str(mei.id), card(), None)
    mei.block()
    with pytest.raises(ChatBlocked):
        await channel.deliver(str(mei.id), card("two"), None)
    with pytest.raises(ChatBlocked):
        await channel.deliver(str(mei.id), card("two", replace=True), shown)
    with pytest.raises(ChatBlocked):
        await channel.retire(str(mei.id), shown)


async def test_too_fast_says_how_long_to_wait(channel: TelegramChannel, mei: Person, stand: Stand) -> None:
    stand.fail("sendMessage", TooMany(17))
    with pytest.raises(TooFast) as caught:
        await channel.deliver(str(mei.id), card(), None)
    assert caught.value.seconds == 17


async def test_no_answer_means_it_may_have_arrived(channel: TelegramChannel, mei: Person, stand: Stand) -> None:
    stand.fail("sendMessage", Drop(takes=True))
    with pytest.raises(PerhapsDelivered):
        await channel.deliver(str(mei.id), card(), None)
    assert len(mei.messages) == 1


async def test_a_slow_answer_is_not_waited_for_without_end(
    stand: Stand, api: TelegramApi, mei: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.requests.CALL_SECONDS", 0.1)
    stand.fail("sendMessage", Hang(takes=True))
    with pytest.raises(PerhapsDelivered):
        await TelegramChannel(api).deliver(str(mei.id), card(), None)


async def test_a_rewrite_without_an_answer_may_be_repeated(channel: TelegramChannel, mei: Person, stand: Stand) -> None:
    shown = await channel.deliver(str(mei.id), card("one"), None)
    stand.fail("editMessageText", Drop(takes=True))
    with pytest.raises(TelegramUnreachable):
        await channel.deliver(str(mei.id), card("two", replace=True), shown)
    assert await channel.deliver(str(mei.id), card("two", replace=True), shown) == shown
    assert mei.transcript() == ["bot: Review\n\ntwo [Allow all | Cancel]"]


async def test_a_server_that_is_not_there_is_worth_a_retry() -> None:
    api = open_api("1:unused", "http://127.0.0.1:9")
    with pytest.raises(TelegramUnreachable):
        await TelegramChannel(api).deliver("5", card(), None)
    await api.close()


async def test_an_unknown_token_is_said_to_be_wrong(server: Server) -> None:
    api = open_api("1:wrong", server.url)
    with pytest.raises(TokenRefused) as caught:
        await TelegramChannel(api).deliver("5", card(), None)
    assert "wrong" not in str(caught.value).split("TELEGRAM_BOT_TOKEN")[0]
    await api.close()


@pytest.mark.parametrize(
    ("address", "say"),
    [
        ("terminal", Say(text="hello")),
        ("5", Say()),
        ("5", Say(text="pick", rows=((Choice(label="one", action="pick", arg="字" * 30),),))),
    ],
)
async def test_our_own_mistakes_are_undeliverable(channel: TelegramChannel, address: str, say: Say) -> None:
    with pytest.raises(Undeliverable):
        await channel.deliver(address, say, None)


async def test_never_more_than_sixteen_calls_at_once(
    channel: TelegramChannel, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [stand.person() for _ in range(60)]
    running = most = 0
    exchange = BoundedRequest._exchange

    async def counted(self: BoundedRequest, *args: object) -> object:
        nonlocal running, most
        running += 1
        most = max(most, running)
        try:
            return await exchange(self, *args)  # type: ignore[arg-type]
        finally:
            running -= 1

    monkeypatch.setattr(BoundedRequest, "_exchange", counted)
    await asyncio.gather(*(channel.deliver(str(each.id), card(), None) for each in people))
    assert all(len(each.messages) == 1 for each in people)
    assert most == 16


async def test_the_menu_of_commands_in_every_language(channel: TelegramChannel, stand: Stand) -> None:
    await channel.set_commands({"en": {"start": "Begin", "help": "Help"}, "zh": {"start": "开始"}})
    assert stand.commands == {
        "en": [{"command": "start", "description": "Begin"}, {"command": "help", "description": "Help"}],
        "": [{"command": "start", "description": "Begin"}, {"command": "help", "description": "Help"}],
        "zh": [{"command": "start", "description": "开始"}],
    }


async def test_a_refused_menu_is_a_fact(channel: TelegramChannel, stand: Stand) -> None:
    stand.fail("setMyCommands", Status(400, "BOT_COMMAND_INVALID"))
    with pytest.raises(Undeliverable):
        await channel.set_commands({"en": {"start": "Begin"}})


PAPER = Paper(name="key-facts", lang="en", title="Key facts")


async def test_a_file_goes_with_its_words_as_caption(channel: TelegramChannel, mei: Person, stand: Stand) -> None:
    sent = await channel.deliver(str(mei.id), Say(text="To <keep>", enclosed=PAPER, private=True), None)
    assert sent == f"{mei.last.number}p"
    assert (mei.last.text, mei.last.protected, "document" in mei.last.content) == ("To <keep>", True, True)
    (call,) = stand.called("sendDocument")
    name, size = call.params["document"].removeprefix("file:").split(":")
    assert name == "key-facts.pdf"
    assert int(size) > 1000


async def test_words_too_long_for_a_caption_go_before_the_file(channel: TelegramChannel, mei: Person) -> None:
    await channel.deliver(str(mei.id), Say(text="word " * 300, enclosed=PAPER), None)
    assert [("document" in each.content, bool(each.text)) for each in mei.messages[-2:]] == [
        (False, True),
        (True, False),
    ]


async def test_a_file_that_cannot_be_drawn_leaves_the_words(channel: TelegramChannel, mei: Person) -> None:
    broken = PAPER.model_copy(update={"lang": "no language"})
    await channel.deliver(str(mei.id), Say(text="To keep", enclosed=broken), None)
    assert (mei.last.text, mei.last.content) == ("To keep", {})
