"""`lendline up`, `web`, `telegram`, `worker`: the parts of a running installation, together or as processes."""

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import AsyncExitStack
from typing import Any

import click
import structlog
from telegram.error import TelegramError

from bot.channels import Channel, Pace
from bot.commands.staff import login_link
from bot.metrics import Metrics
from bot.serving import ElectedPoll, checks_of, listen, parts_of
from bot.settings import Settings
from bot.telegram import webhook
from bot.telegram.channel import PACE, TelegramChannel
from bot.telegram.polling import Polling
from bot.telegram.requests import TelegramApi, open_api
from bot.web.app import create_app, create_probes
from bot.web.chat.channel import WebChannel
from bot.web.console.people import People
from bot.web.console.roles import Role
from bot.web.webhook import Hook
from bot.wiring import House, now, open_house, open_passport
from flows.errors import LendlineError
from flows.texts import LANGUAGES

log = structlog.get_logger(__name__)

FIRST_STAFF = "Admin"
COMMANDS = ("start", "status", "help", "human", "report", "privacy", "cancel")
AGAIN = 10.0  # seconds between tries to tell Telegram where to call
host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
port_option = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
probes_option = click.option(
    "--health-port", type=click.IntRange(1, 65535), help="Also serve /healthz, /readyz and /metrics on this port."
)


@click.command(short_help="Run everything in one process: web, workers, Telegram.")
@host_option
@port_option
def up(host: str, port: int) -> None:
    """Run everything in one process: web, workers, and Telegram when a token is set."""
    asyncio.run(_stoppable(lambda stop: _up(stop, Settings(), host, port)))


@click.command(short_help="Run the web part alone; any number of processes.")
@host_option
@port_option
def web(host: str, port: int) -> None:
    """Run the web part alone: lender API, consent pages, health, and Telegram's webhook when one is set."""
    asyncio.run(_stoppable(lambda stop: _web(stop, Settings(), host, port)))


@click.command(short_help="Run the Telegram intake alone (long polling).")
@host_option
@probes_option
def telegram(host: str, health_port: int | None) -> None:
    """Run the Telegram intake alone (long polling); `lendline worker` delivers. One of several polls at a time."""
    asyncio.run(_stoppable(lambda stop: _telegram(stop, Settings(), host, health_port)))


@click.command(short_help="Run the workers alone; any number of processes.")
@host_option
@probes_option
def worker(host: str, health_port: int | None) -> None:
    """Run the workers alone: delivery, background work, timers. Any number of them, on one PostgreSQL."""
    asyncio.run(_stoppable(lambda stop: _worker(stop, Settings(), host, health_port)))


async def _up(stop: asyncio.Event, settings: Settings, host: str, port: int) -> None:
    async with AsyncExitStack() as stack:
        metrics = Metrics()
        api = await _opened_api(stack, settings)
        house = await stack.enter_async_context(open_house(settings, _channels(settings, api), observer=metrics))
        polling = None if api is None or settings.telegram_webhook else _poll(house, api)
        hook = _hook(house, api)
        app = create_app(parts_of(house, checks_of(house, polling), metrics=metrics, hook=hook))
        parts = [listen(app, host, port)]
        if polling is not None:
            parts.append(polling.run())
        if hook is not None and api is not None:
            parts.append(_announced(house, api, hook))
        link = await _first_link(house, host, port)
        await _until_stopped(stop, parts, lambda: _announce(house, host, port, _way(api, hook), link))


async def _web(stop: asyncio.Event, settings: Settings, host: str, port: int) -> None:
    async with AsyncExitStack() as stack:
        metrics = Metrics()
        api = await _opened_api(stack, settings)
        house = await stack.enter_async_context(open_house(settings, work=False, observer=metrics))
        hook = _hook(house, api)
        app = create_app(parts_of(house, checks_of(house), metrics=metrics, hook=hook))
        parts = [listen(app, host, port)]
        if hook is not None and api is not None:
            parts.append(_announced(house, api, hook))
        said = f"Lendline's web part listens on http://{host}:{port}"
        await _until_stopped(stop, parts, lambda: click.echo(said))


async def _telegram(stop: asyncio.Event, settings: Settings, host: str, health_port: int | None) -> None:
    if settings.telegram_webhook:
        raise click.ClickException(
            "TELEGRAM_WEBHOOK_URL is set, so `lendline web` takes the updates; unset it to poll instead"
        )
    async with AsyncExitStack() as stack:
        metrics = Metrics()
        api = await _opened_api(stack, settings)
        if api is None:
            raise click.ClickException("TELEGRAM_BOT_TOKEN is not set; get a token from @BotFather and set it")
        house = await stack.enter_async_context(open_house(settings, work=False, observer=metrics))
        polling = _poll(house, api)
        parts = [polling.run(), *_probes(house, metrics, host, health_port, polling)]
        await _until_stopped(stop, parts, lambda: click.echo("Lendline listens on Telegram"))


