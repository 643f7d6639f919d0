"""The owner's credit report in the chat: at any time, also without a loan; shared by a link that the owner allows."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from flows.application.attributes.assessing import Question
from flows.application.attributes.results import Held
from flows.application.records import Invoice, Records
from flows.application.report.building import build
from flows.application.report.material import Material
from flows.application.report.model import Business, Report, SourceUsed
from flows.conversation import Share
from flows.effects import MakeReport
from flows.engine.library import Library
from flows.events import ReportMade, ReportOpened
from flows.messages import Chart, CreditReport
from tests.flows.stories import Story

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def made(sales: int = 100, sources: int = 1) -> Report:
    rows = [
        Invoice(str(month), date(2026, month, 5), True, "Ada Ltd", "1", Decimal(sales), Decimal(1), "GBP")
        for month in range(1, 11)
    ]
    material = Material(
        Business(name="Example Ltd"),
        [Held("einvoice", "c-1", Records(invoices=rows), date(2026, 1, 1))],
        Question(NOW.date(), "GBP"),
        sources=tuple(SourceUsed(source="einvoice", consent_id="c-1", records=10) for _ in range(sources)),
    )
    return build(material, NOW)


def asks(story: Story, words: str, report: Report) -> Story:
    """Ask for something of the report, and let the worker deliver it."""
    story.effects.clear()
    if words.startswith("="):
        story.types(story.text(words[1:]))
    else:
        story.types(words)
    (job,) = [each for each in story.effects if isinstance(each, MakeReport)]
    story.said.clear()
    story.happens(ReportMade(number=job.number, report=report, wants=job.wants))
    return story


def shares(story: Story) -> tuple[Share, ...]:
    return story.state.report.shares


def paged(library: Library) -> Library:
    return Library(
        texts=library.texts,
        knowledge=library.knowledge,
        products=library.products,
        sources=library.sources,
        consent_pages=True,
    )


@pytest.fixture(params=["en", "zh"])
def story(library: Library, request: pytest.FixtureRequest) -> Story:
    return Story(paged(library), request.param)


@pytest.mark.parametrize(
    "words", ["/report", "my report", "show me my credit report please", "我的报告", "看看我的信用报告"]
)
def test_my_report_at_any_moment(story: Story, words: str) -> None:
    story.needed()
    asks(story, words, made())
    card = story.said[-1]
    assert card.title == story.text("myreport.title")
    assert isinstance(card.enclosed, Chart)
    assert card.enclosed.rows[0].values[-1] == 100
    assert card.choices[0].url == "lendline:report/"
    assert story.state.report.latest is not None


def test_a_question_about_reports_is_still_a_question(story: Story) -> None:
    story.needed().types("what is in a credit report?" if story.lang == "en" else "报告里有什么内容？")
    assert not any(isinstance(each, MakeReport) for each in story.effects)


def test_only_the_report_asked_for_last_is_shown(story: Story) -> None:
    asks(story.needed(), "/report", made())
    story.said.clear()
    story.happens(ReportMade(number=story.state.report.asked - 1, report=made()))
    assert story.said == []


def test_on_paper_and_what_would_make_it_stronger(story: Story) -> None:
    asks(story.needed(), "/report", made())
    asks(story, "=myreport.pdf", made())
    assert isinstance(story.said[-1].enclosed, CreditReport)
    asks(story, "/report", made())
    asks(story, "=myreport.more", made())
    labels = {fact.label for fact in story.said[-1].facts}
    assert story.text("report.kind.bank") in labels


def test_without_a_loan(story: Story) -> None:
    story.welcomed()
    asks(story, "/report", made(sources=0))
    story.types(story.text("myreport.alone"))
    story.shares("+447700900123" if story.lang == "en" else "+8613800138000")
    story.types("09446231" if story.lang == "en" else "91440300MA5FKT8U3Q")
    story.taps_on("identify.lookup.allow")
    story.delivers("registry", story.registry())
    story.taps_on("identify.confirm.yes")
    assert story.state.live is not None
    assert story.state.live.step == "connect.offer"  # nobody asks how much
    story.taps_on("connect.allow_all")
    story.delivers("tax", story.tax())
    story.delivers("bank", story.bank())
    assert story.state.live.step == "report.rest"
    story.taps_on("myreport.apply")
    assert story.state.live.step == "need.loan"


def test_a_link_needs_the_owners_tap_and_ends_when_the_owner_says(story: Story) -> None:
    asks(story.needed(), "/report", made())
    story.types(story.text("myreport.share"))
    story.types("Harbour, Mr Bell")
    assert shares(story) == ()
    story.types("ok" if story.lang == "en" else "好")  # words are no consent
    assert shares(story) == ()
    story.taps_on("myreport.agree")
    (share,) = shares(story)
    assert (share.recipient, share.expires_at - share.made_at) == ("Harbour, Mr Bell", timedelta(days=7))
    assert any(choice.url == f"lendline:report/{share.id}" for say in story.said for choice in say.choices)

    story.said.clear()
    story.happens(ReportOpened(share_id=share.id, who="Ann Bell, Harbour"))
    assert "Ann Bell, Harbour" in story.said[0].text
    assert [each.who for each in shares(story)[0].opened] == ["Ann Bell, Harbour"]

    story.types(story.text("myreport.end", who="Harbour, Mr Bell"))
    assert not shares(story)[0].lasts(story.now)


def test_a_value_is_disputed_in_the_owners_words(story: Story) -> None:
    asks(story.needed(), "/report", made())
    story.types(story.text("myreport.wrong"))
    story.types(story.text("report.name.sales_m"))
    note = "12 invoices of ours are missing, no, 13" if story.lang == "en" else "少了 12 张发票"
    story.types(note)
    (disputed,) = story.state.report.disputed
    assert (disputed.name, disputed.note) == ("sales_m", note)
    assert not story.state.application.has("loan_term_months") or story.state.application.get("loan_term_months") == 12
    story.types("/report")
    story.happens(ReportMade(number=story.state.report.asked, report=made()))
    story.types(story.text("myreport.wrong"))
    story.types(story.text("myreport.withdraw", name=story.text("report.name.sales_m")))
    assert story.state.report.disputed == ()


def test_what_changed_is_told(story: Story) -> None:
    asks(story.needed(), "/report", made())
    first = story.state.report.latest
    asks(story, "/report", made(sales=200))
    assert story.state.report.earlier == first


def test_names_are_the_owners_to_show(story: Story) -> None:
    asks(story.needed(), "/report", made())
    story.types(story.text("myreport.report_show"))
    assert story.state.report.names
