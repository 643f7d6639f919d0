"""An authenticator in software: makes a passkey and signs challenges as WebAuthn level 2 says, faults on request."""

import hashlib
import json
import secrets
import struct
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.utils import websafe_encode

PRESENT_AND_VERIFIED, ATTESTED = 0x05, 0x40


class Authenticator:
    """One device with one passkey. `counter` goes up with each signature."""

    def __init__(self, origin: str, host: str) -> None:
        self.origin = origin
        self.counter = 0
        self._host = host
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._id = secrets.token_bytes(32)
        self._handle = ""

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """A new passkey for `options`, as the browser sends it."""
        self._handle = options["user"]["id"]
        point = self._key.public_key().public_numbers()
        numbers = (point.x.to_bytes(32, "big"), point.y.to_bytes(32, "big"))
        public = cbor.encode({1: 2, 3: -7, -1: 1, -2: numbers[0], -3: numbers[1]})  # RFC 9053: EC2, ES256, P-256
        attested = bytes(16) + struct.pack(">H", len(self._id)) + self._id + public
        data = self._data(PRESENT_AND_VERIFIED | ATTESTED) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["challenge"])
        return self._sent({"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(attestation)})

    def sign(self, options: dict[str, Any], *, flags: int = PRESENT_AND_VERIFIED) -> dict[str, Any]:
        """A signature over the challenge of `options`, as the browser sends it."""
        self.counter += 1
        data, client = self._data(flags), self._client("webauthn.get", options["challenge"])
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._sent(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": self._handle,
            }
        )

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self._host.encode()).digest() + struct.pack(">BI", flags, self.counter)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _sent(self, response: dict[str, str]) -> dict[str, Any]:
        name = websafe_encode(self._id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
