"""What a browser is asked and what it has proved, by the WebAuthn library. `passkeys` says what a passkey may do."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from pydantic import JsonValue

SITE = "Lendline"
_VERIFIED = UserVerificationRequirement.REQUIRED


class Begun(NamedTuple):
    """What the browser needs, and the challenge that it has to answer."""

    options: dict[str, JsonValue]
    challenge: str


class Made(NamedTuple):
    """A new passkey: its id, what is kept to check it, how often it was used."""

    id: str
    credential: bytes
    counter: int


class Ceremony:
    """The ceremonies at one address. What is wrong with an answer is a ValueError, TypeError or KeyError."""

    def __init__(self, origin: str) -> None:
        site = PublicKeyCredentialRpEntity(id=urlsplit(origin).hostname or "", name=SITE)
        self._server = Fido2Server(site, verify_origin=lambda given: given == origin)

    def begin_adding(self, staff_id: str, name: str, known: Sequence[bytes]) -> Begun:
        """Ask for a new passkey of a person, on none of the `known` authenticators."""
        options, state = self._server.register_begin(
            PublicKeyCredentialUserEntity(id=staff_id.encode(), name=name, display_name=name),
            [AttestedCredentialData(each) for each in known],
            resident_key_requirement=ResidentKeyRequirement.REQUIRED,
            user_verification=_VERIFIED,
        )
        return Begun(dict(options.public_key), state["challenge"])

    def add(self, challenge: str, answer: Mapping[str, JsonValue]) -> Made:
        """The passkey that was made."""
        made = self._server.register_complete(_state(challenge), answer)
        if made.credential_data is None:
            raise ValueError("no key")
        credential = made.credential_data
        return Made(websafe_encode(credential.credential_id), bytes(credential), made.counter)

    def begin_sign_in(self) -> Begun:
        """Ask for any passkey of this site."""
        options, state = self._server.authenticate_begin(user_verification=_VERIFIED)
        return Begun(dict(options.public_key), state["challenge"])

    def named(self, answer: Mapping[str, JsonValue]) -> str:
        """The id of the passkey that an answer says it is of."""
        return websafe_encode(AuthenticationResponse.from_dict(answer).raw_id)

    def sign_in(
        self, challenge: str, answer: Mapping[str, JsonValue], credential: bytes | None
    ) -> tuple[int, bytes | None]:
        """Check an answer against what is kept: how often the passkey was used, and whose it says it is."""
        response = AuthenticationResponse.from_dict(answer)
        known = [] if credential is None else [AttestedCredentialData(credential)]
        self._server.authenticate_complete(_state(challenge), known, response)
        return response.response.authenticator_data.counter, response.response.user_handle


def _state(challenge: str) -> dict[str, str]:
    return {"challenge": challenge, "user_verification": _VERIFIED}
