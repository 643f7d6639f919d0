"""Webhook mode of the stand: it calls the bot, again until it hears 200, and carries out what the answer asks for."""

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from tests.stand.stand import Stand

AGAIN = 0.05  # seconds; the real one is more patient
SECRET = "X-Telegram-Bot-Api-Secret-Token"


class Calling:
    """Calls one bot. With `twice`, every update goes out two times at the same instant."""

    def __init__(self, stand: "Stand") -> None:
        self.url = ""
        self.secret = ""
        self.twice = False
        self.answers: list[int] = []
        self._stand = stand
        self._tasks: set[asyncio.Task[None]] = set()

    def deliver(self, update: dict[str, Any]) -> None:
        """Call with an update, in the loop of the server."""
        for _ in range(2 if self.twice else 1):
            task = asyncio.create_task(self._deliver(update))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up on what was not taken."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver(self, update: dict[str, Any]) -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            while self.url:
                try:
                    answer = await client.post(self.url, json=update, headers={SECRET: self.secret})
                except httpx.HTTPError:
                    await asyncio.sleep(AGAIN)
                    continue
                self.answers.append(answer.status_code)
                if answer.status_code == 200:
                    self._stand.confirm(update["update_id"])
                    await self._carry_out(answer.json())
                    return
                await asyncio.sleep(AGAIN)

    async def _carry_out(self, asked: dict[str, Any]) -> None:
        method = asked.pop("method", "")
        if method:
            params = {key: value if isinstance(value, str) else json.dumps(value) for key, value in asked.items()}
            await self._stand.call(method, params)
