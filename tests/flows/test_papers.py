"""Papers as conversations: any order, unasked, several at once; shown for what they are, used only on a tap."""

from datetime import timedelta

import pytest

from flows.application.papers import table
from flows.application.papers.values import Confidence, PaperValue
from flows.consent import ConsentState
from flows.effects import CallPerson, DropFile, Erase, KeepFiles, ReadFile
from flows.events import OwnerSaid, PaperRead, TimerFired
from flows.messages import Attachment, Heard
from tests.flows.stories import NUMBERS, Story, buttons
from tests.flows.talk import text_of

CARD, ASK = "papers.card", "rereading.ask"
PROVED, CLEAR, UNSURE = Confidence.PROVED, Confidence.CLEAR, Confidence.UNSURE
NAMES = {"en": "Maple Lane Bakery Ltd", "zh": "深圳市青禾茶饮有限公司"}
PEOPLE = {"en": "Alice Carter", "zh": "李青禾"}


def value(name: str, text: str, confidence: Confidence = CLEAR, *, repaired: bool = False) -> PaperValue:
    return PaperValue(name=name, value=text, how="ocr", confidence=confidence, repaired=repaired)


def licence(story: Story, **more: PaperValue) -> tuple[PaperValue, ...]:
    found = {
        "registration_number": value("registration_number", NUMBERS[story.lang], PROVED),
        "name": value("name", NAMES[story.lang]),
        "established": value("established", "2019-03-12"),
        **more,
    }
    return tuple(found.values())


def sends(story: Story) -> str:
    photo = Attachment(file_id="f1", media_type="image/jpeg", size=9)
    story.happens(OwnerSaid(heard=Heard(kind="file", files=(photo,), message_id="9")))
    return next((each.document_id for each in story.effects if isinstance(each, ReadFile)), "")


def is_read(story: Story, document: str, kind: str, values: tuple[PaperValue, ...] = (), **more: object) -> None:
    found = {"document_id": document, "paper": kind, "values": values, "read_by": "ocr", "sha256": document, **more}
    story.happens(PaperRead.model_validate(found))


def shows(story: Story, kind: str, values: tuple[PaperValue, ...] = (), **more: object) -> str:
    document = sends(story)
    is_read(story, document, kind, values, **more)
    return document


def source_of(story: Story, field: str) -> str:
    candidate = story.state.application.chosen(field)
    return "" if candidate is None else candidate.source


def test_a_licence_photo_says_which_business_it_is_so_that_nothing_is_typed(story: Story) -> None:
    story.welcomed()
    story.shares("+447700900123" if story.lang == "en" else "+8613800138000")
    assert story.step == "identify.number"
    document = shows(story, "business_licence", licence(story))
    assert story.step == CARD
    for said in (NUMBERS[story.lang], NAMES[story.lang], "2019-03-12", story.text("paper.mark.proved")):
        assert said in story.heard
    assert story.value("registration_number") is None  # shown is not used
    story.taps_on("paper.use")
    chosen = story.state.application.chosen("registration_number")
    assert chosen is not None
    assert (chosen.value, chosen.source, chosen.record) == (NUMBERS[story.lang], "document:business_licence", document)
    consent = story.state.consents[chosen.consent_id or ""]
    assert (consent.state, consent.documents, consent.source) == (ConsentState.ACTIVE, (document,), "document")
    assert consent.recipients
    assert KeepFiles(consent=consent) in story.effects
    assert source_of(story, "business_legal_name") == "document:business_licence"
    assert story.step == "identify.lookup"


