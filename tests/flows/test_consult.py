"""A model proposes: what it says is checked, put before the owner, and never waited for."""

import pytest

from flows.conversation import Consultation
from flows.effects import AskModel, CallPerson, Note
from flows.engine.library import Library
from flows.events import ModelAnswered, TimerFired
from flows.events.staff import StaffTook
from flows.knowledge.claims import Claim, Written
from flows.ports import AnswerRequest, Command, ReadRequest, Understood
from tests.flows.stories import Story

UNCLEAR = {"en": "hmm wibble 25000 wobble that", "zh": "嗯那啥二十五万唔哦那样子"}


@pytest.fixture
def told(with_model: Library, lang: str) -> Story:
    return Story(with_model, lang)


def asked(story: Story) -> AskModel:
    return next(effect for effect in story.effects if isinstance(effect, AskModel))


def says(story: Story, *commands: Command) -> Story:
    return story.happens(ModelAnswered(number=asked(story).number, found=Understood(commands=commands)))


def unclear(story: Story) -> Story:
    story.connected()
    story.types("blue elephants" if story.lang == "en" else "蓝色的大象")
    return story


def test_without_a_model_nothing_is_asked(story: Story) -> None:
    unclear(story)
    assert not any(isinstance(effect, AskModel) for effect in story.effects)
    assert story.text("engine.not_understood") in story.heard


def test_the_turn_does_not_wait(told: Story) -> None:
    unclear(told)
    request = asked(told).request
    assert isinstance(request, ReadRequest)
    assert request.asked == "legal_or_insolvency_declaration"
    assert told.heard == told.text("consult.one_moment")
    assert told.timers == ["model:1"]


def test_values_are_put_before_the_owner_and_only_those_our_reader_finds(told: Story) -> None:
    told.connected()
    text = (
        "my nan always tells us that 25k would be the thing for a place like ours"
        if told.lang == "en"
        else "我奶奶一直跟我们念叨说二十五万，她老人家见得多了去了，街坊邻居都晓得她说话算话，我们一家子都听她的"
    )
    number = "25k" if told.lang == "en" else "二十五万"
    told.types(text)
    says(
        told,
        Command(do="correct", field="amount_requested", value=number, quote=number),
        Command(do="set", field="loan_term_months", value="36", quote=number),
        Command(do="set", field="representative_name", value="nan", quote=text),
    )
    assert told.state.proposal is not None
    assert set(told.state.proposal.values) == {"amount_requested"}
    assert told.step == "confirm.values"
    told.taps_on("confirm.yes")
    assert told.value("amount_requested") == told.money("25000.00" if told.lang == "en" else "250000.00")


@pytest.mark.parametrize(
    "command",
    [
        Command(do="set", field="amount_requested", value="999999", quote="blue"),
        Command(do="set", field="credit_purpose", value="gambling", quote="blue elephants"),
        Command(do="set", field="credit_purpose", value="vehicles", quote="words never said"),
        Command(do="set", field="data_consents", value="all", quote="blue"),
        Command(do="nothing"),
    ],
)
def test_what_does_not_hold_is_not_understood(told: Story, command: Command) -> None:
    unclear(told)
    says(told, command)
    assert told.state.proposal is None
    assert told.text("engine.not_understood") in told.heard


def test_a_purpose_is_classified_and_confirmed(told: Story) -> None:
    unclear(told)
    quote = "blue elephants" if told.lang == "en" else "蓝色的大象"
    says(told, Command(do="correct", field="credit_purpose", value="equipment", quote=quote))
    assert told.state.proposal is not None
    assert told.state.proposal.values == {"credit_purpose": ["equipment"]}


def test_a_person_and_leaving_may_be_proposed(told: Story) -> None:
    unclear(told)
    says(told, Command(do="human"))
    assert [effect.reason for effect in told.effects if isinstance(effect, CallPerson)] == ["asked"]
    told.types("green elephants" if told.lang == "en" else "绿色的大象")
    says(told, Command(do="cancel"))
    assert told.step == "leaving.confirm"
    assert told.state.application.signed_at is None


