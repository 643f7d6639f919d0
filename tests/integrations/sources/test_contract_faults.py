"""How every source meets trouble: failures, limits, slowness, broken answers; nobody is named in what it says."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta

import pytest

from flows.errors import (
    LendlineError,
    SourceRefused,
    SourceUnavailable,
    SourceUnreadable,
    SubjectUnknown,
)
from integrations.merchants import Merchant
from integrations.toolkit.http import Limits
from tests.integrations.sources.bench import (
    FILES,
    TODAY,
    Bench,
    Break,
    bench,
    busy,
    cut_off,
    hang,
    known_at,
    refuse_connection,
    status,
    subject_of,
)

ById = Callable[[str], Merchant]


FAILURES: dict[str, tuple[tuple[Break, ...], type[LendlineError]]] = {
    "401": ((status(401),), SourceRefused),
    "403": ((status(403),), SourceRefused),
    "429": ((status(429),) * 3, SourceUnavailable),
    "5xx": ((status(500), status(502), status(503)), SourceUnavailable),
    "nobody listens": ((refuse_connection,) * 3, SourceUnavailable),
    "truncated": ((status(200, body=b'{"items": [{"tru'),), SourceUnreadable),
    "html": ((status(200, body=b"<html>maintenance</html>"),), SourceUnreadable),
    "another shape": ((status(200, body=b'"sorry"'),), SourceUnreadable),
    "empty": ((status(200, body=b""),), SourceUnreadable),
    "not utf-8": ((status(200, body=b"\xff\xfe\x00"),), SourceUnreadable),
    "deep": ((status(200, body=b"[" * 100_000),), SourceUnreadable),
    "too large": ((status(200, body=b" " * (9 * 1024 * 1024)),), SourceUnreadable),
    "broken off": ((cut_off,) * 3, SourceUnreadable),
    "redirect": ((status(302, {"Location": "http://elsewhere.example/"}),), SourceUnreadable),
    "418": ((status(418),), SourceUnreadable),
}


@pytest.mark.parametrize(("breaks", "fact"), FAILURES.values(), ids=FAILURES.keys())
async def test_turns_failures_into_facts(
    name: str, breaks: tuple[Break, ...], fact: type[LendlineError], by_id: ById
) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        on.faults.break_next(*breaks)
        with pytest.raises(fact):
            await on.source.pull(consent, subject, grant, TODAY)


async def test_whichever_request_fails_a_fact_comes_out(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as on:
        await on.pull(merchant)
        count = len(on.faults.seen)
    for broken in (status(200, body=b'{"a": 1'), status(403)):
        for number in sorted({*range(min(count, 4)), count // 2, count - 1}):
            async with bench(name, (merchant,)) as on:
                on.faults.broken[number] = broken
                with pytest.raises((SourceUnreadable, SourceRefused, SubjectUnknown)):
                    await on.pull(merchant)


async def test_waits_as_long_as_it_is_told(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        on.faults.break_next(status(429, {"Retry-After": "3"}))
        assert (await on.source.pull(consent, subject, grant, TODAY)).records
        assert on.naps.taken == [3.0]


async def test_hands_a_long_wait_back_to_the_caller(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        on.faults.break_next(status(429, {"Retry-After": "Mon, 23 Nov 2026 09:10:00 GMT"}))
        with pytest.raises(SourceUnavailable) as caught:
            await on.source.pull(consent, subject, grant, TODAY)
        assert caught.value.retry_after == 600.0
        assert on.naps.taken == []


async def test_tries_again_after_a_failure(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,)) as on:
        consent, subject, grant = await on.connect(merchant)
        on.faults.break_next(status(500), status(503))
        assert (await on.source.pull(consent, subject, grant, TODAY)).records
        assert len(on.naps.taken) == 2
        assert all(0 < nap <= Limits().longest_wait for nap in on.naps.taken)


async def test_does_not_wait_for_ever(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,), limits=Limits(seconds=0.05)) as on:
        on.faults.break_next(hang, hang, hang)
        with pytest.raises(SourceUnavailable, match="no answer in time"):
            await on.source.connect(on.consent(), subject_of(merchant))


async def test_leaves_alone_what_keeps_failing(name: str, by_id: ById) -> None:
    merchant = known_at(name, by_id("juniper-corner"))
    async with bench(name, (merchant,), limits=Limits(attempts=1)) as on:
        consent, subject, grant = await on.connect(merchant)
        on.faults.break_next(*(status(503),) * 5)
        for _ in range(5):
            with pytest.raises(SourceUnavailable, match="503"):
                await on.source.pull(consent, subject, grant, TODAY)
        asked = len(on.faults.seen)
        with pytest.raises(SourceUnavailable, match="left alone") as caught:
            await on.source.pull(consent, subject, grant, TODAY)
        assert caught.value.retry_after == 30.0
        assert len(on.faults.seen) == asked
        on.clock.now += timedelta(seconds=30)
        assert (await on.source.pull(consent, subject, grant, TODAY)).records


@pytest.mark.many
async def test_stops_at_too_many_pages(name: str, by_id: ById) -> None:
    merchant = busy(known_at(name, by_id("banri-tea")))
    async with bench(name, (merchant,), limits=Limits(pages=5)) as on:
        if on.manifest.auth == FILES:
            pytest.skip("a file is one page")
        with pytest.raises(SourceUnreadable, match="more than 5 pages"):
            await on.pull(merchant)


async def test_logs_and_errors_name_nobody(name: str, by_id: ById, caplog: pytest.LogCaptureFixture) -> None:
    merchant = known_at(name, by_id("paper-lantern-books"))
    said: list[str] = []
    with caplog.at_level(logging.DEBUG):
        async with bench(name, (merchant,)) as on:
            await on.pull(merchant)
            for breaks in ((status(503),) * 3, (status(403),), (_poisoned(on),)):
                consent, subject, grant = await on.connect(merchant)
                on.faults.break_next(*breaks)
                try:
                    await on.source.pull(consent, subject, grant, TODAY)
                except LendlineError as error:
                    said += [str(error), repr(error)]
    written = "\n".join([caplog.text, *said])
    assert written.strip()
    for secret in _secrets(merchant, on):
        assert secret not in written


def _poisoned(on: Bench) -> Break:
    """An answer of the right kind with a personal value where another type belongs."""
    return status(200, body=json.dumps({"Data": "FARRO962041I99ZZ", "items": "FARRO962041I99ZZ"}).encode())


def _secrets(merchant: Merchant, on: Bench) -> list[str]:
    profile = merchant.profile
    person, bank = profile.representative, profile.bank
    known = [person.name, person.family.upper(), person.id_number, bank.account, profile.email, profile.phone]
    for request in on.faults.seen:
        known += [
            request.headers[key].split(" ")[-1] for key in ("Authorization", "Consent-Handle") if key in request.headers
        ]
    return [*known, bank.closed_account or bank.account]
