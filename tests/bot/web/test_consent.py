"""The consent page as an owner meets it: what it says, what an answer does, and what it refuses."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.links import LIFETIME, Links, LinkUnknown
from flows.connect import CONSENT_PAGE
from flows.consent import ConsentState
from flows.messages import Choice, Say
from integrations.database.sealing import Sealer
from tests.bot.parts import KEY, Clock
from tests.bot.web.site import APPLICATION, BANK, BASE, OWNER, REGISTRY, TAX, Site, owner

SAME = {"sec-fetch-site": "same-origin"}


class Outline(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


def path(site: Site, consent_id: str = TAX.id) -> str:
    return f"/consent/{site.parts.links.consent_token(OWNER, consent_id)}"


async def answered(site: Site, where: str, answer: str, headers: dict[str, str] | None = None) -> httpx.Response:
    return await site.client.post(where, data={"answer": answer}, headers=SAME if headers is None else headers)


async def draft(site: Site, lang: str = "en", name: str = "Juniper Lane Grocery Ltd") -> None:
    """Have the owner still at the connecting step."""
    await site.put(owner(lang, name=name, submitted=False))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            [
                "Tax records",
                "tax returns, tax payments",
                "this loan application only",
                "23 November 2026",
                "90 days",
                "Harbour Trade",
            ],
        ),
        (
            "zh",
            [
                "税务记录",
                "纳税申报、缴税记录",
                "仅用于这次贷款申请",
                "2026年11月23日",
                "90 天",
                "不同意",
                "海港贸易金融",
            ],
        ),
    ],
)
async def test_the_page_says_what_why_when_who_and_how_long(site: Site, lang: str, words: list[str]) -> None:
    await draft(site, lang)
    response = await site.client.get(path(site))
    assert response.status_code == 200
    page = Outline(response.text)
    for word in [*words, "Juniper Lane Grocery Ltd", "••••\N{NO-BREAK SPACE}4321", "/privacy"]:
        assert word in page.text, word
    assert "07654321" not in response.text


async def test_the_page_is_accessible_and_has_no_script(site: Site) -> None:
    await draft(site, "zh")
    page = Outline((await site.client.get(path(site))).text)
    tags = dict(page.tags)
    assert tags["html"]["lang"] == "zh-Hans"
    assert [page.count(tag) for tag in ("script", "style", "main", "header", "h1", "form", "button")] == [
        0,
        0,
        1,
        1,
        1,
        1,
        2,
    ]
    assert "width=device-width" in str([attrs for tag, attrs in page.tags if tag == "meta"])
    label = tags["form"]["aria-labelledby"]
    assert label in [attrs.get("id") for _, attrs in page.tags]
    assert not [attrs for _, attrs in page.tags if any(name.startswith("on") or name == "style" for name in attrs)]
    buttons = [attrs for tag, attrs in page.tags if tag == "button"]
    assert [each["value"] for each in buttons] == ["allow", "refuse"]
    assert [{key for key in each if key != "value"} for each in buttons] == [{"name"}] * 2, "neither may look like more"


async def test_the_stylesheet_the_page_names_is_there(site: Site) -> None:
    page = (await site.client.get(path(site))).text
    found = re.search(r'href="(/static/[^"]+)"', page)
    assert found is not None
    response = await site.client.get(found.group(1))
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/css")
    assert "immutable" in response.headers["cache-control"]


async def test_allow_starts_the_fetching_once_and_shows_it(site: Site) -> None:
    await draft(site)
    where = path(site)
    response = await answered(site, where, "allow")
    assert response.status_code == 303
    assert response.headers["location"] == where
    assert (await site.state()).consents[TAX.id].state is ConsentState.ACTIVE
    assert await site.rows("select kind, consent_id from job") == [("start_pull", TAX.id)]
    page = Outline((await site.client.get(where)).text)
    assert "You allowed this" in page.text
    assert "23 November 2026" in page.text
    assert page.count("form") == 0

    for again in ("allow", "refuse"):
        assert (await answered(site, where, again)).status_code == 303
        assert (await answered(site, path(site), again)).status_code == 303
    assert (await site.state()).consents[TAX.id].state is ConsentState.ACTIVE
    assert await site.rows("select count(*) from job") == [(1,)]


async def test_refuse_fetches_nothing_and_shows_it(site: Site) -> None:
    await draft(site, "zh")
    where = path(site)
    assert (await answered(site, where, "refuse")).status_code == 303
    assert (await site.state()).consents[TAX.id].state is ConsentState.REJECTED
    assert await site.rows("select count(*) from job") == [(0,)]
    page = Outline((await site.client.get(where)).text)
    assert "您没有同意" in page.text
    assert page.count("form") == 0


async def test_what_was_answered_in_the_chat_counts_here_too(site: Site) -> None:
    assert "You allowed this" in (await site.client.get(path(site, REGISTRY.id))).text
    assert "You refused this" in (await site.client.get(path(site, BANK.id))).text


async def test_a_form_of_another_site_is_not_counted(site: Site) -> None:
    await draft(site)
    foreign: tuple[dict[str, str], ...] = (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "origin": BASE},
    )
    for headers in foreign:
        assert (await answered(site, path(site), "allow", headers)).status_code == 403, headers
    assert (await site.state()).consents[TAX.id].state is ConsentState.PENDING


@pytest.mark.parametrize("headers", [{"origin": BASE}, {}])
async def test_an_old_browser_and_a_program_may_answer(site: Site, headers: dict[str, str]) -> None:
    await draft(site)
    assert (await answered(site, path(site), "refuse", headers)).status_code == 303


async def test_an_unclear_answer_is_never_a_yes(site: Site) -> None:
    await draft(site)
    where = path(site)
    for body in (b"", b"answer=yes", b"answer=", b"answer=allow&answer=refuse", b"\xff", b"a&b&c&d&e", b"answer=Allow"):
        response = await site.client.post(where, content=body, headers=SAME)
        assert response.status_code == 422, body
    assert (await site.state()).consents[TAX.id].state is ConsentState.PENDING


async def test_a_large_form_is_not_read(site: Site) -> None:
    await draft(site)
    assert (await site.client.post(path(site), content=b"a" * 5000, headers=SAME)).status_code == 413


async def test_a_link_works_for_a_day_and_for_one_purpose(site: Site) -> None:
    await draft(site, "zh")
    where = path(site)
    token = site.parts.links.state_token(OWNER, TAX.id)
    changed = where[:-8] + ("A" if where[-8] != "A" else "B") + where[-7:]
    for wrong in (f"/consent/{token}", changed, where[:-4], "/consent/x", "/consent/%00%ff", "/consent/" + "a" * 2000):
        response = await site.client.get(wrong, headers={"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"})
        assert response.status_code == 404
        assert "这个链接打不开" in response.text
    site.clock.turn(LIFETIME.total_seconds())
    for response in (await site.client.get(where), await answered(site, where, "allow")):
        assert response.status_code == 410
        assert "这个链接已过期" in response.text
    assert (await site.state()).consents[TAX.id].state is ConsentState.PENDING


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=40) | st.text("ABCabc019_-=", min_size=90, max_size=140))
def test_no_other_text_is_a_link(token: str) -> None:
    links = Links(Sealer([KEY]), Clock(), BASE)
    with pytest.raises(LinkUnknown):
        links.read_consent_token(token)


async def test_a_consent_whose_time_is_over_cannot_be_allowed(site: Site) -> None:
    """Its link may be younger than the question itself."""
    await draft(site)
    site.clock.turn(timedelta(hours=23).total_seconds())
    where = path(site)
    site.clock.turn(timedelta(hours=2).total_seconds())
    assert "This permission has expired" in (await site.client.get(where)).text
    assert (await answered(site, where, "allow")).status_code == 303
    assert await site.rows("select count(*) from job") == [(0,)]


async def test_a_link_to_what_is_gone_says_so(site: Site) -> None:
    assert (await site.client.get(path(site, "c-none"))).status_code == 404
    token = site.parts.links.consent_token("c-nobody", TAX.id)
    assert (await site.client.get(f"/consent/{token}")).status_code == 404


async def test_an_answer_that_has_no_effect_is_not_called_recorded(site: Site) -> None:
    state = owner(submitted=False)
    state.subject = None
    await site.put(state)
    response = await answered(site, path(site), "allow")
    assert response.status_code == 409
    assert "couldn't be recorded" in Outline(response.text).text


async def test_text_from_outside_is_not_markup(site: Site) -> None:
    await draft(site, name='<script>alert(1)</script>"><img src=x>')
    response = await site.client.get(path(site))
    assert "<script" not in response.text
    assert "<img" not in response.text
    assert "alert(1)" in Outline(response.text).text


async def test_the_page_lets_its_own_form_through_its_policy(site: Site) -> None:
    response = await site.client.get(path(site))
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    # Under no-referrer browsers send `Origin: null` with forms, and the origin check would refuse the owner.
    assert response.headers["referrer-policy"] == "same-origin"


async def test_back_from_a_source_needs_a_state_of_ours(site: Site) -> None:
    state = site.parts.links.state_token(OWNER, TAX.id)
    good = await site.client.get("/consent/callback", params={"state": state, "code": "abc"})
    assert good.status_code == 200
    assert "We go on in the chat" in good.text
    denied = await site.client.get("/consent/callback", params={"state": state, "error": "access_denied"})
    assert "nothing is fetched" in denied.text
    foreign = site.parts.links.consent_token(OWNER, TAX.id)
    for wrong in ({}, {"state": "x"}, {"state": foreign}):
        assert (await site.client.get("/consent/callback", params=wrong)).status_code == 404


async def test_a_button_gets_the_address_of_the_page_it_names(site: Site) -> None:
    await draft(site)
    page = Choice(label="Read it on a page", kind="url", url=f"{CONSENT_PAGE}{TAX.id}")
    other = Choice(label="Allow", action="allow", arg="tax")
    said = Say(text="?", rows=((other,), (page,)))
    resolved = site.parts.links.resolve(said, OWNER)
    assert resolved.rows[0] == (other,)
    url = resolved.rows[1][0].url
    assert url.startswith(f"{BASE}/consent/")
    assert (await site.client.get(url)).status_code == 200
    assert APPLICATION not in url
    plain = Say(text="?", rows=((other,),))
    assert site.parts.links.resolve(plain, OWNER) is plain
