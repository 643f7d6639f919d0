"""Section 5 of the outside contract: each answer of the lender API, and what it leaves behind."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from pydantic import JsonValue

from flows.application.lifecycle import Milestone, Status
from flows.conversation import Conversation, TaskAnswer
from flows.engine.decision import Decision
from flows.engine.library import Library
from flows.events import Event
from integrations.database.queries import blobs, lenders
from integrations.database.queries.blobs import StoredBlob
from integrations.database.queries.conversations import ConversationMoved
from integrations.lenders import ocen, signature
from tests.bot.parts import START
from tests.bot.web.site import APPLICATION, LENDER, OFFER, OTHER, OWNER, Site, event, open_site, sign

WRONG = "whsec_" + "QUFB" * 10


def problem(response: httpx.Response, status: int) -> dict[str, JsonValue]:
    """The problem in an answer, checked for its form."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, JsonValue] = response.json()
    assert found["status"] == status
    assert found["type"] == "about:blank"
    assert found["title"]
    assert found["detail"]
    return found


async def test_a_signed_status_is_durable_and_relayed(site: Site) -> None:
    response = await site.send(event(expected_by="2026-11-25T00:00:00Z"))
    assert response.status_code == 202
    assert response.json() == {"webhook_id": "msg_1", "application_id": APPLICATION, "repeated": False}
    logged = await site.rows("select origin, external_id, kind, actor from event where actor = 'lender'")
    assert logged == [(f"lender:{LENDER}", "msg_1", "lender_pushed", "lender")]
    state = await site.state()
    assert state.submission is not None
    assert state.submission.status is Status.UNDER_REVIEW
    assert await site.rows("select count(*) from outbox") == [(1,)]


async def test_the_same_webhook_id_again_is_200_and_has_no_second_effect(site: Site) -> None:
    await site.send(event())
    before = await site.rows("select count(*), (select count(*) from outbox) from event")
    response = await site.send(event("rejected", sequence=1))
    assert response.status_code == 200
    assert response.json()["repeated"] is True
    assert await site.rows("select count(*), (select count(*) from outbox) from event") == before


async def test_eight_deliveries_at_once_are_stored_once(site: Site) -> None:
    responses = await asyncio.gather(*(site.send(event()) for _ in range(8)))
    assert sorted(each.status_code for each in responses) == [200] * 7 + [202]


async def test_ids_of_two_lenders_do_not_meet(site: Site) -> None:
    await site.send(event())
    problem(await site.send(event(), lender=OTHER), 404)


@pytest.mark.parametrize("header", ["webhook-id", "webhook-timestamp", "webhook-signature"])
async def test_a_missing_header_is_401(site: Site, header: str) -> None:
    body = json.dumps(event()).encode()
    headers = site.signed(body)
    del headers[header]
    response = await site.push(body, headers)
    assert header in str(problem(response, 401)["detail"])
    assert response.headers["www-authenticate"]


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_a_stale_timestamp_is_401(site: Site, minutes: int) -> None:
    body = json.dumps(event()).encode()
    problem(await site.push(body, site.signed(body, at=site.clock() + timedelta(minutes=minutes))), 401)


async def test_another_secret_body_or_id_is_401_and_leaves_nothing(site: Site) -> None:
    body = json.dumps(event()).encode()
    good = site.signed(body)
    problem(await site.push(body, sign(body, "msg_1", WRONG, site.clock())), 401)
    problem(await site.push(body + b" ", good), 401)
    problem(await site.push(body, good | {"webhook-id": "msg_2"}), 401)
    problem(await site.push(body, site.signed(body, lender=OTHER)), 401)
    assert await site.rows("select count(*) from event") == [(0,)]


async def test_the_signature_is_checked_before_the_body_is_read(site: Site) -> None:
    problem(await site.push(b"{not json", sign(b"{not json", "msg_1", WRONG, site.clock())), 401)
    problem(await site.push(b"\xff", site.signed(b"{}")), 401)


