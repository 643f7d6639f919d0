"""Passkeys in a browser, with a virtual authenticator behind it (Chrome DevTools Protocol, domain WebAuthn)."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPerson
from tests.browser.pages import Person, violations
from tests.browser.server import Server


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server at an address with a name: browsers make no passkeys for numbers."""
    with Server(tmp_path_factory.mktemp("named"), host="localhost") as running:
        yield running


def authenticator(one: Person) -> Callable[[], object]:
    """Give a browser an authenticator; what is returned makes it fail to verify who is there."""
    session = one.context.new_cdp_session(one.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    stranger = {"authenticatorId": made["authenticatorId"], "isUserVerified": False}
    return lambda: session.send("WebAuthn.setUserVerified", stranger)


def entered(server: Server, one: Person, name: str) -> Page:
    link = server.lendline("staff", "add", name, "--role", "agent", "--url", server.base).split()[0]
    one.page.goto(link)
    return one.page


def test_a_passkey_is_added_signs_in_and_is_removed(named: Server, person: OpenPerson) -> None:
    one = person(locale="en-GB")
    authenticator(one)
    page = entered(named, one, "Ann Reed")
    expect(page.get_by_role("link", name="Set up how you sign in")).to_be_visible()
    page.goto(f"{named.base}/console/account")
    page.get_by_label("Name of the device").fill("Work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("status").first).to_contain_text("The passkey is added")
    expect(page.get_by_text("Work laptop")).to_be_visible()
    expect(page.get_by_role("link", name="Set up how you sign in")).to_have_count(0)
    assert violations(page) == []
    assert "set up" in named.lendline("staff", "list")
    page.get_by_role("button", name="Remove: Work laptop").click()
    expect(page.get_by_text("This is your only way in")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("#inbox")).to_be_visible()
    page.goto(f"{named.base}/console/account")
    expect(page.get_by_text("last used")).to_be_visible()


def test_a_passkey_whose_owner_was_not_verified_is_refused(named: Server, person: OpenPerson) -> None:
    one = person(locale="en-GB")
    one.expected = ("401",)
    becomes_a_stranger = authenticator(one)
    page = entered(named, one, "Ben Cole")
    page.goto(f"{named.base}/console/account")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("The passkey is added")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    becomes_a_stranger()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing has changed")
    expect(page.get_by_label("Password")).to_be_visible()


def test_without_a_name_passkeys_are_not_offered(server: Server, person: OpenPerson) -> None:
    page = person(locale="en-GB").go("/console/login")
    expect(page.get_by_label("Password")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
