"""Files that a browser posts to the chat: bounded, kept in memory, and sealed before anybody is told of them."""

import asyncio
import hashlib
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from bot.web.body import read_body, refuse
from bot.web.problem import Problem
from bot.workers.papers import STORED
from flows.engine.receiving import KEPT, LARGEST
from flows.messages import Attachment
from integrations.database.engine import Database
from integrations.database.queries import blobs
from integrations.database.sealing import Sealer

MOST_FILES = 10
MOST_BYTES = LARGEST + 64 * 1024  # of one request: a file as large as may be, and the form around it
SECONDS = 60.0  # a photo over a slow line
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
_UNSTORABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Upload:
    """A file as it was posted; its name is untrusted text."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Post:
    """Files that were posted together, and the words beside them. `id` is made by the page, as for words."""

    id: str
    text: str
    uploads: tuple[Upload, ...]


class _InMemory(MultiPartParser):
    """Keeps files in memory: an unsealed one is never written to a disk."""

    spool_max_size = MOST_BYTES


async def read_uploads(request: Request) -> Post:
    """The form of a request. Raises Problem 415, 413, 408 or 422."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Problem(415, "Send a form with files (multipart/form-data).")
    body = await read_body(request, MOST_BYTES, SECONDS)
    form = await _parsed(request.headers, body)
    try:
        number, words = form.get("id"), form.get("text", "")
        if not isinstance(number, str) or not _ID.fullmatch(number):
            refuse("id", "8 to 64 letters, digits, _ or -")
        files = [each for each in form.getlist("file") if isinstance(each, UploadFile) and each.filename]
        if not files:
            refuse("file", "there is no file in it")
        uploads = tuple([await _upload(each) for each in files])
    finally:
        await form.close()
    return Post(number, words if isinstance(words, str) else "", uploads)


async def _parsed(headers: Headers, body: bytes) -> FormData:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        return await _InMemory(headers, stream(), max_files=MOST_FILES, max_fields=4).parse()
    except MultiPartException as error:
        refuse("body", error.message[:120])


async def _upload(file: UploadFile) -> Upload:
    name = _UNSTORABLE.sub("", file.filename or "")[-255:]
    return Upload(name, _UNSTORABLE.sub("", file.content_type or "")[:127], await file.read())


async def keep_uploads(
    database: Database, sealer: Sealer, now: datetime, conversation_id: str, post: Post
) -> tuple[Attachment, ...]:
    """Seal the files, to be kept as long as any that nobody has allowed yet, and name them for their reader."""
    files: list[Attachment] = []
    for place, upload in enumerate(post.uploads):
        name = f"u-{post.id}-{place}"
        stored = blobs.StoredBlob(
            id=name,
            conversation_id=conversation_id,
            sha256=(await asyncio.to_thread(hashlib.sha256, upload.content)).hexdigest(),
            size=len(upload.content),
            body=await asyncio.to_thread(sealer.seal_bytes, upload.content),
            created_at=now,
            expires_at=now + KEPT,
        )
        await database.run(blobs.put, stored)
        size = len(upload.content)
        files.append(Attachment(file_id=f"{STORED}{name}", name=upload.name, media_type=upload.media_type, size=size))
    return tuple(files)
