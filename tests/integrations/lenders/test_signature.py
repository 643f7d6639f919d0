"""Signatures against the published text and the published library, in both directions."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook

from integrations.lenders.signature import (
    ID,
    SIGNATURE,
    TIMESTAMP,
    WINDOW,
    MissingHeader,
    StaleTimestamp,
    WrongSignature,
    new_secret,
    sign,
    verify,
)

NOW = datetime(2026, 11, 23, 4, 0, 0, tzinfo=UTC)
SECRET, OLD_SECRET, STRANGER = new_secret(), new_secret(), new_secret()
BODY = '{"type":"loan_application.status_changed","data":{"note":"贷款"}}'.encode()
SPECIFICATION = Path(__file__).parents[3].parent / "shared/specs/webhooks/standard-webhooks.md"


def signed() -> dict[str, str]:
    return sign(BODY, "evt_1", [SECRET], NOW)


def test_what_we_sign_we_accept() -> None:
    delivery = verify(BODY, signed(), [SECRET], NOW)
    assert (delivery.webhook_id, delivery.sent_at) == ("evt_1", NOW)


def test_the_library_accepts_what_we_sign() -> None:
    now = datetime.now(UTC)
    Webhook(SECRET).verify(BODY, sign(BODY, "evt_1", [OLD_SECRET, SECRET], now))


def test_we_accept_what_the_library_signs() -> None:
    headers = {
        "Webhook-Id": "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W",
        "Webhook-Timestamp": str(int(NOW.timestamp())),
        "Webhook-Signature": Webhook(SECRET).sign("msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", NOW, BODY.decode()),
    }
    assert verify(BODY, headers, [OLD_SECRET, SECRET], NOW).webhook_id == "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"


@pytest.mark.parametrize("given_secrets", [[SECRET], [OLD_SECRET], [OLD_SECRET, SECRET]])
@pytest.mark.parametrize("kept_secrets", [[SECRET, OLD_SECRET], [OLD_SECRET, SECRET]])
def test_rotation_never_refuses_a_delivery(given_secrets: list[str], kept_secrets: list[str]) -> None:
    verify(BODY, sign(BODY, "evt_1", given_secrets, NOW), kept_secrets, NOW)


def test_signatures_of_another_version_are_passed_over() -> None:
    headers = signed()
    headers[SIGNATURE] = f"v1a,AAAA {headers[SIGNATURE]} v2,AAAA"
    verify(BODY, headers, [SECRET], NOW)
    headers[SIGNATURE] = headers[SIGNATURE].replace("v1,", "v1a,")
    with pytest.raises(WrongSignature):
        verify(BODY, headers, [SECRET], NOW)


@pytest.mark.parametrize("header", [ID, TIMESTAMP, SIGNATURE])
@pytest.mark.parametrize("value", [None, "", " "])
def test_a_missing_header_is_named(header: str, value: str | None) -> None:
    headers = signed()
    del headers[header]
    if value is not None:
        headers[header] = value
    with pytest.raises(MissingHeader) as refused:
        verify(BODY, headers, [SECRET], NOW)
    assert refused.value.header == header


@pytest.mark.parametrize("timestamp", ["yesterday", "1e9", "-1", "17000000.5", "1" * 40, "nan", "１７"])
def test_a_timestamp_is_whole_seconds(timestamp: str) -> None:
    with pytest.raises(MissingHeader):
        verify(BODY, signed() | {TIMESTAMP: timestamp}, [SECRET], NOW)


@pytest.mark.parametrize("webhook_id", ["evt.1", "evt 1", "é", "x" * 129, "evt\n1"])
def test_an_id_that_could_move_the_cut_is_refused(webhook_id: str) -> None:
    with pytest.raises(MissingHeader):
        verify(BODY, signed() | {ID: webhook_id}, [SECRET], NOW)
    with pytest.raises(ValueError, match="webhook id"):
        sign(BODY, webhook_id, [SECRET], NOW)


@pytest.mark.parametrize(
    ("age", "stale"),
    [
        (timedelta(0), False),
        (WINDOW, False),
        (-WINDOW, False),
        (WINDOW + timedelta(seconds=1), True),
        (-WINDOW - timedelta(seconds=1), True),
        (timedelta(days=400), True),
    ],
)
def test_the_window_is_five_minutes_to_both_sides(age: timedelta, stale: bool) -> None:
    if stale:
        with pytest.raises(StaleTimestamp):
            verify(BODY, signed(), [SECRET], NOW + age)
    else:
        verify(BODY, signed(), [SECRET], NOW + age)


CHANGES: dict[str, Callable[[dict[str, str]], tuple[bytes, dict[str, str], list[str]]]] = {
    "body": lambda headers: (BODY + b" ", headers, [SECRET]),
    "body is not UTF-8": lambda headers: (b"\xff", headers, [SECRET]),
    "id": lambda headers: (BODY, headers | {ID: "evt_2"}, [SECRET]),
    "timestamp": lambda headers: (BODY, headers | {TIMESTAMP: str(int(NOW.timestamp()) + 1)}, [SECRET]),
    "secret": lambda headers: (BODY, headers, [STRANGER]),
    "no secret": lambda headers: (BODY, headers, []),
    "signature": lambda headers: (BODY, headers | {SIGNATURE: "v1,AAAA"}, [SECRET]),
    "unsigned": lambda headers: (BODY, headers | {SIGNATURE: "v1,"}, [SECRET]),
    "odd": lambda headers: (BODY, headers | {SIGNATURE: "贷款 v1"}, [SECRET]),
    "too many": lambda headers: (BODY, headers | {SIGNATURE: "v1,AAAA " * 16 + headers[SIGNATURE]}, [SECRET]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_is_refused(change: str) -> None:
    body, headers, secrets = CHANGES[change](signed())
    with pytest.raises(WrongSignature):
        verify(body, headers, secrets, NOW)


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(st.sampled_from([ID, TIMESTAMP, SIGNATURE]), st.text(max_size=30)), st.binary(max_size=60))
def test_anything_else_is_one_of_three_facts(headers: dict[str, str], body: bytes) -> None:
    with pytest.raises((MissingHeader, StaleTimestamp, WrongSignature)):
        verify(body, headers, [SECRET], NOW)


def test_a_fact_never_tells_a_secret_or_a_signature() -> None:
    with pytest.raises(WrongSignature) as refused:
        verify(BODY, signed(), [STRANGER], NOW)
    assert STRANGER not in repr(refused.value)
    assert signed()[SIGNATURE] not in repr(refused.value)


def test_secrets_are_new_each_time_and_of_the_published_form() -> None:
    made = {new_secret() for _ in range(20)}
    assert len(made) == 20
    assert all(re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret) for secret in made)


@pytest.mark.spec
def test_names_and_forms_are_those_of_the_specification() -> None:
    if not SPECIFICATION.exists():
        pytest.skip(f"{SPECIFICATION.name} is not beside the repository")
    text = SPECIFICATION.read_text(encoding="utf-8")
    for header in (ID, TIMESTAMP, SIGNATURE):
        assert f"- `{header}`:" in text
    assert "`msg_id.timestamp.payload`" in text
    assert "Between 24 bytes (192 bits) and 64 bytes (512 bits)" in text
    # The example of the text, in the minified form, is signed as its words say.
    cut = re.search(r"(msg_\w+)\.(\d{10})\.(\{\"type.*\})$", text, re.MULTILINE)
    assert cut is not None
    webhook_id, timestamp, body = cut.groups()
    sent_at = datetime.fromtimestamp(int(timestamp), UTC)
    headers = sign(body.encode(), webhook_id, [SECRET], sent_at)
    assert re.fullmatch(r"v1,[A-Za-z0-9+/]{43}=", headers[SIGNATURE])
    assert verify(body.encode(), headers, [SECRET], sent_at).webhook_id == webhook_id