def test_an_album_is_one_message_and_one_card(story: Story) -> None:
    story.identified()
    first, second = sends(story), ""
    said = [text_of(each) for each in story.said]
    second = sends(story)
    assert said == [story.text("paper.reading")]
    assert [text_of(each) for each in story.said] == [story.text("paper.reading_more", count=2)]
    assert story.said[0].replace
    story.now -= timedelta(seconds=4.5)  # the parts of an album come at once
    is_read(story, first, "lease", (value("tenant", NAMES[story.lang]),))
    assert story.step != CARD
    story.now -= timedelta(seconds=5)
    is_read(story, second, "storefront_photo")
    assert story.step != CARD  # nothing more is being read, and yet another part may come
    story.happens(TimerFired(name="files"))
    assert story.step == CARD
    assert story.text("paper.card.title", count=2) in story.heard
    assert story.text("paper.kind.lease") in story.heard
    assert story.text("paper.kind.storefront_photo") in story.heard


def test_what_is_not_sure_is_asked_about_one_by_one(story: Story) -> None:
    story.welcomed()
    values = licence(story, representative=value("representative", PEOPLE[story.lang], UNSURE))
    values += (value("address", "14 Maple Lane, Leeds", CLEAR, repaired=True),)
    shows(story, "business_licence", values)
    assert story.text("paper.card.doubt") in story.heard
    assert story.heard.count(story.text("paper.mark.check")) == 2
    story.taps_on("paper.use")
    assert source_of(story, "representative_name") == ""
    assert story.step == ASK
    assert PEOPLE[story.lang] in story.heard
    story.taps_on("paper.ask.yes")
    assert source_of(story, "representative_name") == "document:business_licence"
    assert story.text("paper.ask.repaired") in story.heard
    story.taps_on("paper.ask.leave_out")
    assert story.value("registered_address") is None
    assert story.step == "identify.phone"


def test_an_unsure_value_is_put_right_in_words(story: Story) -> None:
    story.welcomed()
    shows(story, "business_licence", licence(story, representative=value("representative", "Alicc Cartcr", UNSURE)))
    story.taps_on("paper.use")
    assert story.step == ASK
    story.types(PEOPLE[story.lang])
    assert (story.value("representative_name"), source_of(story, "representative_name")) == (
        PEOPLE[story.lang],
        "owner",
    )
    assert story.step == "identify.phone"


@pytest.mark.parametrize("by_button", [False, True])
def test_a_wrong_reading_is_put_right_before_it_is_used(story: Story, by_button: bool) -> None:
    story.identified()
    story.state.application.values.pop("business_legal_name")
    misread = {"en": "Maple Lune Bnkcry Ltd", "zh": "深圳市青木茶铁有限公司"}[story.lang]
    shows(story, "business_licence", licence(story, name=value("name", misread)))
    if by_button:
        story.taps_on("paper.wrong")
        story.taps(story.text("field.business_legal_name.label"))
        assert misread in story.heard
        story.types(NAMES[story.lang])
    else:
        said = {"en": f"no, the name is {NAMES['en']}", "zh": f"不对，名称是{NAMES['zh']}"}
        story.types(said[story.lang])
    assert story.step == CARD
    assert story.text("paper.mark.settled", read=misread) in story.heard
    story.taps_on("paper.use")
    assert story.value("business_legal_name") == NAMES[story.lang]
    assert source_of(story, "business_legal_name") == "owner"


def test_a_bare_yes_uses_nothing(story: Story) -> None:
    story.welcomed()
    shows(story, "business_licence", licence(story))
    story.types({"en": "yes", "zh": "对"}[story.lang])
    assert story.text("paper.only_button") in story.heard
    assert story.state.subject is None
    assert story.step == CARD


@pytest.mark.parametrize("problem", table.READING_PROBLEMS)
def test_what_cannot_be_read_is_said_in_one_sentence_that_helps(story: Story, problem: str) -> None:
    story.identified()
    document = shows(story, "unknown", problem=problem)
    assert story.text(f"paper.problem.{problem}") in story.heard
    assert story.step == "need.loan"
    called = any(isinstance(each, CallPerson) for each in story.effects)
    kept = document in story.state.documents
    assert called == kept == (problem in {"no_ocr", "unknown_kind"})
    assert (DropFile(document_id=document) in story.effects) is not kept


