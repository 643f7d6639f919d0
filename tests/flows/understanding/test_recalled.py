"""Which questions ask back for the owner's own answers, and which only look like it."""

import pytest

from flows.understanding.recalled import asks_own


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("Sorry, which mobile number did I leave with you?", "contact_phone"),
        ("what email have I given?", "contact_email"),
        ("how many months did we pick", "loan_term_months"),
        ("remind me how much I requested", "amount_requested"),
        ("what was the amount I entered?", "amount_requested"),
        ("how much did I say our turnover was", "gross_annual_revenue"),
        ("what's my tax number again?", "tax_identification_number"),
        ("我上次填的邮箱是什么", "contact_email"),
        ("我选的期限是几个月来着", "loan_term_months"),
        ("我報的年營業額是多少", "gross_annual_revenue"),
        ("我的信用代码是多少", "registration_number"),
    ],
)
def test_own_answers_are_asked_back(asked: str, field: str) -> None:
    assert asks_own(asked) == field


@pytest.mark.parametrize(
    "asked",
    [
        "Why did I have to give my phone number?",
        "How much can I ask for?",
        "what amount should I put",
        "Do you have a phone number?",
        "where did I see the registration number?",
        "How long will it take you to decide?",
        "my phone number was 07700 900123",
        "我能申请多少钱",
        "你们的电话是多少",
        "我填的是15万",
        "为什么要我填手机号",
        "期限填多少合适",
    ],
)
def test_other_questions_are_not(asked: str) -> None:
    assert asks_own(asked) is None
