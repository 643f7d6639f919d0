"""A passage carries words, never markup or an address."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.knowledge.passages import MAX_PASSAGE, plain


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Plain words stay, 5 * 3 * 2 too.", "Plain words stay, 5 * 3 * 2 too."),
        ("## Fees\n\n**All** fees are *listed*.", "Fees\n\nAll fees are listed."),
        ("See [the list](https://evil.example/x?y=1) now", "See the list now"),
        ("See [the list][1] now\n\n[1]: https://evil.example", "See the list now"),
        ("![logo](http://x.example/l.png) Hello", "logo Hello"),
        ("Write to https://evil.example/abc, or call", "Write to  or call"),
        ("请看 https://evil.example/abc。谢谢", "请看 。谢谢"),
        ("* one\n* two", "- one\n- two"),
        ("> quoted\n\n---\n\n`code` <b>bold</b>", "quoted\n\ncode bold"),
        ("r is (1 + r)^-n and my_field_name", "r is (1 + r)^-n and my_field_name"),
    ],
)
def test_markup_and_addresses_go(markdown: str, text: str) -> None:
    assert plain(markdown) == text


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=400), st.sampled_from(["https://evil.example/a", "[a](https://evil.example)", "<script>"]))
def test_no_address_survives(before: str, bad: str) -> None:
    text = plain(f"{before}\n\n{bad} end")
    assert re.search(r"https?://\S", text) is None
    assert "<script>" not in text


def test_a_passage_has_an_end() -> None:
    text = plain("word " * 5_000 + "[a](" * 5_000)
    assert len(text) <= MAX_PASSAGE
    assert text.endswith("…")
