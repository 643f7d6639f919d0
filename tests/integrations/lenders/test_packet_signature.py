"""What a lender can prove offline about a packet."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from bot.commands.packet import packet
from integrations.lenders.packet_signature import NotOurs, NotSigned, canonical, public_key, sign, verify

PRIVATE, OTHER = b"k" * 32, b"o" * 32
BODY: dict[str, JsonValue] = {"application_id": "LA-1", "fields": {"name": "青禾茶饮", "amount": "1.50"}, "lender": "b"}


def signed(body: dict[str, JsonValue], private: bytes = PRIVATE) -> dict[str, JsonValue]:
    key, value = sign(body, private)
    return {**body, "signature": {"scheme": "ed25519", "key": key, "value": value}}


def test_the_order_of_members_does_not_matter_and_the_key_is_named() -> None:
    shuffled = json.loads(json.dumps(dict(reversed(signed(BODY).items()))))
    assert verify(shuffled, [public_key(OTHER), public_key(PRIVATE)]) == public_key(PRIVATE)


def test_a_changed_packet_and_a_foreign_key_are_refused() -> None:
    with pytest.raises(NotOurs):
        verify({**signed(BODY), "lender": "c"}, [public_key(PRIVATE)])
    with pytest.raises(NotOurs):
        verify(signed(BODY, OTHER), [public_key(PRIVATE)])


@pytest.mark.parametrize("bad", [None, "x", {}, {"scheme": "none"}, {"scheme": "ed25519", "key": 1, "value": "x"}])
def test_without_a_readable_signature_nothing_is_proved(bad: JsonValue) -> None:
    with pytest.raises(NotSigned):
        verify({**BODY, "signature": bad}, [public_key(PRIVATE)])


def test_fractions_are_not_signed() -> None:
    with pytest.raises(NotSigned):
        canonical({"a": [1.5]})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text("xyz", min_size=1, max_size=3), JSON, max_size=4))
def test_whatever_is_signed_verifies_after_a_trip_through_json(body: dict[str, JsonValue]) -> None:
    assert verify(json.loads(json.dumps(signed(body))), [public_key(PRIVATE)])


def test_the_command_says_what_it_proved_and_fails_on_a_changed_file(tmp_path: Path) -> None:
    file = tmp_path / "packet.json"
    file.write_text(json.dumps(signed(BODY)), encoding="utf-8")
    good = CliRunner().invoke(packet, ["verify", str(file), "--key", public_key(PRIVATE)])
    assert good.exit_code == 0, good.output
    assert "LA-1" in good.output
    file.write_text(json.dumps({**signed(BODY), "lender": "c"}), encoding="utf-8")
    assert CliRunner().invoke(packet, ["verify", str(file), "--key", public_key(PRIVATE)]).exit_code != 0
    file.write_text("[]", encoding="utf-8")
    assert "not a packet" in CliRunner().invoke(packet, ["verify", str(file)]).output