async def test_while_a_secret_is_rotated_either_counts(site: Site) -> None:
    fresh = signature.new_secret()
    stored = await site.parts.database.read(lenders.find, LENDER)
    assert stored is not None
    both = site.parts.sealer.seal_text(f"{fresh}\n{site.keys[LENDER].secret}")
    row = lenders.StoredLender(stored.id, stored.name, both, stored.token_hash, stored.created_at)
    await site.parts.database.run(lenders.put, row)
    assert (await site.send(event(), "msg_old")).status_code == 202
    body = json.dumps(event(sequence=1)).encode()
    assert (await site.push(body, sign(body, "msg_new", fresh, site.clock()))).status_code == 202
    body = json.dumps(event(sequence=2)).encode()
    two = sign(body, "msg_two", WRONG, site.clock())
    two["webhook-signature"] += " " + site.signed(body, "msg_two")["webhook-signature"]
    assert (await site.push(body, two)).status_code == 202


async def test_unknown_lender_unknown_and_foreign_application_get_one_404(site: Site) -> None:
    body = json.dumps(event(application="LA-NONE-1")).encode()
    unknown = await site.send(event(application="LA-NONE-1"))
    foreign = await site.send(event(), lender=OTHER)
    nobody = await site.push(body, sign(body, "msg_1", WRONG, site.clock()), "no-such-lender")
    odd = await site.push(body, sign(body, "msg_1", WRONG, site.clock()), "%00'--")
    bare = await site.push(body, {}, "no-such-lender")
    assert len({problem(each, 404)["detail"] for each in (unknown, foreign, nobody, odd, bare)}) == 1
    assert await site.rows("select count(*) from event") == [(0,)]


MALFORMED: dict[str, tuple[JsonValue, str]] = {
    "no object": ([], "body"),
    "type": ({**event(), "type": "something.else"}, "type"),  # type: ignore[dict-item]
    "timestamp": ({**event(), "timestamp": "2026-11-23T04:00:00"}, "timestamp"),  # type: ignore[dict-item]
    "no data": ({**event(), "data": None}, "data"),  # type: ignore[dict-item]
    "corrects": ({**event(), "corrects": "a.b"}, "corrects"),  # type: ignore[dict-item]
    "application": (event(application=""), "data.application_id"),
    "sequence text": (event(sequence="4"), "data.sequence"),  # type: ignore[arg-type]
    "sequence yes": (event(sequence=True), "data.sequence"),
    "sequence negative": (event(sequence=-1), "data.sequence"),
    "occurred_at": (event(occurred_at="yesterday"), "data.occurred_at"),
    "occurred_at number": (event(occurred_at=1795406398), "data.occurred_at"),
    "status": (event(status="x" * 65), "data.status"),
    "offer": (event(offers=[{**OFFER, "currency": "pounds"}]), "data.offers.0.currency"),
    "offer huge": (event(offers=[{**OFFER, "amount": "1e999999"}]), "data.offers.0.amount"),
    "offer tiny": (event(offers=[{**OFFER, "total_cost": "0e-999999"}]), "data.offers.0.total_cost"),
    "offer nan": (event(offers=[{**OFFER, "apr": "NaN"}]), "data.offers.0.apr"),
    "offer negative": (event(offers=[OFFER, {**OFFER, "amount": "-5"}]), "data.offers.1.amount"),
    "fee": (event(offers=[{**OFFER, "fees": [{"name": "f", "amount": "1e30"}]}]), "data.offers.0.fees.0.amount"),
    "actions": (event(actions=[{"type": "add_document"}] * 21), "data.actions"),
    "half a pair": (event(lender_status="\ud800"), "data.lender_status"),
    "nul": (event(lender_status="a\0b"), "data.lender_status"),
}


async def test_a_malformed_event_is_422_and_names_the_field(site: Site) -> None:
    for name, (sent, field) in MALFORMED.items():
        found = problem(await site.send(sent), 422)
        assert field in [each["field"] for each in found["errors"]], name  # type: ignore[call-overload, index, union-attr]
    assert await site.rows("select count(*) from event") == [(0,)]


HAZARDS = {
    "not json": b"{",
    "empty": b"",
    "nan": b'{"type": NaN}',
    "infinity": b'{"type": [-Infinity]}',
    "key twice": b'{"type": "a", "type": "b"}',
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "rather deep": b'{"data":' * 40 + b"1" + b"}" * 40,
    "huge whole": b'{"data": {"sequence": ' + b"9" * 5000 + b"}}",
    "huge fraction": b'{"data": 1e400}',
    "huge exponent": b'{"data": 1e99999999999999999999}',
    "byte order mark": b"\xef\xbb\xbf{}",
}


async def test_json_that_two_readers_could_understand_differently_is_422(site: Site) -> None:
    for name, body in HAZARDS.items():
        found = problem(await site.push(body, site.signed(body)), 422)
        assert found["errors"], name


