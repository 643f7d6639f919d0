"""An owner who does not have the number at hand gives the name, and picks the business from the register."""

import pytest

from flows.effects import FindBusiness
from flows.events import BusinessesFound
from flows.ports import Listed
from tests.flows.stories import NUMBERS, PHONES, Story

NAMES = {"en": "Maple Lane Bakery", "zh": "青禾茶饮"}


@pytest.fixture
def named(story: Story) -> Story:
    """An owner who was asked for the number and has typed a name."""
    story.welcomed()
    story.shares(PHONES[story.lang])
    story.types(NAMES[story.lang])
    return story


def searched(story: Story) -> FindBusiness:
    story.taps_on("find.offer.yes")
    (wanted,) = [each for each in story.effects if isinstance(each, FindBusiness)]
    return wanted


def listed(story: Story, *names: str) -> tuple[Listed, ...]:
    numbers = [NUMBERS[story.lang], "00000006", "00000014"]
    return tuple(Listed(registration_number=number, name=name) for number, name in zip(numbers, names, strict=False))


def test_from_the_name_to_the_business(named: Story) -> None:
    assert named.step == "find.offer"
    assert NAMES[named.lang] in named.heard
    wanted = searched(named)
    assert (wanted.name, wanted.country) == (NAMES[named.lang], {"en": "GB", "zh": "CN"}[named.lang])
    assert named.step == "find.wait"
    named.happens(BusinessesFound(number=wanted.number, found=listed(named, "Maple Lane Ltd", "Maple Lane North Ltd")))
    assert named.step == "find.choose"
    named.taps("Maple Lane Ltd")
    assert named.state.subject is not None
    assert named.state.subject.registration_number == NUMBERS[named.lang]
    assert named.step == "identify.lookup"
    assert named.state.search is None


def test_none_of_them_and_nothing_found_go_back_to_the_number(named: Story) -> None:
    wanted = searched(named)
    named.happens(BusinessesFound(number=wanted.number, found=listed(named, "Another Ltd")))
    named.taps_on("find.none")
    assert named.step == "identify.number"
    named.types(NAMES[named.lang])
    named.happens(BusinessesFound(number=searched(named).number))
    assert named.text("find.nothing", name=NAMES[named.lang]) in named.heard
    assert named.step == "identify.number"


@pytest.mark.parametrize("how", ["fails", "is slow"])
def test_a_register_that_does_not_answer_is_not_waited_for(named: Story, how: str) -> None:
    wanted = searched(named)
    if how == "fails":
        named.happens(BusinessesFound(number=wanted.number, fact="unavailable"))
    else:
        named.time_passes(f"find:{wanted.number}")
    assert named.text("find.unavailable", name=NAMES[named.lang]) in named.heard
    assert named.step == "identify.number"
    named.happens(BusinessesFound(number=wanted.number, found=listed(named, "Late Ltd")))
    assert named.step == "identify.number"


def test_a_number_typed_after_all_counts(named: Story) -> None:
    named.types(NUMBERS[named.lang])
    assert named.step == "identify.lookup"
    assert named.state.search is None


def test_another_name_is_another_search(named: Story) -> None:
    named.types("Juniper Corner Coffee" if named.lang == "en" else "半日茶饮")
    assert named.state.searches == 2
    assert named.step == "find.offer"


def test_an_old_answer_is_not_taken(named: Story) -> None:
    wanted = searched(named)
    named.happens(BusinessesFound(number=wanted.number + 1, found=listed(named, "Other Ltd")))
    assert named.step == "find.wait"


@pytest.mark.parametrize("words", ["What does it cost?", "I don't know", "Can I talk to a person?", "no", "hm", "12"])
def test_what_is_no_name_is_not_looked_for(english: Story, words: str) -> None:
    english.welcomed()
    english.shares(PHONES["en"])
    english.types(words)
    assert english.state.search is None


def test_a_lei_names_no_country_so_the_number_is_asked_for(story: Story) -> None:
    story.welcomed()
    story.shares(PHONES[story.lang])
    story.types("99990012AB34CD56EF72")
    assert story.text("identify.number.lei") in story.heard
    assert story.step == "identify.number"
    story.types("99990012AB34CD56EF73")
    assert story.text("identify.number.invalid") in story.heard
    assert story.state.subject is None
    story.types(NUMBERS[story.lang])
    assert story.state.subject is not None
