"""Encryption at rest. What is sealed: states, event bodies, messages, packets, tokens and secrets.

AES-256-GCM with a random nonce (NIST SP 800-38D: under one key at most 2**32 seals). What earlier releases have sealed
as Fernet tokens is opened too, and takes the new form when its key is renewed.
"""

import base64
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import BaseModel

from flows.errors import LendlineError, WrongDeclaration

M = TypeVar("M", bound=BaseModel)
PACK_FROM = 2_048  # bytes; less than half a page of the database is not worth the time
_ZLIB = b"\x78"
_GCM = b"\x01"  # a Fernet token begins with a letter
_NONCE = 12


@dataclass
class SealBroken(LendlineError):
    """Sealed bytes cannot be opened: changed, or sealed with a key that is no longer listed. Stop; tell staff."""

    what: str

    def __str__(self) -> str:
        return f"{self.what} cannot be unsealed: the key is missing or the bytes were changed"


class Sealer:
    """Seals models and texts with the newest key and opens what any listed key has sealed.

    `keys` are URL-safe base64 of 32 bytes, newest first (the setting LENDLINE_SECRET_KEYS). To rotate, put a
    new key in front, `renew` what is stored, then drop the old key. Raises WrongDeclaration for a bad key.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise WrongDeclaration("LENDLINE_SECRET_KEYS", "no key is given", "Give at least one key")
        try:
            fernets = [Fernet(key) for key in keys]
        except ValueError as error:
            raise WrongDeclaration(
                "LENDLINE_SECRET_KEYS",
                "a key is not 32 bytes in URL-safe base64",
                "Make one with: openssl rand -base64 32 | tr '+/' '-_'",
            ) from error
        self._keys = tuple(base64.urlsafe_b64decode(key) for key in keys)
        self._ciphers = tuple(AESGCM(key) for key in self._keys)
        self._earlier = MultiFernet(fernets)

    @staticmethod
    def new_key() -> str:
        """Make a fresh key."""
        return Fernet.generate_key().decode()

    def derived(self, purpose: str) -> tuple[bytes, ...]:
        """32 bytes for another purpose from each key, newest first (HKDF, RFC 5869): they tell nothing of the keys."""
        return tuple(
            HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode()).derive(key)
            for key in self._keys
        )

    def seal(self, model: BaseModel) -> bytes:
        """Seal a model as JSON."""
        return self._close(_packed(model.model_dump_json().encode()))

    def unseal(self, kind: type[M], sealed: bytes) -> M:
        """Open what `seal` closed. Raises SealBroken, or pydantic.ValidationError when it is of another kind."""
        return kind.model_validate_json(_unpacked(self._open(sealed, kind.__name__)))

    def seal_text(self, text: str) -> bytes:
        """Seal a text such as a token."""
        return self._close(text.encode())

    def unseal_text(self, sealed: bytes) -> str:
        """Open what `seal_text` closed. Raises SealBroken."""
        return self._open(sealed, "a text").decode()

    def seal_bytes(self, content: bytes) -> bytes:
        """Seal a file."""
        return self._close(content)

    def unseal_bytes(self, sealed: bytes) -> bytes:
        """Open what `seal_bytes` closed. Raises SealBroken."""
        return self._open(sealed, "a file")

    def token(self, model: BaseModel) -> str:
        """Seal a model as a token: letters that may stand in an address, a cookie or a form."""
        return _lettered(self.seal(model))

    def of_token(self, kind: type[M], token: str) -> M:
        """Open what `token` closed. Raises SealBroken, or pydantic.ValidationError when it is of another kind."""
        return self.unseal(kind, _unlettered(token))

    def text_token(self, text: str) -> str:
        """Seal a text as a token."""
        return _lettered(self.seal_text(text))

    def of_text_token(self, token: str) -> str:
        """Open what `text_token` closed. Raises SealBroken."""
        return self.unseal_text(_unlettered(token))

    def renew(self, sealed: bytes) -> bytes:
        """Seal the same content again with the newest key. Raises SealBroken."""
        return self._close(self._open(sealed, "a sealed value"))

    def _close(self, content: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return _GCM + nonce + self._ciphers[0].encrypt(nonce, content, None)

    def _open(self, sealed: bytes, what: str) -> bytes:
        if sealed[:1] != _GCM:
            try:
                return self._earlier.decrypt(sealed)
            except InvalidToken as error:
                raise SealBroken(what) from error
        nonce, content = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        for cipher in self._ciphers:
            try:
                return cipher.decrypt(nonce, content, None)
            except (InvalidTag, ValueError):
                continue
        raise SealBroken(what)


def _lettered(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).decode("ascii").rstrip("=")


def _unlettered(token: str) -> bytes:
    """The sealed bytes of a token. One of an earlier release is a Fernet token, which is letters all through."""
    try:
        letters = token.encode("ascii")
        sealed = base64.b64decode(letters + b"=" * (-len(letters) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise SealBroken("a token") from error
    return sealed if sealed[:1] == _GCM else letters


def _packed(json: bytes) -> bytes:
    """A state is mostly repetition: packed it is a fraction to encrypt, to write and to keep."""
    return zlib.compress(json, level=1) if len(json) > PACK_FROM else json


def _unpacked(content: bytes) -> bytes:
    """What `_packed` made; JSON never begins with the first byte of a zlib stream."""
    return zlib.decompress(content) if content[:1] == _ZLIB else content