async def _worker(stop: asyncio.Event, settings: Settings, host: str, health_port: int | None) -> None:
    async with AsyncExitStack() as stack:
        metrics = Metrics()
        api = await _opened_api(stack, settings)
        channels = _channels(settings, api)
        house = await stack.enter_async_context(open_house(settings, channels, observer=metrics))
        parts = _probes(house, metrics, host, health_port)
        await _until_stopped(stop, parts, lambda: click.echo("Lendline's workers are at work"))


async def _opened_api(stack: AsyncExitStack, settings: Settings) -> TelegramApi | None:
    if settings.telegram_token is None:
        return None
    key = open_passport(settings)
    token = settings.telegram_token.get_secret_value()
    api = open_api(token, settings.telegram_api, passport_key=None if key is None else key.pem)
    stack.push_async_callback(api.close)
    return api


def _channels(settings: Settings, api: TelegramApi | None) -> Iterable[Channel]:
    if api is None:
        return (WebChannel(),)
    return (WebChannel(), TelegramChannel(api, pace=Pace(per_chat=PACE.per_chat, overall=settings.telegram_pace)))


def _hook(house: House, api: TelegramApi | None) -> Hook | None:
    """What takes Telegram's calls in webhook mode."""
    settings = house.settings
    if api is None or not settings.telegram_webhook:
        return None
    if settings.telegram_webhook_secret is None:
        raise click.ClickException(
            "TELEGRAM_WEBHOOK_URL is set without TELEGRAM_WEBHOOK_SECRET; set one of 1 to 256 letters, digits, _ and -"
        )
    taking = webhook.Webhook(api, house.door.take, now)
    return Hook(taking, settings.telegram_webhook_secret.get_secret_value(), settings.telegram_webhook)


def _poll(house: House, api: TelegramApi) -> ElectedPoll:
    polling = Polling(api, house.door.take, now)

    async def work() -> None:
        await _set_commands(house, api)
        await polling.run()

    return ElectedPoll(house.database, polling, work)


async def _announced(house: House, api: TelegramApi, hook: Hook) -> None:
    """Tell Telegram where to call, until it has heard; then there is nothing more to do."""
    await _set_commands(house, api)
    while True:
        try:
            await webhook.announce(api, hook.url, hook.secret)
            break
        except TelegramError as error:
            log.warning("webhook_not_set", error=type(error).__name__)
            await asyncio.sleep(AGAIN)
    await asyncio.Event().wait()


def _probes(
    house: House, metrics: Metrics, host: str, port: int | None, polling: ElectedPoll | None = None
) -> list[Coroutine[Any, Any, None]]:
    if port is None:
        return []
    return [listen(create_probes(parts_of(house, checks_of(house, polling), metrics=metrics)), host, port)]


async def _set_commands(house: House, api: TelegramApi) -> None:
    """Show the commands in the menu; a server that is out of reach gets them at the next start."""
    texts = house.library.texts
    menu = {lang: {name: texts.get(lang, f"command.{name}") for name in COMMANDS} for lang in LANGUAGES}
    try:
        await TelegramChannel(api).set_commands(menu)
    except LendlineError as error:
        log.info("commands_not_set", error=type(error).__name__)


async def _until_stopped(
    stop: asyncio.Event, parts: list[Coroutine[Any, Any, None]], announce: Callable[[], None]
) -> None:
    """Run the parts until one ends or a stop is asked for; a part that fails is raised."""
    gc.collect()
    gc.freeze()  # what is loaded now lives for ever: full collections need not look at it and pause turns
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


async def _stoppable(run: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run with an event that a signal sets, from the first moment to the last; a second signal ends at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)

    def ask() -> None:
        stop.set()
        for number in signals:
            loop.remove_signal_handler(number)

    for number in signals:
        loop.add_signal_handler(number, ask)
    await run(stop)


def _way(api: TelegramApi | None, hook: Hook | None) -> str:
    if api is None:
        return "off: set TELEGRAM_BOT_TOKEN to turn it on"
    return "long polling" if hook is None else f"webhook at {hook.url}"


async def _first_link(house: House, host: str, port: int) -> str:
    """On the first start, a one-time link for the first supervisor; empty when there is staff already."""
    people = People(house.database, house.sealer)
    if not await people.nobody_yet():
        return ""
    token = await people.add(FIRST_STAFF, Role.SUPERVISOR, now())
    return login_link(house.settings.public_url or f"http://{host}:{port}", token)


def _announce(house: House, host: str, port: int, telegram_way: str, link: str) -> None:
    local = f"http://{host}:{port}"
    base = house.settings.public_url or local  # behind a public name no other is served
    click.echo("Lendline is up. Stop with Ctrl-C.")
    click.echo(f"  console     {base}/console")
    if link:
        click.echo(f"              sign in once, as the first supervisor: {link}")
    click.echo(f"  health      {local}/healthz  {local}/readyz  {local}/metrics")
    click.echo(f"  web chat    {base}/chat")
    click.echo(f"  lender API  {base}/lenders  (its docs: {base}/docs)")
    click.echo(f"  Telegram    {telegram_way}")
    click.echo(f"  database    {house.settings.database_url.partition(':')[0]} in {house.settings.home}")
