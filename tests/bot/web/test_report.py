"""The page of a report: the owner's own, and one shown to somebody by a link that ends."""

import html
import json
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from bot.workers.recordkeeping import Batch
from bot.workers.reporting import Reporter
from flows.application.records import Bounds, Records, Transaction
from flows.consent import ConsentState
from flows.conversation import Conversation, Share
from integrations.database.tables import records
from integrations.lenders.packet_signature import public_key
from integrations.reports.signing import PURPOSE, verified
from tests.bot.web.site import OWNER, REGISTRY, Site

WHO = {"name": "Ann Bell", "firm": "Harbour", "form": "html"}
OWN = {"sec-fetch-site": "same-origin"}


@pytest.fixture
async def shared(site: Site) -> Share:
    """A site whose owner has a year at the bank and shows the report to somebody."""
    moved = [
        Transaction(str(month), "1", date(2026, month, 7), Decimal(1000 + month), "GBP", party="Buyer")
        for month in range(1, 11)
    ]
    ledger = Records(transactions=moved, bounds=Bounds(since=date(2026, 1, 1), balance=Decimal(5000)))
    row = {
        "consent_id": REGISTRY.id,
        "conversation_id": OWNER,
        "source": "registry",
        "read_at": site.clock(),
        "count": len(ledger),
        "body": site.parts.sealer.seal(Batch(ledger=ledger)),
    }
    await site.parts.database.run(lambda connection: connection.execute(sa.insert(records).values(row)))
    share = Share(id="share-1", recipient="Harbour", made_at=site.clock(), expires_at=site.clock() + timedelta(days=7))
    await change(site, shares=(share,))
    return share


async def change(site: Site, **update: object) -> Conversation:
    state = await site.state()
    state.report = state.report.model_copy(update=update)
    await site.put(state)
    return state


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


async def test_the_owners_own_page_and_files(site: Site, shared: Share) -> None:
    here = f"/report/{site.parts.links.report_token(OWNER)}"
    page = await site.client.get(here)
    assert page.status_code == 200
    assert "1,010.00" in text_of(page.text)
    assert "script" not in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    paper = await site.client.get(f"{here}/pdf")
    assert paper.content.startswith(b"%PDF-")
    data = await site.client.get(f"{here}/json")
    keys = tuple(public_key(each) for each in site.parts.sealer.derived(PURPOSE))
    report, _ = verified(data.content, keys)
    assert report.sample  # a bank without an address of its own is a sandbox
    assert json.loads(data.content)["months"][-1]["inflow"] == "1010.00"
    assert (await site.client.get(f"{here}/exe")).status_code == 404
    assert shared.id not in page.text


async def test_whoever_opens_a_shared_report_says_who_they_are(site: Site, shared: Share) -> None:
    here = f"/report/{site.parts.links.report_token(OWNER, shared.id)}"
    door = await site.client.get(here)
    assert door.status_code == 200
    assert "1,010.00" not in door.text  # a preview in a messenger shows and counts nothing
    assert (await site.state()).report.shares[0].opened == ()
    assert "1,010.00" not in (await site.client.post(here, data={"name": "A"}, headers=OWN)).text

    opened = await site.client.post(here, data=WHO, headers=OWN)
    assert "1,010.00" in text_of(opened.text)
    again = await site.client.post(here, data={**WHO, "form": "pdf"}, headers=OWN)
    assert again.content.startswith(b"%PDF-")
    assert [each.who for each in (await site.state()).report.shares[0].opened] == ["Ann Bell, Harbour"]
    assert (await site.client.get(f"{here}/json")).status_code == 404
    foreign = await site.client.post(here, data=WHO, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403


async def test_a_link_that_ended_opens_nothing(site: Site, shared: Share) -> None:
    here = f"/report/{site.parts.links.report_token(OWNER, shared.id)}"
    await change(site, shares=(shared.model_copy(update={"ended": True}),))
    for answer in (await site.client.get(here), await site.client.post(here, data=WHO, headers=OWN)):
        assert answer.status_code == 410
        assert "1,010.00" not in answer.text


async def test_a_link_runs_out(site: Site, shared: Share) -> None:
    here = f"/report/{site.parts.links.report_token(OWNER, shared.id)}"
    site.clock.now += timedelta(days=8)
    assert (await site.client.get(here)).status_code == 410


@pytest.mark.parametrize("token", ["x", "A" * 200, "..%2f..%2fetc"])
async def test_a_made_up_link_opens_nothing(site: Site, token: str) -> None:
    assert (await site.client.get(f"/report/{token}")).status_code == 404


async def test_a_consents_link_opens_no_report(site: Site) -> None:
    token = site.parts.links.consent_token(OWNER, REGISTRY.id)
    assert (await site.client.get(f"/report/{token}")).status_code == 404


async def test_what_a_consent_brought_is_not_shown_once_it_is_revoked(site: Site, shared: Share) -> None:
    state = await site.state()
    del shared
    state.consents[REGISTRY.id] = REGISTRY.model_copy(update={"state": ConsentState.REVOKED})
    parts = site.parts
    made = await Reporter(parts.database, parts.sealer, site.clock).report(state)
    assert all(each.inflow is None for each in made.months)
    assert REGISTRY.id not in {each.consent_id for each in made.sources}
