"""What a Telegram client does when somebody shares from Telegram Passport: encrypts for the bot's key.

Written after https://core.telegram.org/passport (encryption of data, files and credentials), apart from the library
under test.
"""

import base64
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_public_key


@dataclass
class Passport:
    """What somebody has in Telegram Passport: data by element, and pictures by element and side."""

    data: dict[str, dict[str, str]]
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    nonce: str = ""  # instead of the one in the link
    tampered: bool = False


def seal(link: str, passport: Passport, keep: Callable[[bytes], str]) -> dict[str, Any]:
    """The `passport_data` of a message; `keep` puts a file on the server and gives its id."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    assert asked["domain"] == "telegrampassport"
    wanted = {each["type"] for one in json.loads(asked["scope"])["data"] for each in one.get("one_of", [one])}
    assert set(passport.data) <= wanted, "only what was asked for is shared"
    key = load_pem_public_key(asked["public_key"].encode())
    assert isinstance(key, RSAPublicKey)
    elements: list[dict[str, Any]] = []
    secure: dict[str, dict[str, dict[str, str]]] = {}
    for kind, said in passport.data.items():
        body, digest, secret = _sealed(json.dumps(said).encode())
        if passport.tampered:
            body = body[:-1] + bytes([body[-1] ^ 1])
        element: dict[str, Any] = {"type": kind, "hash": _b64(os.urandom(32)), "data": _b64(body)}
        secure[kind] = {"data": {"data_hash": _b64(digest), "secret": _b64(secret)}}
        for side, content in passport.files.get(kind, {}).items():
            shut, file_digest, file_secret = _sealed(content)
            file_id = keep(shut)
            element[side] = {
                "file_id": file_id,
                "file_unique_id": f"u{file_id}",
                "file_size": len(shut),
                "file_date": 1,
            }
            secure[kind][side] = {"file_hash": _b64(file_digest), "secret": _b64(file_secret)}
        elements.append(element)
    credentials = {"secure_data": secure, "nonce": passport.nonce or asked["nonce"]}
    body, digest, secret = _sealed(json.dumps(credentials).encode())
    shut = key.encrypt(secret, OAEP(mgf=MGF1(algorithm=SHA1()), algorithm=SHA1(), label=None))
    return {
        "data": elements,
        "credentials": {"data": _b64(body), "hash": _b64(digest), "secret": _b64(shut)},
    }


def _sealed(content: bytes) -> tuple[bytes, bytes, bytes]:
    """Encrypted content, its hash and its secret."""
    length = 32 + (-(len(content) + 32)) % 16
    padded = bytes([length]) + os.urandom(length - 1) + content
    digest, secret = hashlib.sha256(padded).digest(), os.urandom(32)
    both = hashlib.sha512(secret + digest).digest()
    encryptor = Cipher(AES(both[:32]), CBC(both[32:48])).encryptor()
    return encryptor.update(padded) + encryptor.finalize(), digest, secret


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