def test_somebody_elses_paper_fills_nothing(story: Story) -> None:
    story.identified()
    values = (value("id_number", "512345678", PROVED), value("name", {"en": "Bob Stone", "zh": "王大海"}[story.lang]))
    document = shows(story, "id_front", values)
    assert story.step == CARD
    assert PEOPLE[story.lang] in story.heard
    assert story.text("paper.use") not in buttons(story.said)
    story.taps_on("paper.drop")
    assert DropFile(document_id=document) in story.effects
    assert story.value("representative_id_number") is None


def test_a_name_that_is_quite_another_is_no_slip_of_the_reader(story: Story) -> None:
    story.identified()
    values = (value("id_number", "512345678", PROVED), value("name", {"en": "Bob Stone", "zh": "王大海"}[story.lang]))
    shows(story, "id_front", values)
    story.types({"en": f"no, the name is {PEOPLE['en']}", "zh": f"不对，名称是{PEOPLE['zh']}"}[story.lang])
    assert story.text("paper.use") not in buttons(story.said)


def test_a_licence_of_another_business_may_become_the_one_that_is_applied_for(story: Story) -> None:
    story.identified()
    other = {"en": "01234567", "zh": "91320594MA1MXHAH58"}[story.lang]
    name = value("name", NAMES[story.lang])
    shows(story, "business_licence", (value("registration_number", other, PROVED), name))
    assert other in story.heard
    story.taps_on("paper.switch")
    assert story.state.subject is not None
    assert story.state.subject.registration_number == other
    assert story.step == CARD
    story.taps_on("paper.use")
    assert story.step == "identify.lookup"


@pytest.mark.parametrize(
    ("kind", "name", "day", "problem"),
    [("utility_bill", "issued", "2026-01-03", "too_old"), ("lease", "end", "2026-01-03", "expired")],
)
def test_a_paper_too_old_says_so(story: Story, kind: str, name: str, day: str, problem: str) -> None:
    story.identified()
    whose = "name" if kind == "utility_bill" else "tenant"
    shows(story, kind, (value(whose, NAMES[story.lang]), value(name, day)))
    assert day in story.heard
    assert story.text(f"paper.problem.{problem}", day=day, months=3) in story.heard
    assert story.text("paper.use") not in buttons(story.said)


def test_the_same_paper_twice_is_said_and_a_better_photo_is_welcome(story: Story) -> None:
    story.welcomed()
    first = shows(story, "business_licence", licence(story), sha256="a")
    again = shows(story, "business_licence", licence(story), sha256="a")
    assert story.text("paper.problem.duplicate") in story.heard
    assert DropFile(document_id=again) in story.effects
    better = shows(story, "business_licence", licence(story, scope=value("scope", "cakes and tea")), sha256="b")
    assert {first, better} == set(story.state.documents)


def test_the_tolerance_with_which_names_are_one_is_shown(story: Story) -> None:
    story.identified()
    near = {"en": "Maple Lane Bakerv Ltd", "zh": "深圳市青禾茶饮有限责任公司"}[story.lang]
    shows(story, "business_licence", licence(story, name=value("name", near)))
    assert story.text("paper.use") in buttons(story.said)
    assert near in story.heard
    assert NAMES[story.lang] in story.heard
    assert "%" in story.heard


def test_a_paper_before_its_business_is_known_waits(story: Story) -> None:
    story.welcomed()
    shows(story, "id_front", (value("name", PEOPLE[story.lang]), value("birth_date", "1985-05-03", PROVED)))
    assert story.text("paper.early") in story.heard
    assert story.step == "identify.phone"
    story.shares("+447700900123" if story.lang == "en" else "+8613800138000")
    story.types(NUMBERS[story.lang])
    assert story.step == CARD
    story.taps_on("paper.use")
    assert story.value("representative_birth_date") == "1985-05-03"


