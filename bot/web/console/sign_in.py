"""How staff prove who they are: a password (Argon2) and a time-based code (RFC 6238), kept sealed together."""

import hmac
from datetime import datetime

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pydantic import BaseModel

SHORTEST, LONGEST = 12, 200  # characters of a password; NIST SP 800-63B asks for length, not for kinds of characters
STEP = 30  # seconds
ISSUER = "Lendline"
# One check of a hash that nobody's password has: a name that does not exist takes as long as one that does.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$SHjmGDgPpYaJlvcrD4dY9A$duICpzhEHAVNreBaacYg3TTQh6GVeps6r4LdKHN/f3U"
_HASHER = PasswordHasher()


class SignIn(BaseModel):
    """What is kept of a person's password and second factor. `last_step` is the newest time step that was used."""

    password_hash: str
    totp_secret: str
    last_step: int = 0


def hash_of(password: str) -> str:
    """The stored form of a password. Takes tens of milliseconds on purpose: call it in a thread."""
    return _HASHER.hash(password)


def password_fits(stored: SignIn | None, password: str) -> bool:
    """Whether the password is the stored one; takes as long when nothing is stored. Call it in a thread."""
    try:
        return _HASHER.verify(stored.password_hash if stored is not None else _NOBODY, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def step_of(secret: str, code: str, now: datetime, *, after: int = 0) -> int | None:
    """The time step whose code this is, one step early or late allowed; None when it is wrong or was used before."""
    totp = pyotp.TOTP(secret, interval=STEP)
    current = int(now.timestamp()) // STEP
    digits = code.replace(" ", "")
    for step in (current, current - 1, current + 1):
        if hmac.compare_digest(totp.generate_otp(step), digits) and step > after:
            return step
    return None


def new_secret() -> str:
    """A new secret for an authenticator app."""
    return pyotp.random_base32()


def address_of(secret: str, name: str) -> str:
    """What the QR code says to an authenticator app."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=name, issuer_name=ISSUER)
