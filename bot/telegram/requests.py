"""How Telegram is called: bounded in size, time and number, and honest about what may have arrived.

The transport is used without httpx's client because that client logs addresses, and an address of the
Bot API holds the token. Nothing is read from the environment: a proxy is passed in.
"""

import asyncio
import contextlib
import json
import os
import ssl
from dataclasses import dataclass, field
from typing import Any

import httpx
from telegram import Bot, Update
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from flows.errors import LendlineError

IN_FLIGHT = 16  # measured: httpx slows down sharply beyond about 32 calls at once
LARGEST_ANSWER = 24 * 1024 * 1024  # a file that a bot may fetch has at most 20 MB
CALL_SECONDS = 20.0
CONNECT_SECONDS = 5.0


class NotSent(NetworkError):
    """The call did not reach Telegram; it may be repeated."""


class PerhapsSent(TimedOut):
    """The call left and no answer came back."""


class SlowDown(TelegramError):
    """Telegram asks us to wait `seconds`; the call had no effect."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Telegram asks to wait {seconds:g} s")
        self.seconds = seconds


@dataclass
class TokenRefused(LendlineError):
    """Telegram does not know this bot. Stop; the operator must correct the settings."""

    server: str

    def __str__(self) -> str:
        return f"{self.server} refuses the bot token: check TELEGRAM_BOT_TOKEN, and TELEGRAM_API_URL if it is set"


class BoundedRequest(BaseRequest):
    """The request class that python-telegram-bot is given, on one pool of connections."""

    def __init__(self, in_flight: int, tls: ssl.SSLContext, proxy: str | None) -> None:
        super().__init__()
        self._in_flight = in_flight
        self._tls = tls
        self._proxy = proxy
        self._slots = asyncio.Semaphore(in_flight)
        self._pool: httpx.AsyncHTTPTransport | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer; the long poll adds its own waiting time."""
        return CALL_SECONDS

    async def initialize(self) -> None:
        """Open a pool if there is none."""
        self._opened()

    async def shutdown(self) -> None:
        """Close the pool; the next call opens a fresh one."""
        pool, self._pool = self._pool, None
        if pool is not None:
            with contextlib.suppress(TimeoutError, OSError, httpx.HTTPError):
                async with asyncio.timeout(2):
                    await pool.aclose()

    async def do_request(  # noqa: PLR0917 - the inherited signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """One call: status and body. Raises NotSent, PerhapsSent or SlowDown."""
        seconds = float(read_timeout) if isinstance(read_timeout, int | float) else CALL_SECONDS
        request = httpx.Request(
            method,
            url,
            data=request_data.json_parameters if request_data else None,
            files=request_data.multipart_data if request_data else None,
            extensions={
                "timeout": {"connect": CONNECT_SECONDS, "read": seconds, "write": CALL_SECONDS, "pool": CONNECT_SECONDS}
            },
        )
        async with self._slots:
            code, body = await self._exchange(request, seconds + CONNECT_SECONDS)
        if code == httpx.codes.TOO_MANY_REQUESTS:
            raise SlowDown(_retry_after(body))
        return code, body

    async def _exchange(self, request: httpx.Request, seconds: float) -> tuple[int, bytes]:
        try:
            async with asyncio.timeout(seconds):
                response = await self._opened().handle_async_request(request)
                try:
                    body = bytearray()
                    async for chunk in response.aiter_raw():
                        body += chunk
                        if len(body) > LARGEST_ANSWER:
                            raise PerhapsSent("the answer is larger than any Telegram gives")
                finally:
                    await response.aclose()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
            raise NotSent(type(error).__name__) from error
        except (httpx.HTTPError, TimeoutError) as error:
            raise PerhapsSent(type(error).__name__) from error
        return response.status_code, bytes(body)

    def _opened(self) -> httpx.AsyncHTTPTransport:
        if self._pool is None:
            limits = httpx.Limits(max_connections=self._in_flight, max_keepalive_connections=self._in_flight)
            self._pool = httpx.AsyncHTTPTransport(verify=self._tls, trust_env=False, limits=limits, proxy=self._proxy)
        return self._pool

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON. Unlike the inherited one it never logs what it could not read."""
        try:
            answer = json.loads(payload)
        except ValueError as error:
            raise NetworkError("the answer is not JSON") from error
        if not isinstance(answer, dict):
            raise NetworkError("the answer is not a JSON object")
        return answer


class PollRequest(BoundedRequest):
    """The requests of the long poll. An update that cannot be read must not hide the ones behind it."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON, with every unreadable update reduced to its id."""
        answer = BoundedRequest.parse_json_payload(payload)
        updates = answer.get("result")
        if isinstance(updates, list):
            numbered = [each for each in updates if isinstance(each, dict) and isinstance(each.get("update_id"), int)]
            answer["result"] = [each if _readable(each) else {"update_id": each["update_id"]} for each in numbered]
        return answer


@dataclass(frozen=True)
class TelegramApi:
    """One bot at one Bot API server. Polling has its own pool, so that it can be thrown away when stuck."""

    bot: Bot = field(repr=False)  # it shows its token
    server: str
    sending: BoundedRequest
    polling: PollRequest

    async def close(self) -> None:
        """Close all connections."""
        await self.sending.shutdown()
        await self.polling.shutdown()


def open_api(token: str, api_url: str, proxy: str | None = None, passport_key: bytes | None = None) -> TelegramApi:
    """The bot of `token` at a Bot API server such as https://api.telegram.org; nothing is called yet.

    `passport_key` opens what owners share from Telegram Passport.
    """
    # The library reads this switch itself, whenever it parses a duration; without it every voice note warns.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    server = api_url.rstrip("/")
    tls = httpx.create_ssl_context(trust_env=False)
    sending, polling = BoundedRequest(IN_FLIGHT, tls, proxy), PollRequest(1, tls, proxy)
    bot = Bot(
        token,
        base_url=f"{server}/bot",
        base_file_url=f"{server}/file/bot",
        request=sending,
        get_updates_request=polling,
        private_key=passport_key,
    )
    return TelegramApi(bot=bot, server=server, sending=sending, polling=polling)


def _retry_after(body: bytes) -> float:
    try:
        return max(0.0, float(json.loads(body)["parameters"]["retry_after"]))
    except (ValueError, KeyError, TypeError):
        return 1.0


def _readable(update: dict[str, Any]) -> bool:
    try:
        Update.de_json(update, None)
    except Exception:  # whatever the reason, only this one update is skipped
        return False
    return True
