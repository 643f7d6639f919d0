"""`lendline up`, `web`, `telegram`, `worker`: the parts of a running installation, together or as processes."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import click
import structlog
import uvicorn

from bot.channels import Channel
from bot.serving import parts_of
from bot.settings import Settings
from bot.telegram.channel import TelegramChannel
from bot.telegram.polling import Polling
from bot.telegram.requests import TelegramApi, open_api
from bot.web.app import create_app
from bot.web.health import database_check
from bot.wiring import House, now, open_house
from flows.errors import LendlineError
from flows.texts import LANGUAGES

log = structlog.get_logger(__name__)

GRACE = 2  # seconds: an open stream must not hold up a stop
COMMANDS = ("start", "status", "help", "human", "privacy", "cancel")
host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
port_option = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))


class PollingDead(LendlineError):
    """The long poll has not completed for too long; `/readyz` is red until it does."""

    def __str__(self) -> str:
        return "Telegram polling is not alive"


@click.command()
@host_option
@port_option
def up(host: str, port: int) -> None:
    """Run everything in one process: web, workers, and Telegram when a token is set."""
    asyncio.run(_up(Settings(), host, port))


@click.command()
@host_option
@port_option
def web(host: str, port: int) -> None:
    """Run the web part alone: lender API, consent pages, health."""
    asyncio.run(_web(Settings(), host, port))


@click.command()
def telegram() -> None:
    """Run the Telegram intake alone (long polling); `lendline worker` delivers."""
    asyncio.run(_telegram(Settings()))


@click.command()
def worker() -> None:
    """Run the workers alone: delivery, background work, timers."""
    asyncio.run(_worker(Settings()))


async def _up(settings: Settings, host: str, port: int) -> None:
    async with AsyncExitStack() as stack:
        api = await _opened_api(stack, settings)
        house = await stack.enter_async_context(open_house(settings, _channels(api)))
        parts: list[Coroutine[Any, Any, None]] = []
        polling = None if api is None else Polling(api, house.door.take, now)
        if api is not None and polling is not None:
            await _set_commands(house, api)
            parts.append(polling.run())
        parts.append(_serve(house, host, port, polling))
        await _until_stopped(parts, lambda: _announce(house, host, port, telegram=api is not None))


async def _web(settings: Settings, host: str, port: int) -> None:
    async with open_house(settings, work=False) as house:
        said = f"Lendline's web part listens on http://{host}:{port}"
        await _until_stopped([_serve(house, host, port, None)], lambda: click.echo(said))


async def _telegram(settings: Settings) -> None:
    async with AsyncExitStack() as stack:
        api = await _opened_api(stack, settings)
        if api is None:
            raise click.ClickException("TELEGRAM_BOT_TOKEN is not set; get a token from @BotFather and set it")
        house = await stack.enter_async_context(open_house(settings, work=False))
        await _set_commands(house, api)
        await _until_stopped(
            [Polling(api, house.door.take, now).run()], lambda: click.echo("Lendline listens on Telegram")
        )


async def _worker(settings: Settings) -> None:
    async with AsyncExitStack() as stack:
        api = await _opened_api(stack, settings)
        await stack.enter_async_context(open_house(settings, _channels(api)))
        await _until_stopped([], lambda: click.echo("Lendline's workers are at work"))


async def _opened_api(stack: AsyncExitStack, settings: Settings) -> TelegramApi | None:
    if settings.telegram_token is None:
        return None
    api = open_api(settings.telegram_token.get_secret_value(), settings.telegram_api)
    stack.push_async_callback(api.close)
    return api


def _channels(api: TelegramApi | None) -> Iterable[Channel]:
    return () if api is None else (TelegramChannel(api),)


async def _set_commands(house: House, api: TelegramApi) -> None:
    """Show the commands in the menu; a server that is out of reach gets them at the next start."""
    texts = house.library.texts
    menu = {lang: {name: texts.get(lang, f"command.{name}") for name in COMMANDS} for lang in LANGUAGES}
    try:
        await TelegramChannel(api).set_commands(menu)
    except LendlineError as error:
        log.info("commands_not_set", error=type(error).__name__)


async def _serve(house: House, host: str, port: int, polling: Polling | None) -> None:
    checks = {"database": database_check(house.database)}
    if polling is not None:
        checks["telegram"] = _polling_check(polling)
    config = uvicorn.Config(
        create_app(parts_of(house, checks)),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,  # addresses hold tokens of owners
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    server = _Server(config)
    try:
        await server.serve()
    except SystemExit as error:  # uvicorn's way to say that it cannot listen
        raise click.ClickException(
            f"cannot listen on {host}:{port}; is the port taken? Choose another --port"
        ) from error


class _Server(uvicorn.Server):
    """A server that leaves the signals to us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def _polling_check(polling: Polling) -> "Callable[[], Coroutine[Any, Any, None]]":
    async def check() -> None:
        if not polling.healthy(now()):
            raise PollingDead

    return check


async def _until_stopped(parts: list[Coroutine[Any, Any, None]], announce: Callable[[], None]) -> None:
    """Run the parts until one ends or a signal asks to stop; a part that fails is raised."""
    gc.collect()
    gc.freeze()  # what is loaded now lives for ever: full collections need not look at it and pause turns
    async with _stopping() as stop:
        tasks = [asyncio.create_task(part) for part in parts]
        waiting = asyncio.create_task(stop.wait())
        announce()
        try:
            done, _ = await asyncio.wait({*tasks, waiting}, return_when=asyncio.FIRST_COMPLETED)
            for task in done - {waiting}:
                task.result()
        finally:
            for task in (*tasks, waiting):
                task.cancel()
            await asyncio.gather(*tasks, waiting, return_exceptions=True)


@asynccontextmanager
async def _stopping() -> AsyncIterator[asyncio.Event]:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def _announce(house: House, host: str, port: int, *, telegram: bool) -> None:
    base = f"http://{host}:{port}"
    click.echo("Lendline is up. Stop with Ctrl-C.")
    click.echo(f"  health      {base}/healthz  {base}/readyz  {base}/metrics")
    click.echo(f"  lender API  {base}/lenders  (its docs: {base}/docs)")
    click.echo(f"  Telegram    {'long polling' if telegram else 'off: set TELEGRAM_BOT_TOKEN to turn it on'}")
    click.echo(f"  database    {house.settings.database_url.partition(':')[0]} in {house.settings.home}")
