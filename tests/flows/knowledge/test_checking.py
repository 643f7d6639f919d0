"""The check finds each kind of fault, and none in what is shipped."""

from datetime import date

import pytest

from flows.knowledge.answering import KnowledgeBase
from flows.knowledge.articles import Article
from flows.knowledge.checking import Kind, Problem, check

TODAY = date(2026, 11, 24)
WAYS = ("how is it", "is it so", "why is it", "what is it", "tell me of it")
FRESH = Article(id="a", lang="en", title="A", questions=WAYS, body="It is so.", reviewed=TODAY)


def faults(*articles: Article) -> set[tuple[Kind, str, str]]:
    return {
        (each.kind, each.lang, each.article) for each in check(articles, TODAY) if each.kind is not Kind.NOT_EXPLAINED
    }


def test_what_is_shipped_is_clean(base: KnowledgeBase) -> None:
    assert check(base.articles.values(), date(2026, 12, 1)) == ()


def test_there_are_enough_articles(base: KnowledgeBase) -> None:
    for lang in ("en", "zh"):
        own = [article for (of, _), article in base.articles.items() if of == lang]
        assert len(own) >= 120
        assert all(len(article.questions) >= 8 for article in own)


def test_a_good_article_has_no_fault() -> None:
    assert faults(FRESH) == set()


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"body": "word " * 121}, Kind.TOO_LONG),
        ({"lang": "zh", "body": "字" * 241}, Kind.TOO_LONG),
        ({"body": "With this you will be approved."}, Kind.PROMISE),
        ({"lang": "zh", "body": "材料齐全保证通过。"}, Kind.PROMISE),
        ({"body": "The rate is 8.5 %."}, Kind.RATE),
        ({"reviewed": date(2025, 11, 23)}, Kind.STALE),
        ({"reviewed": None}, Kind.STALE),
        ({"questions": ("how is it",)}, Kind.FEW_QUESTIONS),
        ({"field": "shoe_size"}, Kind.UNKNOWN_SUBJECT),
        ({"status": "forgotten"}, Kind.UNKNOWN_SUBJECT),
        ({"reason": "12"}, Kind.UNKNOWN_SUBJECT),
    ],
)
def test_a_fault_of_one_article_is_found(changes: dict[str, object], kind: Kind) -> None:
    bad = FRESH.model_copy(update=changes)
    assert faults(bad) == {(kind, bad.lang, "a")}


def test_faults_between_articles_are_found() -> None:
    other = FRESH.model_copy(update={"id": "b", "questions": ("How is it?", *(f"{way} then" for way in WAYS))})
    assert faults(FRESH, other) == {(Kind.DOUBLE_QUESTION, "en", "b")}
    assert faults(FRESH, FRESH) == {(Kind.DOUBLE_ID, "en", "a")}
    chinese = FRESH.model_copy(update={"id": "c", "lang": "zh"})
    assert faults(FRESH, chinese) == {(Kind.MISSING_LANGUAGE, "zh", "a"), (Kind.MISSING_LANGUAGE, "en", "c")}


def test_a_figure_that_the_product_sheet_does_not_have_is_found() -> None:
    sheet = FRESH.model_copy(update={"id": "product-x", "product": "x", "body": "From 2,000 to 60,000 at 8.90 %."})
    right = FRESH.model_copy(update={"product": "x", "body": "At most 60,000."})
    wrong = FRESH.model_copy(update={"product": "x", "body": "At most 80,000."})
    gone = FRESH.model_copy(update={"product": "y"})
    found = [
        [each.kind for each in check([article], TODAY, sheets=[sheet]) if each.kind is not Kind.NOT_EXPLAINED]
        for article in (right, wrong, gone)
    ]
    assert found == [[], [Kind.CONTRADICTION], [Kind.UNKNOWN_SUBJECT]]


def test_a_question_both_answered_and_not_is_found() -> None:
    found = check([FRESH], TODAY, {"en": [["How is it?"]]})
    assert [each.kind for each in found if each.kind is not Kind.NOT_EXPLAINED] == [Kind.OUTSIDE]


def test_what_nobody_explains_is_found(base: KnowledgeBase) -> None:
    less = [each for each in base.articles.values() if each.status != "rejected"]
    assert check(less, TODAY) == (
        Problem(Kind.NOT_EXPLAINED, "en", "", "status rejected"),
        Problem(Kind.NOT_EXPLAINED, "zh", "", "status rejected"),
    )


def test_a_denied_promise_is_no_promise() -> None:
    assert faults(FRESH.model_copy(update={"body": "It does not promise a higher amount."})) == set()
    assert faults(FRESH.model_copy(update={"lang": "zh", "body": "这并不代表一定会批。"})) == set()
