"""Links that an owner passes on to somebody else: short enough for a messenger, signed, and good for a time.

A token names what it is about in the clear, which is no secret, and proves by an HMAC that it is ours.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from integrations.database.sealing import Sealer

LIFETIME = timedelta(days=30)
_PURPOSE = "lendline party link"
_TOKEN = re.compile(
    r"(?P<conversation_id>[A-Za-z0-9-]{1,64})\.(?P<application_id>[A-Za-z0-9-]{1,64})\.(?P<place>[0-9]{1,2})"
    r"\.(?P<expires>[0-9a-f]{8})\.(?P<party>[0-9a-f]{8})\.(?P<proof>[A-Za-z0-9_-]{22})",
    re.ASCII,
)


@dataclass(frozen=True)
class PassedLink:
    """What a token says. `party` is the beginning of the hash of the name of the person it is meant for."""

    conversation_id: str
    application_id: str
    place: int
    party: str
    expires_at: datetime

    def is_for(self, name: str) -> bool:
        """Whether it is meant for a person of this name."""
        return self.party == _digest(name)

    @property
    def id(self) -> str:
        """The same for every link that asks the same of the same person until the same time."""
        return f"{self.application_id}.{self.place}.{self.party}.{int(self.expires_at.timestamp())}"


def link_for(conversation_id: str, application_id: str, place: int, name: str, now: datetime) -> PassedLink:
    """A link for the person of that name, good from now on."""
    return PassedLink(conversation_id, application_id, place, _digest(name), now + LIFETIME)


def token(sealer: Sealer, link: PassedLink) -> str:
    """The token that lets its bearer answer what a lender asks."""
    expires = int(link.expires_at.timestamp())
    said = f"{link.conversation_id}.{link.application_id}.{link.place}.{expires:08x}.{link.party}"
    return f"{said}.{_proof(sealer.derived(_PURPOSE)[0], said)}"


def read(sealer: Sealer, text: str) -> PassedLink | None:
    """What a token says, also when its time is over; None when we did not make it or it was cut short."""
    found = _TOKEN.fullmatch(text)
    if found is None:
        return None
    said, _, proof = text.rpartition(".")
    if not any(hmac.compare_digest(_proof(key, said), proof) for key in sealer.derived(_PURPOSE)):
        return None
    return PassedLink(
        conversation_id=found["conversation_id"],
        application_id=found["application_id"],
        place=int(found["place"]),
        party=found["party"],
        expires_at=datetime.fromtimestamp(int(found["expires"], 16), UTC),
    )


def _proof(key: bytes, said: str) -> str:
    return urlsafe_b64encode(hmac.digest(key, said.encode(), "sha256")[:16]).rstrip(b"=").decode()


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]
