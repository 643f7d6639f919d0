"""Telegram Passport: the key that opens what an owner shares, and the link by which it is asked for.

Protocol after https://core.telegram.org/passport: what is asked for is in the link (`scope`), what comes back is
encrypted for our public key and names the nonce that the link carried.
"""

import json
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from flows.errors import WrongDeclaration

LEAST_BITS = 2048
# Only what an application needs: who its representative is, and a document that shows it.
SCOPE = {
    "v": 1,
    "data": [
        {"type": "personal_details", "native_names": True},
        {"one_of": [{"type": "identity_card"}, {"type": "passport"}, {"type": "driver_license"}]},
    ],
}


@dataclass(frozen=True)
class PassportKey:
    """The key pair of a bot. `pem` is the private half, as python-telegram-bot wants it; it is never shown."""

    bot_id: str
    pem: bytes
    public: str

    def __repr__(self) -> str:
        return f"PassportKey({self.bot_id})"

    def link(self, nonce: str) -> str:
        """The link that opens Telegram Passport for this bot; what is shared names `nonce`."""
        asked = {
            "domain": "telegrampassport",
            "bot_id": self.bot_id,
            "scope": json.dumps(SCOPE, separators=(",", ":")),
            "public_key": self.public,
            "nonce": nonce,
        }
        return f"tg://resolve?{urlencode(asked, quote_via=quote)}"


def load(path: Path, token: str) -> PassportKey:
    """Read the key of the bot that `token` belongs to. Raises WrongDeclaration that names the fix."""
    fix = f"Make one: openssl genrsa {LEAST_BITS} > {path}; chmod 600 {path}; then give @BotFather its public half"
    try:
        pem = path.read_bytes()
        open_to_others = stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO)
        key = load_pem_private_key(pem, None)
    except (OSError, ValueError, TypeError) as error:
        raise WrongDeclaration(
            "TELEGRAM_PASSPORT_KEY", f"no private key in PEM ({type(error).__name__})", fix
        ) from None
    if not isinstance(key, RSAPrivateKey) or key.key_size < LEAST_BITS:
        raise WrongDeclaration("TELEGRAM_PASSPORT_KEY", f"not an RSA key of {LEAST_BITS} bits or more", fix)
    if open_to_others:
        raise WrongDeclaration("TELEGRAM_PASSPORT_KEY", "others on this machine may read it", f"chmod 600 {path}")
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")
    return PassportKey(token.partition(":")[0], pem, public)
