"""How a document crosses from the process that read it: JSON, checked when it arrives."""

from typing import Annotated

from pydantic import BaseModel, Field, TypeAdapter

from integrations.documents.document import Document, Fact

DOCUMENT = TypeAdapter(Document)


class Answer(BaseModel):
    """What the reading process answers: a document, or the fact why there is none."""

    ok: Document | None = None
    fact: Fact | None = None
    detail: Annotated[str, Field(max_length=200)] = ""


ANSWER = TypeAdapter(Answer)
