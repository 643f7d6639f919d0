"""A loopback server that speaks OpenAI's chat-completions protocol, with the dialects and faults of real ones."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

DIALECTS = (
    "tools",
    "prose",
    "json only",
    "fenced json",
    "wrong types",
    "empty choices",
    "half json",
    "tool of another name",
)
FAULTS = ("500", "429", "401", "not json", "hang", "huge")


class Server:
    """What it answers is set by the test; `asked` keeps the bodies it was sent."""

    def __init__(self) -> None:
        self.dialect = "tools"
        self.reply: dict[str, Any] = {}
        self.asked: list[dict[str, Any]] = []
        self.app = Starlette(routes=[Route("/v1/chat/completions", self.complete, methods=["POST"])])

    @property
    def sent(self) -> str:
        """All that left for the model."""
        return json.dumps([each["messages"] for each in self.asked], ensure_ascii=False)

    async def complete(self, request: Request) -> Response:
        body = await request.json()
        self.asked.append(body)
        match self.dialect:
            case "500":
                return JSONResponse({"error": {"message": "overloaded"}}, status_code=500)
            case "429":
                return JSONResponse({"error": {"message": "slow down"}}, status_code=429)
            case "401":
                return JSONResponse({"error": {"message": "bad key"}}, status_code=401)
            case "not json":
                return Response("<html>gateway</html>", media_type="text/html")
            case "huge":
                return _completion({"role": "assistant", "content": "x" * 3_000_000})
            case "hang":
                await asyncio.sleep(30)
        return self._speak(body)

    def _speak(self, body: dict[str, Any]) -> Response:
        text = json.dumps(self.reply, ensure_ascii=False)
        tools = body.get("tools") or []
        name = tools[0]["function"]["name"] if tools else ""
        match self.dialect:
            case "prose":
                return _completion({"role": "assistant", "content": "Sure! The owner wants a loan."})
            case "json only":  # knows no tools: answers in JSON when asked for it
                if tools:
                    return _completion({"role": "assistant", "content": "I cannot call tools."})
                return _completion({"role": "assistant", "content": text})
            case "fenced json":
                return _completion({"role": "assistant", "content": f"```json\n{text}\n```"})
            case "wrong types":
                return _called(name, '{"commands": "twelve", "answerable": "perhaps"}')
            case "half json":
                return _called(name, text[: len(text) // 2])
            case "tool of another name":
                return _called("submit_application", text)
            case "empty choices":
                return JSONResponse({"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": []})
        return _called(name, text)


def _called(name: str, arguments: str) -> Response:
    call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}}
    return _completion({"role": "assistant", "content": None, "tool_calls": [call]})


def _completion(message: dict[str, Any]) -> Response:
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return JSONResponse(
        {"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice], "usage": usage}
    )


@asynccontextmanager
async def served(server: Server) -> AsyncIterator[str]:
    """Serve on a free port of loopback; gives the base address."""
    config = uvicorn.Config(server.app, host="127.0.0.1", port=0, log_level="warning", lifespan="off")
    running = uvicorn.Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        task = asyncio.create_task(running.serve(sockets=[listening]))
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        finally:
            running.should_exit = running.force_exit = True
            await task
