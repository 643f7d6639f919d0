"""Rendering on every kind of channel: nothing is lost, no limit is broken."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import Can
from bot.rendering import Span, Undrawable, data_of, line, render, width
from bot.telegram.channel import TELEGRAM
from flows.messages import Choice, Fact, Say

TERMINAL = Can(
    text=100_000, button=64, buttons=0, per_row=1, data_bytes=200, edit=False, bold=True, contact=False, url=False
)
LIST_OF_TEN = Can(
    text=1024, button=20, buttons=3, per_row=3, data_bytes=256, edit=False, bold=True, contact=False, url=True
)
SHORT_TEXTS = Can(
    text=70, button=1, buttons=0, per_row=1, data_bytes=1, edit=False, bold=False, contact=False, url=False
)
ONE_BUTTON = Can(
    text=300, button=64, buttons=1, per_row=1, data_bytes=200, edit=True, bold=False, contact=True, url=False
)
CHANNELS = (TELEGRAM, TERMINAL, LIST_OF_TEN, SHORT_TEXTS, ONE_BUTTON)

words = st.text(st.sampled_from("ab <>&字店。！\n👩‍👧é\u0301\u202e\t'\"_*"), max_size=60)
labels = st.text(st.sampled_from("ab 字&<👍"), min_size=1, max_size=40).filter(lambda text: bool(line(text)))
choices = st.builds(
    Choice,
    label=labels,
    action=st.sampled_from(["pick", "allow.all", "back"]),
    arg=st.text(st.sampled_from("abc123"), max_size=20),
    kind=st.sampled_from(["pick", "pick", "pick", "url", "contact"]),
    url=st.sampled_from(["https://lendline.example/c/1", "https://lendline.example/c/2?a=b&c=d"]),
)
says = st.builds(
    Say,
    title=words,
    text=st.builds(lambda text, times: text * times, words, st.sampled_from([1, 3, 40, 200])),
    facts=st.lists(st.builds(Fact, label=words, value=words, note=words), max_size=4).map(tuple),
    note=words,
    toast=words,
    rows=st.lists(st.lists(choices, max_size=10).map(tuple), max_size=6).map(tuple),
    revision=st.integers(0, 9999),
)


def squeezed(text: str) -> str:
    """What a person reads, without where lines break."""
    return re.sub(r"\s+", "", "".join(map(line, text.split("\n"))))


@settings(deadline=None, max_examples=100)
@given(says, st.sampled_from(CHANNELS))
def test_nothing_is_lost_and_no_limit_is_broken(say: Say, can: Can) -> None:
    parts = render(say, can)
    for part in parts:
        assert 0 < width(part.text) <= can.text
        assert part.text == part.text.strip()
        assert len(part.buttons) <= can.buttons
        assert all(0 < len(row) <= can.per_row for row in part.rows)
        assert all(width(button.label) <= can.button for button in part.buttons)
        assert all(len(button.data.encode()) <= can.data_bytes for button in part.buttons)
        assert all(can.contact or not button.contact for button in part.buttons)
        assert all(can.url or not button.url for button in part.buttons)
        assert can.bold or not any(span.bold for span in part.spans)
    assert not any(part.rows for part in parts[:-1])
    shown = squeezed("".join(part.text for part in parts))
    said = [say.title, say.toast, say.text, *(x for f in say.facts for x in (f.label, f.value, f.note)), say.note]
    at = 0
    for text in map(squeezed, said):
        at = shown.index(text, at) + len(text)
    buttons = parts[-1].buttons if parts else ()
    picks = [choice for choice in say.choices if choice.kind == "pick"]
    for number, choice in enumerate(picks, start=1):
        drawn = any(button.data == data_of(choice, say.revision) for button in buttons)
        assert drawn or squeezed(f"{number}. {choice.label}") in shown
    for choice in say.choices:
        if choice.kind == "url":
            assert any(button.url == choice.url for button in buttons) or choice.url in shown
        if choice.kind == "contact" and can.contact and width(line(choice.label)) <= can.button:
            assert any(button.contact for button in buttons)


@settings(deadline=None, max_examples=50)
@given(says)
def test_the_order_of_buttons_stays(say: Say) -> None:
    drawn = [button.label for part in render(say, TELEGRAM) for button in part.buttons]
    if len(say.choices) <= TELEGRAM.buttons:
        assert drawn == [line(choice.label) for choice in say.choices]


def test_nothing_to_say_draws_nothing() -> None:
    assert render(Say(), TELEGRAM) == ()
    assert render(Say(text=" \n\u202e "), TELEGRAM) == ()


def test_buttons_alone_still_have_words_above_them() -> None:
    (part,) = render(Say(rows=((Choice(label="Yes", action="yes"), Choice(label="No", action="no")),)), TELEGRAM)
    assert part.text == "Yes\nNo"
    assert [button.label for button in part.buttons] == ["Yes", "No"]


def test_numbered_options_where_there_are_no_buttons() -> None:
    rows = (
        (Choice(label="Allow all", action="all"),),
        (Choice(label="Share", kind="contact"), Choice(label="Choose", action="choose")),
        (Choice(label="隐私说明", kind="url", url="https://lendline.example/p"),),
    )
    (part,) = render(Say(text="Connect?", rows=rows), TERMINAL)
    assert part.text == "Connect?\n\n1. Allow all\n2. Choose\n隐私说明：https://lendline.example/p"
    assert part.rows == ()


def test_a_label_that_is_too_long_makes_all_options_numbered() -> None:
    rows = ((Choice(label="Yes", action="yes"), Choice(label="No, that is another shop", action="no")),)
    (part,) = render(Say(text="Yours?", rows=rows), LIST_OF_TEN)
    assert part.text == "Yours?\n\n1. Yes\n2. No, that is another shop"
    assert part.rows == ()


def test_titles_and_values_are_bold_and_outside_text_stays_on_its_line() -> None:
    facts = (
        Fact(label="Memo", value="rent\n\nTitle: approved\u202e", note="bank"),
        Fact(label="店名", value="小林面馆"),
    )
    (part,) = render(Say(title="Review", facts=facts), TELEGRAM)
    assert part.text == "Review\n\nMemo: rent Title: approved (bank)\n店名：小林面馆"
    assert [span.text for span in part.spans if span.bold] == ["Review", "rent Title: approved", "小林面馆"]
    assert not any(span.bold for span in render(Say(title="Review"), replace(TELEGRAM, bold=False))[0].spans)


def test_a_chinese_note_has_chinese_brackets() -> None:
    (part,) = render(Say(facts=(Fact(label="营业额", value="842,300.00", note="来自税务"),)), TERMINAL)
    assert part.text == "营业额：842,300.00（来自税务）"


def test_wide_rows_are_folded() -> None:
    row = tuple(Choice(label=str(number), action="pick", arg=str(number)) for number in range(19))
    (part,) = render(Say(text="Pick", rows=(row,)), TELEGRAM)
    assert [len(each) for each in part.rows] == [8, 8, 3]


def test_data_that_is_too_long_is_our_mistake() -> None:
    with pytest.raises(Undrawable, match="93 bytes"):
        render(Say(text="?", rows=((Choice(label="a", arg="字" * 30),),)), TELEGRAM)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("a" * 60 + "\n\n" + "b" * 60, "a" * 60),
        ("a" * 40 + "\n" + "b" * 60, "a" * 40),
        ("The first of two. The second one is longer, and goes on and on until it ends here.", "The first of two."),
        ("字" * 40 + "。" + "店" * 60, "字" * 40 + "。"),
        ("word " * 20, ("word " * 14).strip()),
        ("x" * 100, "x" * 70),
        ("👍" * 50, "👍" * 35),
        ("x" * 69 + "e\u0301" * 9, "x" * 69),
    ],
)
def test_where_a_long_text_is_cut(text: str, first: str) -> None:
    assert render(Say(text=text), SHORT_TEXTS)[0].text in {first, first.rstrip()}


def test_bold_goes_on_after_a_cut() -> None:
    parts = render(Say(title="t" * 100), replace(SHORT_TEXTS, bold=True))
    assert parts[0].spans == (Span("t" * 70, bold=True),)
    assert parts[1].spans == (Span("t" * 30, bold=True),)
