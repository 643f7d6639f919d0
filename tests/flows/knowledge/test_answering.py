"""Three zones, one language, a named source, and no text that can upset it."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.application.codes import CFPB_DENIAL_REASONS
from flows.application.fields import APPLICANT_FACING
from flows.application.lifecycle import Status
from flows.knowledge.answering import KnowledgeBase, Zone
from flows.knowledge.articles import Article, outside
from flows.knowledge.index import Index


def article(name: str, *questions: str, lang: str = "en") -> Article:
    return Article(id=name, lang=lang, title=name, questions=questions, body=f"About {name}.")


@pytest.mark.parametrize(
    ("question", "lang", "wanted"),
    [
        ("why was i turned down", "en", "why-rejected"),
        ("can i repay erly", "en", "early-repayment"),
        ("how do i reovke my consent", "en", "revoke-consent"),
        ("what does APR mean??", "en", "what-is-apr"),
        ("可以提前还款吗", "zh", "early-repayment"),
        ("轉人工客服", "zh", "talk-to-a-person"),
        ("年化利率是啥意思", "zh", "what-is-apr"),
    ],
)
def test_a_known_question_gets_the_passage_and_its_source(
    base: KnowledgeBase, question: str, lang: str, wanted: str
) -> None:
    answer = base.answer(question, lang)
    assert answer.zone is Zone.SURE
    assert answer.article is not None
    assert answer.article.id == wanted == answer.candidates[0]
    assert answer.text.endswith(f"— {answer.article.title}")
    assert answer.matched in (*answer.article.questions, answer.article.title)


def test_between_two_articles_it_asks_back(base: KnowledgeBase) -> None:
    answer = base.answer("the offer and the fees", "en")
    assert answer.zone is Zone.UNSURE
    assert answer.article is None
    assert len(answer.candidates) == 3
    titles = [found.title for each in answer.candidates if (found := base.article("en", each)) is not None]
    assert answer.text.split("\n") == titles


@pytest.mark.parametrize("question", ["how do i bake bread", "", "???", "🙂🙂", "面包怎么烤才松软", "\x00\u202e"])
def test_what_it_does_not_know_it_does_not_answer(base: KnowledgeBase, question: str) -> None:
    answer = base.answer(question, "en")
    assert answer.zone is Zone.UNKNOWN
    assert (answer.article, answer.text) == (None, "")


def test_it_answers_in_the_language_of_the_question(base: KnowledgeBase) -> None:
    assert base.answer("怎么撤销授权", "en").lang == "zh"
    assert base.answer("how do i revoke my consent", "zh").lang == "en"
    assert base.answer("APR", "zh").lang == "zh"
    assert base.answer("how do i revoke my consent", "fr").zone is Zone.UNKNOWN


def test_articles_are_found_by_what_they_explain(base: KnowledgeBase) -> None:
    for lang in ("en", "zh"):
        for field in APPLICANT_FACING:
            assert base.about(lang, field=field) is not None, field
        for status in Status:
            assert base.about(lang, status=status) is not None, status
        for reason in CFPB_DENIAL_REASONS[:-1]:
            assert base.about(lang, reason=reason) is not None, reason
    assert base.about("en") is None
    assert base.about("en", field="no_such_field") is None


def test_the_same_articles_give_the_same_limits(base: KnowledgeBase) -> None:
    again = KnowledgeBase(base.articles.values(), outside())
    assert [again.known(lang).limits for lang in ("en", "zh")] == [base.known(lang).limits for lang in ("en", "zh")]


@pytest.mark.parametrize(
    "articles",
    [
        [],
        [article("a", "where is the key")],
        [article("a", "where is the key"), article("b", "where is the key")],
        [article("a", "?!"), article("b", "the")],
    ],
    ids=["none", "one", "twins", "wordless"],
)
def test_a_tiny_base_works(articles: list[Article]) -> None:
    answer = KnowledgeBase(articles).answer("how far is the moon", "en")
    assert answer.zone is not Zone.SURE


def test_twins_are_never_sure() -> None:
    base = KnowledgeBase([article("a", "where is the key"), article("b", "where is the key")])
    assert base.answer("where is the key", "en").zone is not Zone.SURE


@settings(deadline=None, max_examples=100)
@given(text=st.text(max_size=500), lang=st.sampled_from(["en", "zh", "xx"]))
def test_any_text_is_answered(base: KnowledgeBase, text: str, lang: str) -> None:
    answer = base.answer(text, lang)
    assert (answer.article is not None) == (answer.zone is Zone.SURE)
    assert len(set(answer.candidates)) == len(answer.candidates) <= 3


def test_a_million_characters_are_no_trouble(base: KnowledgeBase) -> None:
    assert base.answer("why was i rejected " * 100_000, "en").candidates[0] == "why-rejected"


def test_five_hundred_articles_fit_into_forty_megabytes(base: KnowledgeBase) -> None:
    own = [each for (lang, _), each in base.articles.items() if lang == "zh"]
    many = [
        each.model_copy(update={"id": f"{each.id}-{copy}", "questions": each.questions[copy * 2 : copy * 2 + 8]})
        for copy in range(5)
        for each in own
    ][:500]
    assert len(many) == 500
    tracemalloc.start()
    index = Index.build(many)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert index.search("怎么撤销授权", "zh")
    assert peak < 40_000_000
