"""Ready replies: the built-in ones filled in, changed, taken away and brought back; new ones; wrong ones refused."""

import pytest

from bot.web.console.replies import MOST, VARIABLES, built_in, filled, unknown
from bot.web.console.roles import Role
from flows.engine.library import Library
from flows.texts import LANGUAGES
from tests.bot.web.console.staff import PATH, SAME, Colleague, owner_says, signed_in
from tests.bot.web.site import Site

PAGE = "/console/replies"


async def writes(colleague: Colleague, **form: str) -> int:
    answer = await colleague.client.post(PAGE, data=form, headers=SAME)
    return answer.status_code


async def offered(colleague: Colleague) -> str:
    return (await colleague.get(PATH)).text


async def test_a_changed_reply_is_offered_with_names_filled_in(site: Site) -> None:
    await owner_says(site, "hello")
    async with signed_in(site, "Sue Park", Role.SUPERVISOR) as sue, signed_in(site, "Ann Reed", Role.AGENT) as ann:
        assert "Hello" in await offered(ann)
        form = {"key": "hello", "title_en": "Welcome", "text_en": "Good day {shop}, {me} here.", "title_zh": "你好"}
        assert await writes(sue, **form, text_zh="您好，我是{me}。") == 303
        assert 'data-insert="Good day Juniper Lane Grocery Ltd, Ann here."' in await offered(ann)
        assert await writes(sue, key="hello", do="remove") == 303
        assert "Good day" not in await offered(ann)
        assert "Bring back" in (await sue.get(PAGE)).text
        assert await writes(sue, key="hello", do="restore") == 303
        assert "needn&#39;t repeat anything" in await offered(ann)


async def test_a_new_reply_in_one_language_is_for_owners_of_that_language(site: Site) -> None:
    async with signed_in(site, "Sue Park", Role.SUPERVISOR) as sue:
        assert await writes(sue, title_zh="稍等", text_zh="请稍等。") == 303
        assert await writes(sue, title_en="Holiday", text_en="We are back on Monday.") == 303
        page = await offered(sue)
        assert "We are back on Monday." in page
        assert "请稍等。" not in page
        assert "请稍等。" in (await sue.get(PAGE)).text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"title_en": "Empty"}, "Write a text"),
        ({"text_en": "No title"}, "belong together"),
        ({"title_en": "Odd", "text_en": "Dear {lender.secret}"}, "lender.secret"),
    ],
)
async def test_a_wrong_reply_is_refused_and_what_was_typed_stays(site: Site, form: dict[str, str], said: str) -> None:
    async with signed_in(site, "Sue Park", Role.SUPERVISOR) as sue:
        answer = await sue.client.post(PAGE, data=form, headers=SAME)
        assert answer.status_code == 422
        assert said in answer.text
        assert all(value in answer.text for value in form.values())


async def test_only_supervisors_write_and_there_is_an_end(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann, signed_in(site, "Sue Park", Role.SUPERVISOR) as sue:
        assert await writes(ann, title_en="Mine", text_en="Mine") == 403
        assert (await ann.get(PAGE)).status_code == 403
        answers = [await writes(sue, title_en=f"R{number}", text_en="x") for number in range(MOST + 1)]
        assert answers == [303] * MOST + [422]
        assert "Changed a ready reply" in (await sue.get("/console/audit")).text


def test_nothing_but_our_names_is_filled_in(library: Library) -> None:
    assert filled("{me} {__class__} {owner}", {"me": "Ann", "owner": "{me}"}) == "Ann {__class__} {me}"
    for lang in LANGUAGES:
        for key in ("hello", "decision"):
            assert unknown(built_in(library.texts, key, lang)[1]) == ()
    assert unknown("{me.__class__}") == ("me.__class__",)
    assert len(VARIABLES) == 4
