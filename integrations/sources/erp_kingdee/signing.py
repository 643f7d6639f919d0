"""The two signatures of the K3Cloud Web API, as Kingdee's own client sends them.

One is over the request's path, a nonce and the time, keyed by the second half of the app id; one is over
who asks, keyed by the app secret. Both are the Base64 of the hexadecimal HMAC-SHA256.
"""

import base64
import hashlib
import hmac
from binascii import Error
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

# Known to everyone who has the vendor's client: it hides the key from a glance, and protects nothing.
_PAD = b"0054f397c6234378b09ca7d3e5debce7"


@dataclass(frozen=True)
class Caller:
    """Who asks: the data centre (account set), the user there, and the app that the account set has admitted.

    `language` 2052 is simplified Chinese, `organisation` 0 the user's own.
    """

    account: str
    user: str
    app_id: str
    app_secret: str
    language: int = 2052
    organisation: int = 0

    @property
    def data(self) -> str:
        """The text that says who asks."""
        return f"{self.account},{self.user},{self.language},{self.organisation}"


def headers(caller: Caller, path: str, now: datetime, nonce: str) -> dict[str, str]:
    """The headers of a POST to `path` (with its leading slash). The time counts in seconds."""
    client, _, hidden = caller.app_id.partition("_")
    stamp = str(int(now.timestamp()))
    signed = f"POST\n{quote(path, safe='')}\n\nx-api-nonce:{nonce}\nx-api-timestamp:{stamp}\n"
    return {
        "X-Api-ClientID": client,
        "X-Api-Auth-Version": "2.0",
        "x-api-timestamp": stamp,
        "x-api-nonce": nonce,
        "x-api-signheaders": "x-api-timestamp,x-api-nonce",
        "X-Api-Signature": _sign(signed, client_key(hidden)),
        "X-Kd-Appkey": caller.app_id,
        "X-Kd-Appdata": base64.b64encode(caller.data.encode()).decode(),
        "X-Kd-Signature": _sign(caller.app_id + caller.data, caller.app_secret),
    }


def client_key(hidden: str) -> str:
    """The key hidden in the second half of an app id; empty when it is not one of 32 characters."""
    try:
        raw = base64.b64decode(hidden, validate=True)
    except (Error, ValueError):
        return ""
    if len(hidden) != len(_PAD):
        return ""
    return base64.b64encode(bytes(one ^ two for one, two in zip(raw, _PAD, strict=False))).decode()


def _sign(text: str, key: str) -> str:
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
    return base64.b64encode(digest.encode()).decode()
