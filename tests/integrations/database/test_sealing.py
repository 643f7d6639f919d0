"""Sealing: nothing readable, nothing changed unseen, keys that rotate."""

import re

import pytest
from cryptography.fernet import Fernet
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from flows.errors import WrongDeclaration
from flows.messages import Heard, Say
from integrations.database.sealing import SealBroken, Sealer

TEXTS = st.text(st.characters(codec="utf-8"), max_size=200)


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_what_was_sealed_can_be_opened_and_not_be_read(text: str) -> None:
    sealer = Sealer([Sealer.new_key()])
    assert sealer.unseal_text(sealer.seal_text(text)) == text
    assert sealer.unseal(Say, sealer.seal(Say(text=text))) == Say(text=text)
    if len(text) > 8:
        assert text.encode() not in sealer.seal_text(text)


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_a_token_is_made_of_letters_for_addresses_and_cookies(text: str) -> None:
    key = Sealer.new_key()
    sealer = Sealer([key])
    for token in (sealer.token(Say(text=text)), sealer.text_token(text)):
        assert re.fullmatch("[A-Za-z0-9_-]+", token)
    assert sealer.of_token(Say, sealer.token(Say(text=text))) == Say(text=text)
    assert sealer.of_text_token(sealer.text_token(text)) == text
    earlier = Fernet(key).encrypt(text.encode()).decode()
    assert sealer.of_text_token(earlier) == text, "what an earlier release handed out still opens"


@pytest.mark.parametrize("token", ["", "AQ", "Ä", "a b", "gAAAAA", "x" * 4000, "AQ" + "A" * 60])
def test_what_is_no_token_of_ours_is_refused(token: str) -> None:
    with pytest.raises(SealBroken):
        Sealer([Sealer.new_key()]).of_text_token(token)


def test_keys_rotate() -> None:
    old, new = Sealer.new_key(), Sealer.new_key()
    sealed = Sealer([old]).seal_text("token")
    both = Sealer([new, old])
    assert both.unseal_text(sealed) == "token"
    renewed = both.renew(sealed)
    assert Sealer([new]).unseal_text(renewed) == "token"
    with pytest.raises(SealBroken):
        Sealer([old]).unseal_text(renewed)
    with pytest.raises(SealBroken):
        Sealer([new]).renew(sealed)
    assert Sealer([new]).unseal_text(both.seal_text("next")) == "next"


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 200), st.integers(1, 255))
def test_a_changed_byte_is_noticed(place: int, change: int) -> None:
    sealer = Sealer([Sealer.new_key()])
    sealed = bytearray(sealer.seal(Say(text="pay 100 to Ann")))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(SealBroken) as raised:
        sealer.unseal(Say, bytes(sealed))
    assert "Ann" not in str(raised.value)


def test_another_kind_is_noticed() -> None:
    sealer = Sealer([Sealer.new_key()])
    with pytest.raises(ValidationError):
        sealer.unseal(Heard, sealer.seal(Say(text="hello")))


@pytest.mark.parametrize("keys", [[], ["too short"], ["x" * 44], [Sealer.new_key(), ""]])
def test_bad_keys_are_refused_without_being_shown(keys: list[str]) -> None:
    with pytest.raises(WrongDeclaration) as raised:
        Sealer(keys)
    assert "x" * 44 not in str(raised.value)


def test_what_an_earlier_release_sealed_is_opened_and_renewed() -> None:
    key, other = Sealer.new_key(), Sealer.new_key()
    earlier = Fernet(key).encrypt(b"token")
    sealer = Sealer([other, key])
    assert sealer.unseal_text(earlier) == "token"
    assert Sealer([other]).unseal_text(sealer.renew(earlier)) == "token"
    with pytest.raises(SealBroken):
        Sealer([other]).unseal_text(earlier)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"x" * 12, b"\x01" + b"x" * 40, b"gAAAAA", b"\xff"])
def test_what_was_never_sealed_is_refused(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        Sealer([Sealer.new_key()]).unseal_bytes(sealed)
