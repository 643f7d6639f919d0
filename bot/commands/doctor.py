"""`lendline doctor`: checks settings, database, keys, fonts, clock, sources, texts; names what is wrong and the fix."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from time import time

import click
import httpx
from pydantic import SecretStr

from bot.settings import Settings
from bot.wiring import open_library, open_passport, open_sealer
from bot.workers.endpoints import endpoints
from flows.errors import LendlineError
from integrations.database.engine import Database
from integrations.documents.papers.extra import ocr_is_here
from integrations.sources.declared import manifests

OWN_PAGE = "oauth2_code"  # the access of a source at whose own page the owner signs in
OPEN = "open"  # no key is asked for
Check = Callable[[Settings], Awaitable[str]]


@click.command(short_help="Check the installation; say what is wrong and the fix.")
def doctor() -> None:
    """Check the installation; name what is wrong and how to put it right."""
    settings = Settings()
    click.echo("Settings (secrets are not shown)")
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        shown = "set" if isinstance(value, SecretStr) else ("not set" if value is None else str(value))
        click.echo(f"  {field.validation_alias!s:<24} {shown:<40} {field.description}")
    click.echo("Checks")
    wrong = asyncio.run(_run(settings))
    if wrong:
        raise click.ClickException(f"{wrong} of {len(CHECKS)} checks failed")
    click.echo("All is well.")


async def _run(settings: Settings) -> int:
    wrong = 0
    for name, check in CHECKS.items():
        try:
            found = await check(settings)
            click.echo(f"  ok      {name}: {found}")
        except (LendlineError, OSError, ValueError) as error:
            wrong += 1
            click.echo(f"  WRONG   {name}: {error}")
    return wrong


async def _keys(settings: Settings) -> str:

    sealer = open_sealer(settings)
    if sealer.unseal_text(sealer.seal_text("probe")) != "probe":
        raise ValueError("what is sealed does not open again; check LENDLINE_SECRET_KEYS")
    return "encryption at rest works"


async def _database(settings: Settings) -> str:

    settings.home.mkdir(parents=True, exist_ok=True)
    database = await Database.open(settings.database_url)
    await database.close()
    return f"{settings.database_url.partition(':')[0]}, reachable and migrated"


async def _clock(settings: Settings) -> str:
    del settings
    drift = abs(time() - datetime.now(UTC).timestamp())
    year = datetime.now(UTC).year
    if drift > 1 or year < 2026:
        raise ValueError("the system clock is wrong; set it, or signatures of lenders will be refused as stale")
    return datetime.now(UTC).isoformat(timespec="seconds")


async def _library(settings: Settings) -> str:

    library = open_library(settings)
    texts = len(library.texts.by_lang["en"])
    return f"{texts} texts, {len(library.products)} products, {len(library.sources)} sources"


async def _passport(settings: Settings) -> str:
    if settings.telegram_passport_key is None:
        return "not offered; set TELEGRAM_PASSPORT_KEY to offer it"
    if settings.telegram_token is None:
        raise ValueError("TELEGRAM_PASSPORT_KEY is set without TELEGRAM_BOT_TOKEN; set both or neither")
    key = open_passport(settings)
    return f"offered by bot {key.bot_id}" if key is not None else "not offered"


async def _fonts(settings: Settings) -> str:
    del settings
    from integrations.press.glyphs import SAMPLE, ours  # noqa: PLC0415 - fonts are opened only here and for printing

    known = ours()
    missing = [char for char in SAMPLE if char not in known]
    if missing:
        raise ValueError(f"the fonts for papers are damaged: {' '.join(missing)} cannot be printed; install again")
    return f"{len(known)} characters print with the fonts that ship with the program"


async def _photos(settings: Settings) -> str:
    del settings
    return "read here" if ocr_is_here() else "kept for staff, not read; install the extra `ocr` to read them"


async def _scoring(settings: Settings) -> str:
    return "reference service in this process" if settings.scoring_url is None else f"service at {settings.scoring_url}"


async def _sources(settings: Settings) -> str:
    real = endpoints(settings)
    known = {each.name: each for each in manifests()}
    unspoken = [name for name, at in real.items() if at.profile and at.profile not in known[name].profiles]
    if unspoken:
        name = unspoken[0]
        raise ValueError(f"{name} does not speak {real[name].profile}; set one of: {', '.join(known[name].profiles)}")
    plain = sorted(name for name, at in real.items() if at.url.startswith("http:") and not _loopback(at.url))
    if plain:
        raise ValueError(f"{plain[0]} is reached without encryption; give its address with https://")
    away = sorted(name for name in real if known[name].auth == OWN_PAGE)
    if away and settings.public_url is None:
        raise ValueError(f"{away[0]} sends owners to its own page; set LENDLINE_PUBLIC_URL, so that they can come back")
    keyless = {name for name, at in real.items() if known[name].speaking(at.profile).auth == OPEN}
    bare = sorted(name for name, at in real.items() if name not in keyless and not at.credentials.id.get_secret_value())
    found = [f"{name} at {httpx.URL(at.url).host}" for name, at in real.items()]
    found += [f"{name} without an id, which most systems refuse" for name in bare]
    return "; ".join(found) or f"sandboxes for all {len(known)}"


def _loopback(url: str) -> bool:
    return httpx.URL(url).host in {"127.0.0.1", "localhost", "::1"}


CHECKS: dict[str, Check] = {
    "keys": _keys,
    "database": _database,
    "clock": _clock,
    "texts, products and sources": _library,
    "sources": _sources,
    "scoring": _scoring,
    "fonts": _fonts,
    "Telegram Passport": _passport,
    "photos of papers": _photos,
}
