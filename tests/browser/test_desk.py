"""Staff sort their work in a browser: labels, a time of their own zone, what follows a reply, and being called."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPerson, SignIn, open_thread
from tests.browser.pages import violations
from tests.browser.server import Server
from tests.browser.shop import Shop

# What a page would let a person hear and see outside of it.
EARS = """
window.heard = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...at) { window.heard.push("tone"); return start.apply(this, at); };
window.Notification = class extends EventTarget {
  static permission = "granted";
  static async requestPermission() { return "granted"; }
  constructor(title) { super(); window.heard.push(title); }
};
Object.defineProperty(document, "hidden", { get: () => window.away === true });
"""


def test_a_label_is_put_on_found_by_and_taken_off(
    server: Server, person: OpenPerson, staff: SignIn, shop: Shop
) -> None:
    page = open_thread(staff(person(), "Ann Reed", "agent"), server, shop)
    page.keyboard.press("l")
    page.keyboard.type("Rush hour")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .label")).to_have_text(["rush hour×"])
    page.goto(f"{server.base}/console?list=open")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Label").select_option("rush hour")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("#inbox a.item")).to_have_count(1)
    page.locator("#inbox a.item").click()
    page.wait_for_url("**/console/conversations/**")
    expect(page.locator("html[data-live]")).to_be_attached()
    page.keyboard.press("l")
    page.get_by_role("button", name="Remove the label rush hour").click()
    expect(page.locator("#panel .label")).to_have_count(0)


def test_a_time_is_one_of_the_readers_own_zone(server: Server, person: OpenPerson, staff: SignIn, shop: Shop) -> None:
    page = open_thread(staff(person(timezone_id="Asia/Shanghai"), "Ann Reed", "agent"), server, shop)
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="1 hour")).to_be_focused()
    day = f"{datetime.now() + timedelta(days=3):%Y-%m-%d}"  # noqa: DTZ005 - a day on a calendar, near enough
    page.get_by_label("Put aside until, in Asia/Shanghai").fill(f"{day}T06:30")
    page.get_by_role("button", name="Put aside", exact=True).click()
    expect(page.locator("#banner .speaks time")).to_be_visible()
    at = datetime.fromisoformat(page.locator("#banner .speaks time").get_attribute("datetime") or "")
    assert at.utcoffset() == timedelta(0)
    assert f"{at + timedelta(hours=8):%Y-%m-%dT%H:%M}" == f"{day}T06:30"


def test_a_button_says_for_how_long(server: Server, person: OpenPerson, staff: SignIn, shop: Shop) -> None:
    page = open_thread(staff(person(), "Ann Reed", "agent"), server, shop)
    page.keyboard.press("s")
    page.get_by_role("button", name="1 week").click()
    expect(page.locator("#banner .speaks time")).to_be_visible()
    until = datetime.fromisoformat(page.locator("#banner .speaks time").get_attribute("datetime") or "")
    assert timedelta(days=6) < until - datetime.now(UTC) < timedelta(days=8)


def test_a_press_counts_although_the_page_changes_under_it(
    server: Server, person: OpenPerson, staff: SignIn, shop: Shop
) -> None:
    page = open_thread(staff(person(), "Ann Reed", "agent"), server, shop)
    page.get_by_role("button", name="Take over").hover()
    with page.expect_response("**/lines?*"):
        page.mouse.down()
        shop.says("Hello?")
    page.wait_for_timeout(500)
    page.mouse.up()
    expect(page.get_by_role("button", name="Hand back")).to_be_visible()
    expect(page.locator("#log")).to_contain_text("Hello?")


def test_a_time_that_is_over_is_refused_in_words(server: Server, person: OpenPerson, staff: SignIn, shop: Shop) -> None:
    one = person()
    one.expected = ("422",)
    page = open_thread(staff(one, "Ann Reed", "agent"), server, shop)
    page.keyboard.press("s")
    page.get_by_label("Put aside until").fill("2020-01-01T06:30")
    page.get_by_role("button", name="Put aside", exact=True).click()
    expect(page.locator("#toast")).to_contain_text("Choose a time from now on")
    expect(page.get_by_label("Put aside until")).to_have_value("2020-01-01T06:30")


def test_a_reply_closes_the_conversation(server: Server, person: OpenPerson, staff: SignIn, shop: Shop) -> None:
    page = open_thread(staff(person(), "Ann Reed", "agent"), server, shop)
    page.get_by_label("Once it is sent").select_option("close")
    page.get_by_label("Message", exact=True).fill("All done, good luck!")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("button", name="Open again")).to_be_visible()
    expect(page.get_by_label("Once it is sent")).to_have_value("")
    expect(shop.page.locator("#log")).to_contain_text("All done, good luck!")


def test_staff_are_called_when_they_asked_for_it(server: Server, person: OpenPerson, staff: SignIn, shop: Shop) -> None:
    one = person()
    one.context.add_init_script(EARS)
    page = staff(one, "Ann Reed", "agent")
    page.goto(f"{server.base}/console")
    expect(page.locator("html[data-live]")).to_be_attached()
    toggle = page.get_by_role("button", name="Alerts")
    expect(toggle).to_have_attribute("aria-pressed", "false")
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#toast")).to_contain_text("You will hear it")
    page.evaluate("window.heard = []; window.away = true")
    shop.says("I want to talk to a person")
    page.wait_for_function("() => window.heard.length === 3")
    assert page.evaluate("window.heard") == ["tone", "tone", "An owner waits for a person"]
    toggle.click()
    assert heard_after_another_call(page, shop) == 3
    assert violations(page) == []


def heard_after_another_call(page: Page, shop: Shop) -> int:
    """How much was heard in all once the list shows that another owner waits."""
    before = int(page.locator(".rail").get_attribute("data-needs") or 0)
    another = Shop.beside(shop)
    another.says("I want to talk to a person")
    expect(page.locator(".rail")).to_have_attribute("data-needs", str(before + 1))
    return int(page.evaluate("window.heard.length"))


def test_what_is_ticked_and_written_stays_while_the_page_renews_itself(
    server: Server, person: OpenPerson, staff: SignIn, shop: Shop
) -> None:
    page = open_thread(staff(person(), "Sue Park", "supervisor"), server, shop)
    page.keyboard.press("s")
    page.get_by_role("checkbox").check()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("l")
    page.keyboard.type("half a lab")
    page.evaluate("document.activeElement.blur()")
    before = page.locator("#banner").get_attribute("data-last")
    shop.says("are you still there?")
    expect(page.locator("#banner")).not_to_have_attribute("data-last", before or "")
    expect(page.get_by_role("checkbox")).to_be_checked()
    expect(page.get_by_label("New label")).to_have_value("half a lab")


@pytest.mark.parametrize("keys", ["t", "?"])
def test_keys_do_nothing_while_somebody_writes(
    server: Server, person: OpenPerson, staff: SignIn, shop: Shop, keys: str
) -> None:
    page = open_thread(staff(person(), "Ann Reed", "agent"), server, shop)
    box = page.get_by_label("Message", exact=True)
    box.press_sequentially(keys)
    expect(box).to_have_value(keys)
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Take over")).to_be_visible()
