"""`lendline up`, `web`, `telegram`, `worker`: the parts of a running installation, together or as processes."""

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import click

from bot.channels import Channel
from bot.commands.staff import login_link
from bot.metrics import Metrics
from bot.serving import ElectedPoll, checks_of, listen, parts_of
from bot.settings import Settings
from bot.web.app import create_app, create_probes
from bot.web.chat.channel import WebChannel
from bot.web.console.people import People
from bot.web.console.roles import Role
from bot.web.webhook import Hook
from bot.wiring import House, now, open_house
from integrations.database import dialect, migrations

if TYPE_CHECKING:
    from bot.intake import Intake

FIRST_STAFF = "Admin"
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
        bot = await _bot(stack, settings)
        await _prepare(settings)
        house = await stack.enter_async_context(open_house(settings, _channels(bot), observer=metrics))
        polling = None if bot is None else bot.poll(house)
        hook = None if bot is None else bot.hook(house)
        app = create_app(parts_of(house, checks_of(house, polling), metrics=metrics, hook=hook))
        parts = [listen(app, host, port)]
        if polling is not None:
            parts.append(polling.run())
        if bot is not None:
            parts.extend(bot.announced(house, hook))
        link = await _first_link(house, host, port)
        await _until_stopped(stop, parts, lambda: _announce(house, host, port, _way(bot, hook), link))


async def _prepare(settings: Settings) -> None:
    """Make or renew the tables of a file before it is opened."""
    if dialect.is_sqlite(settings.database_url):
        settings.home.mkdir(parents=True, exist_ok=True)
        await asyncio.to_thread(migrations.upgrade_apart, settings.database_url)


async def _web(stop: asyncio.Event, settings: Settings, host: str, port: int) -> None:
    async with AsyncExitStack() as stack:
        metrics = Metrics()
        bot = await _bot(stack, settings)
        house = await stack.enter_async_context(open_house(settings, work=False, observer=metrics))
        hook = None if bot is None else bot.hook(house)
        app = create_app(parts_of(house, checks_of(house), metrics=metrics, hook=hook))
        parts = [listen(app, host, port)]
        if bot is not None:
            parts.extend(bot.announced(house, hook))
        said = f"Lendline's web part listens on http://{host}:{port}"
        await _until_stopped(stop, parts, lambda: click.echo(said))


async def _telegram(stop: asyncio.Event, settings: Settings, host: str, health_port: int | None) -> None:
    if settings.telegram_webhook:
        raise click.ClickException(
            "TELEGRAM_WEBHOOK_URL is set, so `lendline web` takes the updates; unset it to poll instead"
        )
    async with AsyncExitStack() as stack:
        metrics = Metrics()
        bot = await _bot(stack, settings)
        if bot is None:
            raise click.ClickException("TELEGRAM_BOT_TOKEN is not set; get a token from @BotFather and set it")
        house = await stack.enter_async_context(open_house(settings, work=False, observer=metrics))
        polling = bot.polling(house)
        parts = [polling.run(), *_probes(house, metrics, host, health_port, polling)]
        await _until_stopped(stop, parts, lambda: click.echo("Lendline listens on Telegram"))


async def _worker(stop: asyncio.Event, settings: Settings, host: str, health_port: int | None) -> None:
    async with AsyncExitStack() as stack:
        metrics = Metrics()
        channels = _channels(await _bot(stack, settings))
        house = await stack.enter_async_context(open_house(settings, channels, observer=metrics))
        parts = _probes(house, metrics, host, health_port)
        await _until_stopped(stop, parts, lambda: click.echo("Lendline's workers are at work"))


async def _bot(stack: AsyncExitStack, settings: Settings) -> "Intake | None":
    if settings.telegram_token is None:
        return None
    from bot import intake  # noqa: PLC0415 - an installation without Telegram carries nothing of it

    return await intake.opened(stack, settings, settings.telegram_token.get_secret_value())


def _channels(bot: "Intake | None") -> Iterable[Channel]:
    return (WebChannel(),) if bot is None else (WebChannel(), bot.channel())


def _probes(
    house: House, metrics: Metrics, host: str, port: int | None, polling: ElectedPoll | None = None
) -> list[Coroutine[Any, Any, None]]:
    if port is None:
        return []
    return [listen(create_probes(parts_of(house, checks_of(house, polling), metrics=metrics)), host, port)]


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


def _way(bot: "Intake | None", hook: Hook | None) -> str:
    if bot is None:
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
