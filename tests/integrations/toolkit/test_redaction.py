from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.toolkit.redaction import MASK, mask, redact

NUMBERS = st.one_of(
    st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True),
    st.from_regex(r"GB[0-9]{2}[A-Z]{4}[0-9]{14}", fullmatch=True),
    st.from_regex(r"\+861[0-9]{10}", fullmatch=True),
    st.from_regex(r"6222 [0-9]{4} [0-9]{4} [0-9]{4} [0-9]{3}", fullmatch=True),
    st.from_regex(r"0[0-9]{4} [0-9]{6}", fullmatch=True),
)
BEFORE = st.sampled_from(["", "客户 ", "卡号", "the number is ", "card: ", "（", "x\n"])
AFTER = st.sampled_from(["", " 元", "。", ", then more", " is mine", "）", "\n"])


@given(number=NUMBERS, before=BEFORE, after=AFTER)
@settings(deadline=None, max_examples=100)
def test_no_number_survives(number: str, before: str, after: str) -> None:
    written = redact(before + number + after)
    plain = number.replace(" ", "")
    assert number not in written
    assert plain not in written.replace(" ", "")
    assert MASK * 3 in written
    assert plain[-4:] in written.replace(" ", "")


@given(text=st.text(max_size=80))
@settings(deadline=None, max_examples=100)
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    assert redact(redact(text)) == redact(text)


def test_dates_and_words_stay_readable() -> None:
    for text in ("2026-11-23 09:00", "since 2026-11-23", "source bank refused: status 403", "要15万分12期"):
        assert redact(text) == text


def test_credentials_are_masked() -> None:
    assert "abcDEF" not in redact("Authorization: Bearer abcDEF.ghi-jkl")


def test_short_numbers_are_masked_whole() -> None:
    assert mask("1234") == MASK * 4
    assert mask("12 34-5678") == MASK * 4 + "5678"
