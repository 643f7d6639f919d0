"""The loopback HTTP side of the stand: a small server in a thread of its own, one for any number of bots.

Its own server rather than an application server, because a test must be able to drop a connection.
"""

import asyncio
import json
import threading
from email.parser import BytesParser
from email.policy import HTTP
from itertools import count
from typing import Self
from urllib.parse import parse_qsl, unquote

import h11

from tests.stand.faults import Drop, Hang, Status, TooMany
from tests.stand.refusal import Refusal
from tests.stand.stand import Stand

_NUMBERS = count(700_000_001)


class Server:
    """`with Server() as server: stand = server.stand()`. Every stand is another bot with its own token."""

    def __init__(self) -> None:
        self.url = ""
        self._stands: dict[str, Stand] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="stand", daemon=True)
        self._ready = threading.Event()
        self._stop = asyncio.Event()

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    def stand(self) -> Stand:
        """A new bot, known to this server."""
        number = next(_NUMBERS)
        stand = Stand(number, f"{number}:loopback-stand-token", self._loop, self.url)
        self._stands[stand.token] = stand
        return stand

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        talks: set[asyncio.Task[None]] = set()

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            talks.add(task)
            try:
                await self._talk(reader, writer)
            except (ConnectionError, asyncio.CancelledError, h11.RemoteProtocolError):
                pass
            finally:
                talks.discard(task)
                writer.transport.abort()

        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in tuple(talks):
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        for stand in self._stands.values():
            await stand.calling.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER)
        while True:
            head, body = await _request(connection, reader)
            if head is None:
                return
            answer = await self._answer(head, body, connection, reader)
            if answer is None:
                return
            code, kind, content = answer
            headers = [("Content-Type", kind), ("Content-Length", str(len(content)))]
            for event in (
                h11.Response(status_code=code, headers=headers, reason=b""),
                h11.Data(data=content),
                h11.EndOfMessage(),
            ):
                writer.write(connection.send(event) or b"")
            await writer.drain()
            if connection.our_state is not h11.DONE or connection.their_state is not h11.DONE:
                return
            connection.start_next_cycle()

    async def _answer(
        self, head: h11.Request, body: bytes, connection: h11.Connection, reader: asyncio.StreamReader
    ) -> tuple[int, str, bytes] | None:
        """Status, media type and body; None when the connection is to be dropped."""
        path, _, query = head.target.decode().partition("?")
        file, bot, rest = path.startswith("/file/"), *path.removeprefix("/file").removeprefix("/").partition("/")[::2]
        try:
            stand = self._known(unquote(bot))
            if file:
                return 200, "application/octet-stream", stand.file(rest)
            params = _params(head, body, query)
            call = asyncio.create_task(self._called(stand, rest, params))
            if not await _still_there(call, connection, reader):
                return None
            result = await call
            if result is None:
                return None
            return 200, "application/json", json.dumps({"ok": True, "result": result[0]}).encode()
        except Refusal as refusal:
            return refusal.code, "application/json", json.dumps(refusal.body()).encode()
        except (ValueError, KeyError, TypeError) as error:
            stand.violations.append(f"{rest}: {error!r}")
            return 400, "application/json", json.dumps(Refusal(f"wrong parameters: {error}").body()).encode()

    def _known(self, bot: str) -> Stand:
        if not bot.startswith("bot") or ":" not in bot:
            raise Refusal("Not Found", 404)
        stand = self._stands.get(bot.removeprefix("bot"))
        if stand is None:
            raise Refusal("Unauthorized", 401)
        return stand

    async def _called(self, stand: Stand, method: str, params: dict[str, str]) -> tuple[object] | None:
        fault = stand.next_fault(method)
        match fault:
            case TooMany(retry_after=seconds):
                raise Refusal(f"retry after {seconds}", 429, seconds)
            case Status(code=code, description=description):
                raise Refusal(description, code)
            case Hang() | Drop():
                if fault.takes:
                    await stand.call(method, params)
                if isinstance(fault, Hang):
                    await asyncio.sleep(fault.seconds)
                return None
            case _:
                return (await stand.call(method, params),)


async def _still_there(
    call: asyncio.Task[tuple[object] | None], connection: h11.Connection, reader: asyncio.StreamReader
) -> bool:
    """Wait until the call is done; False, and the call cancelled, when the caller hangs up before."""
    more = asyncio.create_task(reader.read(65536))
    await asyncio.wait({call, more}, return_when=asyncio.FIRST_COMPLETED)
    more.cancel()
    await asyncio.wait({more})
    if more.cancelled():
        return True
    if not more.result():
        call.cancel()
        return False
    connection.receive_data(more.result())
    await asyncio.wait({call})
    return True


async def _request(connection: h11.Connection, reader: asyncio.StreamReader) -> tuple[h11.Request | None, bytes]:
    head: h11.Request | None = None
    body = bytearray()
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(65536))
        elif isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, h11.EndOfMessage):
            return head, bytes(body)
        else:
            return None, b""


def _params(head: h11.Request, body: bytes, query: str) -> dict[str, str]:
    kind = dict(head.headers).get(b"content-type", b"").decode()
    params = dict(parse_qsl(query, keep_blank_values=True))
    if kind.startswith("application/json"):
        given = json.loads(body or b"{}")
        params |= {name: each if isinstance(each, str) else json.dumps(each) for name, each in given.items()}
    elif kind.startswith("multipart/form-data"):
        message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
        for part in message.iter_parts():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            name = str(part.get_param("name", header="content-disposition"))
            params[name] = f"file:{part.get_filename()}:{len(content)}" if part.get_filename() else content.decode()
    else:
        params |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    return params
