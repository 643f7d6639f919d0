"""How a document crosses from the process that read it: JSON, checked when it arrives."""

from typing import Annotated

from pydantic import BaseModel, Field, TypeAdapter

from integrations.documents.document import Document, Fact, PaperReading

DOCUMENT = TypeAdapter(Document)
PAPER = TypeAdapter(PaperReading)


class Answer(BaseModel):
    """What a reading process answers: a document, a paper, or the fact why there is neither."""

    ok: Document | None = None
    paper: PaperReading | None = None
    fact: Fact | None = None
    detail: Annotated[str, Field(max_length=200)] = ""


ANSWER = TypeAdapter(Answer)
