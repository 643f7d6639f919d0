"""Every form of an amount and of a term inside every frame it is said in: the frame must not change what is read."""

from datetime import date

import pytest

from flows.understanding import read

TODAY = date(2026, 11, 24)
AMOUNTS: dict[str, dict[str, tuple[str, str | None]]] = {
    "en": {
        "£15,000": ("15000", "GBP"), "15k": ("15000", None), "15 grand": ("15000", None), "15'000": ("15000", None),
        "fifteen thousand pounds": ("15000", "GBP"), "15,000.00": ("15000", None), "USD 100,000": ("100000", "USD"),
        "1.5 lakh": ("150000", "INR"), "Rs. 1,50,000": ("150000", "INR"), "half a million": ("500000", None),
        "two and a half thousand": ("2500", None), "2,500 quid": ("2500", "GBP"), "100 000": ("100000", None),
        "seventy-five thousand": ("75000", None), "one million two hundred thousand": ("1200000", None),
        "nineteen hundred pounds": ("1900", "GBP"), "12.500,50 EUR": ("12500.50", "EUR"), "15万": ("150000", "CNY"),
    },
    "zh": {
        "15万": ("150000", "CNY"), "15w": ("150000", "CNY"), "1万5": ("15000", "CNY"), "1w5": ("15000", "CNY"),
        "一万二": ("12000", "CNY"), "两仟元": ("2000", "CNY"), "三千五": ("3500", "CNY"), "6.8万": ("68000", "CNY"),
        "贰拾伍万叁仟元整": ("253000", "CNY"), "人民币15万": ("150000", "CNY"), "２０万": ("200000", "CNY"),
        "20萬元": ("200000", "CNY"), "10万港币": ("100000", "HKD"), "十万零五百": ("100500", "CNY"),
        "八十八万八": ("888000", "CNY"), "1,200,000元": ("1200000", "CNY"),
    },
}  # fmt: skip
AMOUNT_FRAMES = {
    "en": (
        "{}", "about {}", "around {} please", "we'd like to borrow {}", "looking for {} if possible", "ok {} then",
        "roughly {} I think", "{} would be great", "can you lend me {}?", "I want a loan of {}", "loan amount: {}",
        "need {} for "
        "the shop", "my boss said to ask for {}", "{} is what I need", "{}!!", "let's say {}", "{} in total",
    ),
    "zh": (
        "{}", "大概{}", "{}左右", "我想借{}", "要{}", "想贷{}", "借{}行不行", "能借我{}吗", "差不多{}", "{}就够了",
        "先来{}", "金额{}", "贷款金额是{}", "给我来{}", "最好能有{}", "你好，我想借{}", "{}，谢谢", "那就{}好了",
        "批我{}可以吗",
    ),
}  # fmt: skip
TERMS: dict[str, dict[str, int]] = {
    "en": {
        "12 months": 12, "a year": 12, "a year and a half": 18, "eighteen months": 18, "2 yrs": 24, "24mths": 24,
        "half a year": 6, "two and a half years": 30, "1 year and 6 months": 18, "36 monthly instalments": 36,
    },
    "zh": {
        "12个月": 12, "一年": 12, "12期": 12, "半年": 6, "六期": 6, "一年半": 18, "二十四个月": 24, "两年半": 30,
        "一年零三个月": 15, "1年6个月": 18,
    },
}  # fmt: skip
TERM_FRAMES = {
    "en": (
        "{}",
        "over {}",
        "for {}",
        "can I have {}?",
        "repay within {}",
        "pay it back in {}",
        "the term should be {}",
    ),
    "zh": ("{}", "分{}还", "{}还清", "大概{}", "期限{}", "{}可以吗", "打算{}还完", "{}左右", "还款期限{}", "那{}好了"),
}
TOGETHER = {
    "en": ("{a} over {t}", "need {a} for {t}", "{a}, {t}", "{t}, {a}", "borrow {a} and repay over {t}"),
    "zh": ("{a}，{t}", "借{a}，{t}还", "{a}分{t}", "要{a} {t}", "{t}，{a}", "想贷{a}，期限{t}"),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_amount_is_the_same_in_every_frame(lang: str) -> None:
    for frame in AMOUNT_FRAMES[lang]:
        for form, said in AMOUNTS[lang].items():
            value = read(frame.format(form), lang, "amount_requested", today=TODAY).value("amount_requested")
            assert value is not None, frame.format(form)
            assert (value.value, value.currency) == said, frame.format(form)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_term_is_the_same_in_every_frame(lang: str) -> None:
    for frame in TERM_FRAMES[lang]:
        for form, months in TERMS[lang].items():
            value = read(frame.format(form), lang, "loan_term_months", today=TODAY).value("loan_term_months")
            assert value is not None, frame.format(form)
            assert value.value == months, frame.format(form)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_amount_and_term_are_told_apart_side_by_side(lang: str) -> None:
    for frame in TOGETHER[lang]:
        for form, (amount, _) in AMOUNTS[lang].items():
            for term, months in TERMS[lang].items():
                text = frame.format(a=form, t=term)
                reading = read(text, lang, today=TODAY)
                got = {each.field: each.value for each in reading.values}
                assert got == {"amount_requested": amount, "loan_term_months": months}, text


def test_an_amount_and_a_count_that_run_together_are_not_guessed() -> None:
    assert read("贷六万八十八期", "zh", today=TODAY).values == ()
    kept = {each.field: each.value for each in read("贷一万五六期", "zh", today=TODAY).values}
    assert kept == {"amount_requested": "15000", "loan_term_months": 6}
