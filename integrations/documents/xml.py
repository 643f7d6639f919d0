"""XML from outside: no DTD, no entities, bounded in depth and number; names without their namespace."""

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from integrations.documents.document import DEEPEST, Unreadable

MOST_ELEMENTS = 6_000_000


def elements(content: bytes) -> Iterator[tuple[Element, bool]]:
    """Each element as it begins (without its content, False) and when it is complete (True). Raises Unreadable."""
    depth = count = 0
    try:
        for event, element in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
            begins = event == "start"
            depth += 1 if begins else -1
            count += begins
            if depth > DEEPEST or count > MOST_ELEMENTS:
                raise Unreadable("damaged", "too deep or too many elements")
            yield element, not begins
    except ParseError as error:
        raise Unreadable("damaged", "xml") from error
    except DefusedXmlException as error:
        raise Unreadable("damaged", type(error).__name__) from error
    except (LookupError, ValueError) as error:  # an encoding that is not known or not kept
        raise Unreadable("damaged", "encoding") from error


def name(element: Element) -> str:
    """The local name of an element."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: Element) -> str:
    """The namespace of an element; empty when it has none."""
    return str(element.tag).partition("}")[0].removeprefix("{") if "}" in str(element.tag) else ""


def child(element: Element | None, path: str) -> Element | None:
    """The first descendant by a path of local names, such as `Bal/Amt`; None when there is none."""
    for step in path.split("/"):
        if element is None:
            return None
        element = next((each for each in element if name(each) == step), None)
    return element


def children(element: Element | None, step: str) -> list[Element]:
    """The children of one local name."""
    return [] if element is None else [each for each in element if name(each) == step]


def words(element: Element | None, path: str = "", longest: int = 400) -> str:
    """The text at a path, in one line; empty when there is none."""
    found = child(element, path) if path else element
    return "" if found is None else " ".join((found.text or "").split())[:longest]


def flat(element: Element, longest: int = 400) -> dict[str, str]:
    """Every text below an element by its path of local names, such as `RltdPties/Dbtr/Nm`; of equal paths the first."""
    found: dict[str, str] = {}
    waiting = [("", element)]
    while waiting:
        path, now = waiting.pop()
        waiting += [(f"{path}{name(each)}/", each) for each in reversed(now)]
        if now.text and not now.text.isspace():
            found.setdefault(path[:-1], " ".join(now.text[:longest].split()))
    return found
