"""What reads files in processes of their own: data files and text, pictures, and previews for staff."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from integrations.documents.document import Document, PaperReading, Unreadable
from integrations.documents.limits import MB, Limits
from integrations.documents.wire import DOCUMENT, PAPER

Desk = Literal["files", "pictures", "previews"]
BRIEF, WHOLE = b"b", b"w"  # what a call says: whether the answer leaves records out
Work = Callable[[bytes, bool], bytes]  # of a file, and whether to leave its records out


@dataclass(frozen=True, slots=True)
class Spec:
    """How a desk is made ready, once, before it sees any file, and what each file may take.

    `nice` is how far it stands behind those who are in a conversation.
    """

    ready: Callable[[], Work]
    limits: Limits
    nice: int


def _files() -> Work:
    from integrations.documents import recognise  # noqa: PLC0415 - loaded in the process that needs it
    from integrations.documents.papers import glancing, statement  # noqa: F401, PLC0415

    return lambda content, brief: _written(recognise.look(content), brief=brief)


def _pictures() -> Work:
    from integrations.documents import polyglot  # noqa: PLC0415
    from integrations.documents.papers import looking, ocr  # noqa: PLC0415 - the extra, and slow to load

    eyes = ocr.Eyes()

    def work(content: bytes, brief: bool) -> bytes:
        polyglot.refuse(content)
        return _written(looking.look(content, eyes), brief=brief)

    return work


def _previews() -> Work:
    from integrations.documents.preview import draw  # noqa: PLC0415 - libraries of pictures

    return lambda content, _: draw(content)


def _written(found: Document | PaperReading, *, brief: bool) -> bytes:
    if isinstance(found, PaperReading):
        return b'{"paper":' + PAPER.dump_json(found) + b"}"
    return b'{"ok":' + DOCUMENT.dump_json(found.brief() if brief else found) + b"}"


SPECS: dict[Desk, Spec] = {
    "files": Spec(_files, Limits(600 * MB, "space", processor=6, seconds=8), nice=5),
    # A photo takes one or two seconds, on a busy machine more of the clock and no more of the processor.
    "pictures": Spec(_pictures, Limits(1000 * MB, "data", processor=8, seconds=60), nice=10),
    "previews": Spec(_previews, Limits(700 * MB, "space", processor=6, seconds=9), nice=10),
}


def spec_of(desk: str) -> Spec:
    """The desk of that name. Raises KeyError."""
    return {str(name): spec for name, spec in SPECS.items()}[desk]


def answer(work: Work, content: bytes, *, brief: bool) -> bytes:
    """What a desk answers: its work, or the fact why there is none."""
    try:
        return work(content, brief)
    except Unreadable as error:
        return json.dumps({"fact": error.fact, "detail": error.detail}).encode()
    except MemoryError:
        return b'{"fact": "too_large", "detail": "memory"}'
    except Exception as error:  # libraries that read pictures and files raise whatever they like
        return json.dumps({"fact": "damaged", "detail": type(error).__name__}).encode()