def test_only_the_owner_knows_which_of_two_kinds_it_is(story: Story) -> None:
    story.identified()
    shows(story, "picture")
    assert story.step == "papers.kind"
    story.taps_on("paper.kind.shelf_photo")
    assert story.step == CARD
    assert story.text("paper.kind.shelf_photo") in story.heard


def test_taking_it_back_erases_the_papers_and_what_they_brought(story: Story) -> None:
    story.welcomed()
    document = shows(story, "business_licence", licence(story))
    story.taps_on("paper.use")
    consent = next(iter(story.state.consents))
    assert story.value("incorporation_date") == "2019-03-12"
    assert story.value("time_in_business_years") is not None
    story.happens(OwnerSaid(heard=Heard(kind="choice", choice=f"0:revoke:{consent}")))
    assert Erase(consent_id=consent) in story.effects
    assert story.value("incorporation_date") is None
    assert document not in story.state.documents


def test_a_signed_application_shows_the_paper_as_the_source(story: Story) -> None:
    story.connected()
    story.taps_on("field.legal_or_insolvency_declaration.no")
    assert story.step == "review.page"
    shows(
        story,
        "industry_licence",
        (value("licence_type", "tobacco"), value("number", "440301"), value("name", NAMES[story.lang])),
    )
    story.taps_on("paper.use")
    assert story.step == "review.page"
    assert story.text("paper.kind.industry_licence") in story.heard


def test_an_address_that_may_be_another_is_asked_about(story: Story) -> None:
    story.identified()
    shows(story, "lease", (value("tenant", NAMES[story.lang]), value("address", "9 Mill Lane, Leeds")))
    story.taps_on("paper.use")
    label = story.text("field.operating_address.label")
    assert story.text("paper.ask.fits", field=label) in story.heard
    story.taps_on("paper.ask.yes")
    assert source_of(story, "operating_address") == "document:lease"


def test_a_number_that_nothing_proves_names_the_market_and_is_asked_about(story: Story) -> None:
    story.welcomed()
    number = value("registration_number", NUMBERS[story.lang], CLEAR)
    document = shows(story, "business_licence", licence(story, registration_number=number))
    assert story.step == CARD
    story.taps_on("paper.use")
    assert story.step == ASK
    assert story.value("registration_number") is None
    story.taps_on("paper.ask.yes")
    chosen = story.state.application.chosen("registration_number")
    assert chosen is not None
    assert (chosen.source, chosen.record) == ("document:business_licence", document)


@pytest.mark.parametrize("first", ["start", "file"])
def test_a_licence_before_anything_else_begins_the_application(story: Story, first: str) -> None:
    if first == "start":
        story.happens(OwnerSaid(heard=Heard(kind="start")))
    document = sends(story)
    if first == "file":
        assert story.text("welcome.title") in story.heard
    is_read(story, document, "business_licence", licence(story))
    assert story.step == CARD
    assert NUMBERS[story.lang] in story.heard
    story.taps_on("paper.use")
    assert source_of(story, "registration_number") == "document:business_licence"


def test_later_is_no_value_of_what_is_asked_about(story: Story) -> None:
    story.welcomed()
    doubted = value("scope", {"en": "Bakery and cafe", "zh": "茶饮零售"}[story.lang], UNSURE)
    shows(story, "business_licence", licence(story, scope=doubted))
    story.taps_on("paper.use")
    assert story.step == ASK
    story.types({"en": "I don't know", "zh": "不知道"}[story.lang])
    assert story.step != ASK
    assert story.value("business_description") is None


def test_an_invoice_is_called_one_before_anybody_knows_who_issued_it(story: Story) -> None:
    story.welcomed()
    shows(story, "invoice", (value("number", "12345678"), value("seller", PEOPLE[story.lang])))
    assert story.text("paper.open.invoice") in story.heard
    assert story.text("paper.kind.invoice_issued") not in story.heard
