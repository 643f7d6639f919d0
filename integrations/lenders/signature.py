"""Signatures of lender events after Standard Webhooks 1.0: pure functions of bytes, secrets and a clock.

The HMAC is the published library's; the window, several secrets and the injected clock are ours.
"""

import base64
import hmac
import re
import secrets as randomness
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from standardwebhooks import Webhook

from flows.errors import LendlineError

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
WINDOW = timedelta(minutes=5)
SECRET_BYTES = 32
_MOST_SIGNATURES = 16
# A full stop in an id would let `id.timestamp.body` be cut in another place.
_ID_FORM = re.compile(r"[!-\-/-~]{1,128}", re.ASCII)
_TIMESTAMP_FORM = re.compile(r"[0-9]{1,11}", re.ASCII)


@dataclass
class MissingHeader(LendlineError):
    """A `webhook-*` header is missing or not of its form. Answer 401."""

    header: str

    def __str__(self) -> str:
        return f"the header {self.header} is missing or malformed"


@dataclass
class StaleTimestamp(LendlineError):
    """The delivery is more than five minutes old, or from the future. Answer 401."""

    sent_at: datetime

    def __str__(self) -> str:
        return "the webhook-timestamp is more than five minutes from now"


@dataclass
class WrongSignature(LendlineError):
    """No signature was made over this id, timestamp and body with a secret of this lender. Answer 401."""

    webhook_id: str

    def __str__(self) -> str:
        return "no signature matches"


@dataclass(frozen=True)
class Delivery:
    """A verified delivery. `webhook_id` names the event in every repeat of it."""

    webhook_id: str
    sent_at: datetime


def verify(body: bytes, headers: Mapping[str, str], secrets: Sequence[str], now: datetime) -> Delivery:
    """Check a delivery against the secrets of its lender: any of them counts, for rotation.

    `body` is the request body as received, never parsed and written again. Header names may be in
    any case. Raises MissingHeader, StaleTimestamp or WrongSignature; ValueError for a stored secret
    that is no base64, which is our fault and not the sender's.
    """
    named = {name.lower(): value for name, value in headers.items()}
    webhook_id, sent_at = _id(named), _sent_at(named)
    signatures = named.get(SIGNATURE, "").split()
    if not signatures:
        raise MissingHeader(SIGNATURE)
    if abs(now - sent_at) > WINDOW:
        raise StaleTimestamp(sent_at)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise WrongSignature(webhook_id) from None
    expected = [Webhook(secret).sign(webhook_id, sent_at, text).encode() for secret in secrets]
    given = [signature.encode() for signature in signatures[:_MOST_SIGNATURES]]
    # Every pair is compared, so that the time does not tell which secret or signature was close.
    if not sum(hmac.compare_digest(left, right) for left in expected for right in given):
        raise WrongSignature(webhook_id)
    return Delivery(webhook_id, sent_at)


def sign(body: bytes, webhook_id: str, secrets: Sequence[str], now: datetime) -> dict[str, str]:
    """The three headers of a delivery, one signature for each secret.

    Raises ValueError for an id that a receiver would refuse, and for a body that is not UTF-8.
    """
    if not _ID_FORM.fullmatch(webhook_id):
        raise ValueError("a webhook id is 1 to 128 visible characters without a full stop")
    sent_at = datetime.fromtimestamp(int(now.timestamp()), tz=UTC)
    signatures = [Webhook(secret).sign(webhook_id, sent_at, body.decode()) for secret in secrets]
    return {ID: webhook_id, TIMESTAMP: str(int(sent_at.timestamp())), SIGNATURE: " ".join(signatures)}


def new_secret() -> str:
    """A new signing secret, `whsec_` and 256 random bits in base64; shown once, kept sealed."""
    return "whsec_" + base64.b64encode(randomness.token_bytes(SECRET_BYTES)).decode()


def _id(headers: Mapping[str, str]) -> str:
    webhook_id = headers.get(ID, "")
    if not _ID_FORM.fullmatch(webhook_id):
        raise MissingHeader(ID)
    return webhook_id


def _sent_at(headers: Mapping[str, str]) -> datetime:
    timestamp = headers.get(TIMESTAMP, "")
    if not _TIMESTAMP_FORM.fullmatch(timestamp):
        raise MissingHeader(TIMESTAMP)
    return datetime.fromtimestamp(int(timestamp), tz=UTC)
