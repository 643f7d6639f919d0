"""The page of a co-signer: it shows little, takes one clear answer, and tells the owner and the lender."""

import httpx
import pytest
from pydantic import JsonValue

from bot.passing import LIFETIME
from flows.application.lifecycle import Status
from flows.messages import Say
from tests.bot.web.site import APPLICATION, OWNER, Site, event

NAME = "Ben <b>Okoro</b>"


@pytest.fixture
async def address(site: Site) -> str:
    """A link as it stands in the message that an owner passes on."""
    action: JsonValue = {"type": "co_sign", "party": NAME, "reason": "Both directors have to agree"}
    await site.send(event("action_required", actions=[action]))
    named = f"For Ben: lendline:party/{APPLICATION}:0:Ben%20%3Cb%3EOkoro%3C%2Fb%3E"
    text = site.parts.links.resolve(Say(text=named), OWNER).text
    return text.removeprefix("For Ben: http://web.test")


async def post(site: Site, address: str, answer: str, origin: str = "http://web.test") -> httpx.Response:
    return await site.client.post(address, data={"answer": answer}, headers={"origin": origin}, follow_redirects=True)


async def test_the_page_says_what_is_asked_and_no_more(site: Site, address: str) -> None:
    page = await site.client.get(address)
    assert page.status_code == 200
    for part in ("Ben &lt;b&gt;Okoro&lt;/b&gt;", "Both directors have to agree", "Juniper Lane Grocery Ltd", "£15,000"):
        assert part in page.text
    assert "12 months" not in page.text


@pytest.mark.parametrize(("answer", "agreed"), [("agree", True), ("refuse", False)])
async def test_one_answer_counts_and_reaches_the_lender(site: Site, address: str, answer: str, agreed: bool) -> None:
    page = await post(site, address, answer)
    assert ("You have agreed" in page.text) is agreed
    await post(site, address, "refuse" if agreed else "agree")
    submission = (await site.state()).submission
    assert submission is not None
    assert [(each.place, each.possible) for each in submission.answers] == [(0, agreed)]
    state = await site.state()
    assert state.submission is not None
    state.submission.status = Status.UNDER_REVIEW
    await site.put(state)
    (given,) = (await site.read()).json()["answers"]
    assert (given["action"]["party"], given["value"], given["possible"]) == (NAME, {"agreed": agreed}, agreed)
    assert ("You have agreed" in (await site.client.get(address)).text) is agreed


async def test_what_is_unclear_foreign_cut_off_or_late_changes_nothing(site: Site, address: str) -> None:
    assert (await post(site, address, "perhaps")).status_code == 422
    assert (await post(site, address, "agree", "http://elsewhere.test")).status_code == 403
    assert (await site.client.get(address[:-5])).status_code == 404
    site.clock.now += LIFETIME
    assert (await post(site, address, "agree")).status_code == 410
    submission = (await site.state()).submission
    assert submission is not None
    assert submission.answers == ()


async def test_a_lender_that_no_longer_asks_is_said(site: Site, address: str) -> None:
    await site.send(event("under_review", 1), "msg_2")
    page = await site.client.get(address)
    assert page.status_code == 410
    assert "no longer asked" in page.text