def test_a_question_in_other_words_is_answered_by_our_own_passage(told: Story) -> None:
    unclear(told)
    says(told, Command(do="ask", value="what is apr" if told.lang == "en" else "年化利率是什么意思"))
    article = told.library.knowledge.article(told.lang, "what-is-apr")
    assert article is not None
    assert article.title in told.heard


def test_a_failure_takes_the_offline_way_and_is_counted(told: Story) -> None:
    unclear(told)
    told.happens(ModelAnswered(number=1, fact="TimeoutError"))
    assert told.text("engine.not_understood") in told.heard
    assert told.text("consult.one_moment") not in told.heard
    assert [effect.text for effect in told.effects if isinstance(effect, Note)] == ["failed: TimeoutError"]


def test_no_answer_at_all_takes_the_offline_way(told: Story) -> None:
    unclear(told)
    told.happens(TimerFired(name="model", arg="1"))
    assert told.text("engine.not_understood") in told.heard
    told.happens(ModelAnswered(number=1, found=Understood(commands=(Command(do="human"),))))
    assert told.effects == []


def test_an_answer_that_the_owner_has_overtaken_is_dropped(told: Story) -> None:
    unclear(told)
    told.taps_on("field.legal_or_insolvency_declaration.no")
    told.happens(ModelAnswered(number=1, found=Understood(commands=(Command(do="cancel"),))))
    assert told.effects == []


def test_nothing_is_said_while_a_person_speaks(told: Story) -> None:
    unclear(told)
    told.happens(StaffTook(staff="s", first_name="Mina"))
    told.happens(ModelAnswered(number=1, found=Understood(commands=(Command(do="cancel"),))))
    assert told.said == []


# Questions

ODD = {"en": "so what about reminders and pings then eh", "zh": "那个提醒呀消息呀到底咋个说法呢"}


def question(story: Story) -> AnswerRequest:
    story.identified()
    story.state.consulted = ()
    article = story.library.knowledge.article(story.lang, "change-language")
    other = story.library.knowledge.article(story.lang, "what-is-apr")
    assert article is not None
    assert other is not None
    story.state.consulted = (
        Consultation(number=7, text=ODD[story.lang], candidates=("change-language", "what-is-apr"), offer=True),
    )
    return AnswerRequest(text=ODD[story.lang], lang=story.lang, passages=())


def writes(story: Story, *claims: Claim, answerable: bool = True) -> Story:
    return story.happens(ModelAnswered(number=7, found=Written(answerable=answerable, claims=claims)))


def body(story: Story, article: str) -> str:
    found = story.library.knowledge.article(story.lang, article)
    assert found is not None
    return found.body


def test_an_unsure_question_is_asked_with_passages(told: Story) -> None:
    told.identified()
    told.types("how would the moon affect my reminders?" if told.lang == "en" else "为什么月亮圆的时候消息多？")
    request = asked(told).request
    assert isinstance(request, AnswerRequest)
    assert "reminders" in [passage.id for passage in request.passages]


def test_an_article_on_costs_is_shown_in_full(told: Story) -> None:
    question(told)
    passage = body(told, "what-is-apr")
    writes(told, Claim(text=passage[10:40], source="what-is-apr", quote=passage[:30]))
    assert body(told, "what-is-apr")[:60] in told.heard


@pytest.mark.parametrize(
    ("text", "source", "quote"),
    [
        ("You can.", "nowhere", None),
        ("You can.", "change-language", "words that are not there"),
        ("It takes 4711 days.", "change-language", None),
        ("You will be approved.", "change-language", None),
        ("See https://evil.example", "change-language", None),
        ("您一定能批下来。", "change-language", None),
    ],
)
def test_a_claim_that_does_not_hold_is_not_shown(told: Story, text: str, source: str, quote: str | None) -> None:
    question(told)
    writes(told, Claim(text=text, source=source, quote=quote or body(told, "change-language")[:24]))
    assert text not in told.heard
    assert told.text("questions.did_you_mean") in told.heard


def test_without_an_answer_the_nearest_questions_are_offered(told: Story) -> None:
    question(told)
    writes(told, answerable=False)
    assert told.text("questions.did_you_mean") in told.heard
