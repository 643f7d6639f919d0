"""Files changed at random: an error that is a fact, or a document, and soon. All 500 of a format with `-m fuzz`."""

import contextlib
import resource
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.documents.document import Unreadable
from integrations.documents.recognise import read
from tests.integrations.documents.samples import FILES

NOISE = (
    b"\0", b"\xff\xfe", b'"', b",", b"\n", b"<", b">", b"&", b"]]>", b"=cmd|' /C calc'!A0", b"9" * 400, b"-", b"1e999",
    b"NaN", b"Infinity", b"\xe4\xb8", b":61:", b"<STMTTRN>", b"<a>" * 300, b"0000-00-00", b"99/99/9999", b"(", b"\xa8",
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """A file with some parts cut out, doubled, overwritten or noise put between."""
    data = bytearray(content)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        size = draw(st.integers(1, 40))
        how = draw(st.sampled_from(("cut", "double", "flip", "noise", "end", "swap")))
        if how == "cut":
            del data[at : at + size]
        elif how == "double":
            data[at:at] = data[at : at + size] * draw(st.integers(1, 50))
        elif how == "flip":
            data[at : at + size] = draw(st.binary(min_size=size, max_size=size))
        elif how == "noise":
            data[at:at] = draw(st.sampled_from(NOISE))
        elif how == "swap":
            data[at : at + size] = data[at : at + size][::-1]
        else:
            del data[at:]
    return bytes(data)


def _peak() -> int:
    """The most memory that this process ever had, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


BEFORE = [0]  # what other tests of this process had already taken


@pytest.fixture(autouse=True)
def _memory_before() -> None:
    BEFORE[0] = max(BEFORE[0], _peak())


def survives(content: bytes) -> None:
    began = time.monotonic()
    with contextlib.suppress(Unreadable):
        found = read(content)
        assert all(each.amount.is_finite() for each in found.records.transactions)
        assert all(each.amount.is_finite() for each in found.records.payments)
        assert all(each.net.is_finite() for each in found.papers)
    assert time.monotonic() - began < 5
    assert _peak() < max(500 * 1024, BEFORE[0] + 50 * 1024)


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.mark.parametrize("kind", FILES)
def test_a_damaged_file_is_a_fact_or_a_document(kind: str) -> None:
    @settings(max_examples=12, deadline=None, suppress_health_check=QUIET, database=None)
    @given(damaged(FILES[kind]))
    def check(content: bytes) -> None:
        survives(content)

    check()


@pytest.mark.fuzz
@pytest.mark.parametrize("kind", FILES)
def test_five_hundred_damaged_files(kind: str) -> None:
    @settings(max_examples=500, deadline=None, suppress_health_check=QUIET, database=None)
    @given(damaged(FILES[kind]))
    def check(content: bytes) -> None:
        survives(content)

    check()


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None, database=None)
def test_any_bytes_at_all(content: bytes) -> None:
    survives(content)
