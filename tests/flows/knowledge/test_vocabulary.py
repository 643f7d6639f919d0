"""A slip of the finger is forgiven; another word is not taken for a known one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.knowledge.stems import stem
from flows.knowledge.vocabulary import Vocabulary, slips

KNOWN = Vocabulary(map(stem, ["revoke", "early", "statement", "approved", "reject", "document", "eligible", "read"]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("reovke", "revoke"),
        ("erly", "early"),
        ("statemnt", "statement"),
        ("aproved", "approved"),
        ("rejekt", "reject"),
        ("docuemnt", "document"),
        ("eligibel", "eligible"),
    ],
)
def test_a_slip_is_forgiven(typed: str, meant: str) -> None:
    near = KNOWN.nearest(stem(typed))
    assert near is not None
    assert near[0] == stem(meant)


@pytest.mark.parametrize("other", ["bread", "weather", "football", "pearl", "xyz", "", "机器"])
def test_another_word_is_left_alone(other: str) -> None:
    assert KNOWN.nearest(other) is None


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=8), st.text(max_size=8))
def test_slips_are_a_distance(one: str, other: str) -> None:
    assert slips(one, other) == slips(other, one)
    assert (slips(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= slips(one, other) <= max(len(one), len(other))
