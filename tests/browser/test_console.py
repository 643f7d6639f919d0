"""The console in a browser: an owner and two members of staff at once, by mouse and keyboard, in all sizes."""

import time
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPerson, SignIn, open_thread
from tests.browser.pages import has_no_sideways_scroll, is_reachable, violations
from tests.browser.server import Server
from tests.browser.shop import Shop

MORE = ("/replies", "/overview", "/nothing", "/login")


def test_of_two_who_take_over_one_wins(server: Server, person: OpenPerson, staff: SignIn, shop: Shop) -> None:
    first, second = person(), person()
    first.expected = second.expected = ("409",)
    ann, ben = staff(first, "Ann Reed", "agent"), staff(second, "Ben Cole", "agent")
    for page in (ann, ben):
        open_thread(page, server, shop)
    ann.get_by_role("button", name="Take over").dispatch_event("click")
    ben.get_by_role("button", name="Take over").dispatch_event("click")
    for page in (ann, ben):
        expect(page.get_by_role("button", name="Take over")).to_have_count(0)
    winners = [page for page in (ann, ben) if page.get_by_role("button", name="Hand back").count()]
    assert len(winners) == 1
    loser = ben if winners == [ann] else ann
    expect(loser.locator("#banner")).to_contain_text("speaks; the assistant is silent")
    winners[0].get_by_role("button", name="Hand back").click()
    expect(loser.get_by_role("button", name="Take over")).to_be_visible()


def test_a_message_is_there_in_half_a_second(server: Server, person: OpenPerson, staff: SignIn, shop: Shop) -> None:
    page = open_thread(staff(person(), "Ann Reed", "agent"), server, shop)
    took: list[float] = []
    for number in range(5):
        text = f"Number {number}: can I pay back early?"
        began = time.monotonic()
        shop.says(text)
        page.get_by_text(text).first.wait_for()
        took.append(time.monotonic() - began)
    assert min(took) < 0.5, took


def test_take_over_answer_note_and_hand_back(server: Server, person: OpenPerson, staff: SignIn, shop: Shop) -> None:
    page = open_thread(staff(person(), "Ann Reed", "agent"), server, shop)
    step = shop.step()
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_role("button", name="Hand back")).to_be_visible()
    shop.says("what does APR mean?")
    expect(page.get_by_text("what does APR mean?").first).to_be_visible()
    box = page.get_by_label("Message", exact=True)
    box.fill("I think this shop is a friend of mine")
    page.get_by_role("button", name="Private note").click()
    expect(page.locator(".entry.note")).to_contain_text("a friend of mine")
    box.fill("It is the yearly price of a loan.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".entry.staff").last).to_contain_text("yearly price")
    expect(box).to_have_value("")
    page.get_by_role("button", name="Hand back").click()
    expect(page.get_by_role("button", name="Take over")).to_be_visible()
    assert shop.step() == step
    heard = shop.heard()
    assert "yearly price of a loan." in heard
    assert "Ann" in heard
    assert "friend of mine" not in heard


def test_all_of_it_from_the_keyboard(server: Server, person: OpenPerson, staff: SignIn, shop: Shop) -> None:
    page = open_thread(staff(person(), "Ann Reed", "agent"), server, shop)
    page.keyboard.press("t")
    expect(page.get_by_role("button", name="Hand back")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("only for us")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".entry.note")).to_contain_text("only for us")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("Hello from the keyboard")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".entry.staff").last).to_contain_text("from the keyboard")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("b")
    expect(page.get_by_role("button", name="Take over")).to_be_visible()
    assert "only for us" not in shop.heard()
    page.reload()
    assert is_reachable(page, "Take over")
    assert is_reachable(page, "Send")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height", "scale"), [(1440, 900, 1), (390, 844, 1), (720, 450, 2)])
