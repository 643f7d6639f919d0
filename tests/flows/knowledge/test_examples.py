"""The worked examples of the articles are recomputed: what an article says a loan costs is what our arithmetic says."""

import re
from decimal import Decimal

import pytest

from flows.application.repayment import BULLET, EQUAL, INTEREST_ONLY, payments
from flows.knowledge.answering import KnowledgeBase
from tests.flows.knowledge.kits import LANGUAGES

LENT, YEARLY = Decimal(120_000), Decimal("0.12")  # 1 % a month
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def figures(base: KnowledgeBase, lang: str, article_id: str) -> set[Decimal]:
    """The amounts an article names."""
    article = base.article(lang, article_id)
    assert article is not None
    return {Decimal(found.replace(",", "")) for found in _FIGURE.findall(article.body)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_equal_instalments(base: KnowledgeBase, lang: str) -> None:
    paid = list(payments(EQUAL, LENT, YEARLY, 12))
    instalment = paid[0].amount
    total = sum((each.amount for each in paid), Decimal(0))
    named = figures(base, lang, "equal-instalments-example")
    assert {LENT, instalment, paid[0].interest, paid[0].principal} <= named
    # Twelve equal instalments; the last one takes up the cents that rounding left.
    assert named - {LENT, instalment, paid[0].interest, paid[0].principal} == {12 * instalment, 12 * instalment - LENT}
    assert abs(12 * instalment - total) < Decimal("0.12")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_repaying_early(base: KnowledgeBase, lang: str) -> None:
    paid = list(payments(EQUAL, LENT, YEARLY, 12))
    owed = paid[5].balance
    saved = 6 * paid[0].amount - owed
    assert figures(base, lang, "early-repayment") == {LENT, owed, saved}
    assert abs(saved - sum((each.interest for each in paid[6:]), Decimal(0))) < Decimal("0.12")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_interest_only(base: KnowledgeBase, lang: str) -> None:
    paid = list(payments(INTEREST_ONLY, LENT, YEARLY, 12))
    whole = sum((each.interest for each in paid), Decimal(0))
    assert figures(base, lang, "interest-only") == {LENT, paid[0].amount, whole}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_at_the_end(base: KnowledgeBase, lang: str) -> None:
    (*_, last) = payments(BULLET, LENT, YEARLY, 6)
    assert figures(base, lang, "bullet-repayment") == {LENT, last.interest / 6, last.interest, last.amount}
