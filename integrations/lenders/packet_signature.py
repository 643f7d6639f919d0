"""Our signature of a packet, so that a lender can prove offline what it was given: Ed25519 over canonical JSON.

The key is derived from the key of encryption at rest; nothing more has to be kept or handed to other processes.
"""

import base64
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import JsonValue

from flows.errors import LendlineError

PURPOSE = "lendline packet signature 1"
MEMBER = "signature"


@dataclass
class NotSigned(LendlineError):
    """A packet or report has no signature of ours, or not one of a form that can be checked. Stop."""

    why: str
    what: str = "packet"

    def __str__(self) -> str:
        return f"the {self.what} is not signed: {self.why}"


@dataclass
class NotOurs(LendlineError):
    """A packet or report was changed after it was signed, or signed with a key that is not trusted. Stop."""

    key: str
    what: str = "packet"

    def __str__(self) -> str:
        return f"the {self.what} does not verify with a trusted key; it names the key {self.key}"


def canonical(body: Mapping[str, JsonValue]) -> bytes:
    """The bytes that are signed: RFC 8785 for what packets hold (no fractions: amounts are texts).

    Raises NotSigned for a number with a fraction, whose writing differs between programs.
    """
    _refuse_fractions(dict(body))
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def public_key(private: bytes) -> str:
    """The public key of a private one, in base64."""
    raw = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def sign(body: Mapping[str, JsonValue], private: bytes) -> tuple[str, str]:
    """The public key and the signature of a packet, both in base64."""
    value = Ed25519PrivateKey.from_private_bytes(private).sign(canonical(body))
    return public_key(private), base64.b64encode(value).decode()


def verify(packet: Mapping[str, JsonValue], trusted: Collection[str], what: str = "packet") -> str:
    """The key that signed a packet. Raises NotSigned or NotOurs; a key that only the packet names is not trusted."""
    given = packet.get(MEMBER)
    if not isinstance(given, dict) or given.get("scheme") != "ed25519":
        raise NotSigned("it has no `signature` with the scheme ed25519", what)
    key, value = given.get("key"), given.get("value")
    if not isinstance(key, str) or not isinstance(value, str):
        raise NotSigned("its signature has no key or no value", what)
    if key not in trusted:
        raise NotOurs(key, what)
    body = {name: member for name, member in packet.items() if name != MEMBER}
    try:
        signed = base64.b64decode(value, validate=True)
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True)).verify(signed, canonical(body))
    except (InvalidSignature, ValueError):
        raise NotOurs(key, what) from None
    return key


def _refuse_fractions(value: JsonValue) -> None:
    if isinstance(value, float):
        raise NotSigned("a number in it has a fraction")
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _refuse_fractions(inner)