def test_every_page_is_accessible_and_fits(
    server: Server,
    person: OpenPerson,
    staff: SignIn,
    shop: Shop,
    *,
    lang: str,
    scheme: str,
    width: int,
    height: int,
    scale: int,
) -> None:
    options: dict[str, Any] = {"color_scheme": scheme, "device_scale_factor": scale}
    someone = person(viewport={"width": width, "height": height}, **options)
    someone.expected = ("404",)  # the page of an address where nothing is
    page = staff(someone, "Mina Sato", "supervisor")  # whose language stays as it was chosen last
    page.goto(f"{server.base}/console/account")
    page.locator(f'button[value="{lang}"]').click()
    for path in ("", "?list=open", f"/conversations/{shop.conversation}", "/account", "/people", "/audit", *MORE):
        someone.go(f"/console{path}")
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert violations(page) == [], path
        assert has_no_sideways_scroll(page), path


def test_without_scripts_the_console_reads_and_acts(
    server: Server, person: OpenPerson, staff: SignIn, shop: Shop
) -> None:
    page = staff(person(java_script_enabled=False), "Ann Reed", "agent")
    page.goto(f"{server.base}/console/conversations/{shop.conversation}")
    page.get_by_label("Message", exact=True).fill("No scripts here")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".entry.staff").last).to_contain_text("No scripts here")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("button", name="Open again")).to_be_visible()


def test_a_draft_survives_a_reload(server: Server, person: OpenPerson, staff: SignIn, shop: Shop) -> None:
    page = open_thread(staff(person(), "Ann Reed", "agent"), server, shop)
    page.get_by_label("Message", exact=True).fill("half a thought")
    page.reload()
    expect(page.get_by_label("Message", exact=True)).to_have_value("half a thought")


def test_two_who_look_at_one_conversation_know_of_each_other(
    server: Server, person: OpenPerson, staff: SignIn, shop: Shop
) -> None:
    ann = open_thread(staff(person(), "Ann Reed", "agent"), server, shop)
    ben = open_thread(staff(person(), "Ben Cole", "agent"), server, shop)
    expect(ann.locator("#here")).to_contain_text("Ben is looking at this too.")
    expect(ben.locator("#here")).to_contain_text("Ann is looking at this too.")
    ben.get_by_label("Message", exact=True).press_sequentially("I will")
    expect(ann.locator("#here")).to_contain_text("Ben is typing.")
    ben.goto(f"{server.base}/console")
    expect(ann.locator("#here")).to_be_empty()


def test_a_reply_that_a_supervisor_writes_is_there_for_agents(
    server: Server, person: OpenPerson, staff: SignIn, shop: Shop
) -> None:
    boss = staff(person(), "Rita Moss", "supervisor")
    boss.goto(f"{server.base}/console/replies")
    new = boss.locator("form.reply-form").last
    new.locator('[name="title_en"]').fill("Holiday")
    new.locator('[name="text_en"]').fill("We are back on Monday, says {me}.")
    new.get_by_role("button").first.click()
    expect(boss.get_by_role("status").first).to_contain_text("Kept")
    page = open_thread(staff(person(), "Ann Reed", "agent"), server, shop)
    page.keyboard.press("h")
    expect(page.locator("#knowledge")).to_be_focused()
    page.get_by_role("button", name="Holiday").click()
    expect(page.get_by_label("Message", exact=True)).to_have_value("We are back on Monday, says Ann.")


def test_an_erasure_is_shown_and_saved(server: Server, person: OpenPerson, staff: SignIn, shop: Shop) -> None:
    page = open_thread(staff(person(), "Sue Park", "supervisor"), server, shop)
    page.get_by_text("More", exact=True).click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Erase the owner's data").click()
    expect(page.get_by_role("heading", name="Erased")).to_be_visible()
    assert violations(page) == []
    with page.expect_download() as coming:
        page.get_by_role("button", name="Save as a file").click()
    assert coming.value.suggested_filename == f"erasure-{shop.conversation}.json"