async def test_what_is_not_utf_8_cannot_be_signed_and_is_401(site: Site) -> None:
    problem(await site.push(json.dumps(event()).encode("utf-16"), site.signed(b"")), 401)


async def test_a_body_above_256_kib_is_413_declared_or_not(site: Site) -> None:
    large = b"[" + b"1," * 131_072 + b"1]"
    problem(await site.push(large, site.signed(large)), 413)
    problem(await site.push(b"{}", site.signed(b"{}") | {"content-length": "9" * 30}), 413)
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 10_000_000:
            sent += 65_536
            yield b" " * 65_536

    response = await site.client.post(f"/lenders/{LENDER}/events", content=endless(), headers=site.signed(b"{}"))
    problem(response, 413)


async def test_the_largest_allowed_body_is_read(site: Site) -> None:
    body = json.dumps(event()).encode()
    body += b" " * (256 * 1024 - len(body))
    assert (await site.push(body, site.signed(body))).status_code == 202


async def test_unknown_members_are_ignored(site: Site) -> None:
    sent = event(new_member={"deep": [1, 2.5, None]})
    assert (await site.send({**sent, "also": "new"})).status_code == 202  # type: ignore[dict-item]


async def test_an_illegal_transition_is_stored_flagged_and_not_shown(site: Site) -> None:
    assert (await site.send(event("disbursed"))).status_code == 202
    state = await site.state()
    assert state.submission is not None
    assert state.submission.status is Status.SUBMITTED
    assert await site.rows("select person_wanted != '' from conversation") == [(1,)]


async def test_an_unknown_status_is_kept_raw(site: Site) -> None:
    assert (await site.send(event("paused_for_tea", lender_status="TEA"))).status_code == 202
    state = await site.state()
    assert state.submission is not None
    assert state.submission.raw_status == "TEA"


async def test_a_late_one_is_recorded_and_not_relayed(site: Site) -> None:
    await site.send(event(sequence=3), "msg_3")
    assert (await site.send(event("rejected", sequence=2), "msg_2")).status_code == 202
    state = await site.state()
    assert state.submission is not None
    assert state.submission.status is Status.UNDER_REVIEW


async def test_a_mistake_of_a_flow_does_not_lose_the_event(database_url: str, library: Library) -> None:
    def broken(_before: Conversation, _event: Event, _now: object) -> Decision:
        raise ZeroDivisionError

    async with open_site(database_url, library, decide=broken) as site:
        assert (await site.send(event())).status_code == 202
        assert await site.rows("select error from event where actor = 'lender'") == [("ZeroDivisionError",)]


async def test_what_could_not_be_stored_is_503_and_may_come_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def moved(*_args: object) -> None:
        raise ConversationMoved(OWNER)

    with monkeypatch.context() as patched:
        patched.setattr(site.parts.door, "take", moved)
        response = await site.send(event())
        problem(response, 503)
        assert response.headers["retry-after"]
    assert (await site.send(event())).status_code == 202


async def test_the_packet_is_what_was_signed(site: Site) -> None:
    response = await site.read()
    assert response.status_code == 200
    packet = response.json()
    assert packet["application_id"] == APPLICATION
    assert packet["fields"]["business_legal_name"] == {
        "value": "Juniper Lane Grocery Ltd",
        "source": "registry",
        "record": "company",
        "consent_id": "c-3F9C21B07A44-1-1",
        "observed_at": "2026-11-23T04:00:00Z",
        "window": None,
        "confirmed_at": "2026-11-23T04:00:00Z",
    }
    assert packet["fields"]["amount_requested"]["value"] == {"amount": "15000.00", "currency": "GBP"}
    assert [each["name"] for each in packet["features"]] == ["licence_age_m"]
    assert [each["id"] for each in packet["consents"]] == ["c-3F9C21B07A44-1-1"], "refused and open ones stay private"
    assert packet["status"]["status"] == "submitted"
    assert packet["status"]["turn"] == "lender"
    assert packet["documents"] == []
    assert packet["accepted_offer"] is None
    assert response.headers["cache-control"] == "no-store"


async def test_the_packet_shows_the_status_and_the_accepted_offer_of_now(site: Site) -> None:
    await site.send(event("offered", offers=[OFFER]))
    state = await site.state()
    assert state.submission is not None
    state.submission.accepted = "O-1"
    await site.put(state)
    packet = (await site.read()).json()
    assert packet["status"]["status"] == "offered"
    assert packet["accepted_offer"]["amount"] == "15000.00"
    assert packet["accepted_offer"]["instalment"] == "1308.25"


async def test_a_packet_needs_the_lenders_own_token(site: Site) -> None:
    for token in ("", "wrong", site.keys[OTHER].token):
        response = await site.read(token=token)
        problem(response, 401)
        assert response.headers["www-authenticate"] == "Bearer"
    path = f"/lenders/{LENDER}/applications/{APPLICATION}"
    problem(await site.client.get(path), 401)
    problem(await site.client.get(path, headers={"authorization": f"Basic {site.keys[LENDER].token}"}), 401)
    problem(await site.client.get(path.replace(LENDER, "nobody"), headers={"authorization": "Bearer "}), 401)


async def test_a_packet_of_nobody_or_of_another_lender_is_404(site: Site) -> None:
    foreign = problem(await site.read(lender=OTHER), 404)
    for application in ("LA-NONE-1", "%00", "x" * 500):
        assert problem(await site.read(application), 404) == foreign


async def test_a_milestone_is_relayed_and_the_status_stands(site: Site) -> None:
    await site.send(event("under_review"))
    since = (await site.state()).submission
    await site.send(event("under_review", 1, milestone="kyc_completed"), "msg_2")
    after = (await site.state()).submission
    assert since is not None
    assert after is not None
    assert (after.milestone, after.since) == (Milestone.KYC_COMPLETED, since.since)
    await site.send(event("under_review", 2, milestone="moon_landing"), "msg_3")
    assert (await site.state()).submission is not None


async def test_a_lender_that_speaks_ocen_is_understood(site: Site) -> None:
    await site.parts.database.run(lenders.put_system, lenders.StoredSystem(LENDER, ocen.DIALECT))
    await site.send(event("PROCESSING"))
    await site.send(event("KYC_FAILED", 1), "msg_2")
    submission = (await site.state()).submission
    assert submission is not None
    assert (submission.status, submission.raw_status) == (Status.ACTION_REQUIRED, "KYC_FAILED")
    assert submission.milestone is Milestone.KYC_FAILED


async def _sent_back(site: Site, content: bytes) -> str:
    """The owner has answered a task with a file; its id."""
    await site.send(event("action_required", actions=[{"type": "add_document", "document": "lease"}]))
    state = await site.state()
    assert state.submission is not None
    answer = TaskAnswer(place=0, documents=("t-1",), at=START)
    state.submission.answers = (answer,)
    sha256, sealed = hashlib.sha256(content).hexdigest(), site.parts.sealer.seal_bytes(content)
    blob = StoredBlob("t-1", OWNER, sha256, len(content), sealed, START, START + timedelta(days=9))
    await site.parts.database.run(blobs.put, blob)
    await site.put(state)
    return "t-1"


async def test_a_document_is_read_by_its_lender_once_its_owner_has_sent_it(site: Site) -> None:
    content = b"%PDF-1.7 a lease"
    path = f"/lenders/{LENDER}/applications/{APPLICATION}/documents/{await _sent_back(site, content)}"
    bearer = {"authorization": f"Bearer {site.keys[LENDER].token}"}
    problem(await site.client.get(path, headers=bearer), 404)  # not sent yet
    state = await site.state()
    assert state.submission is not None
    state.submission.status = Status.UNDER_REVIEW
    await site.put(state)
    packet = (await site.read()).json()
    sha256 = hashlib.sha256(content).hexdigest()
    assert packet["documents"] == [{"document": "lease", "id": "t-1", "sha256": sha256, "size": len(content)}]
    assert packet["answers"][0]["documents"] == ["t-1"]
    answer = await site.client.get(path, headers=bearer)
    assert (answer.content, answer.headers["content-type"]) == (content, "application/pdf")
    assert answer.headers["content-disposition"] == 'attachment; filename="t-1.pdf"'
    assert (await site.state()).accesses[-1].kind == "read"
    problem(await site.client.get(path), 401)
    problem(await site.client.get(path.replace("t-1", "t-2"), headers=bearer), 404)
    foreign = {"authorization": f"Bearer {site.keys[OTHER].token}"}
    problem(await site.client.get(path.replace(LENDER, OTHER), headers=foreign), 404)
