"""Files in the web chat: sealed at once, bounded, taken once, and with plain forms as well as with a script."""

import httpx
import pytest
import sqlalchemy as sa

from bot.web.chat import routes, uploads
from integrations.database.queries import jobs
from integrations.database.tables import blob
from tests.bot.web.site import Site
from tests.bot.web.test_chat import begin

PHOTO = b"\x89PNG\r\n\x1a\n" + b"a licence" * 50
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def _nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "ANSWERED", 0.0)  # nothing works here that could read a file


async def upload(site: Site, number: str = "upload-00001", **more: object) -> httpx.Response:
    files = more.pop("files", [("file", ("<b>licence</b>.png", PHOTO, "image/png"))])
    headers = {**JSON, **more}
    return await site.client.post("/chat/files", data={"id": number}, files=files, headers=headers)  # type: ignore[arg-type]


async def stored(site: Site) -> list[tuple[str, bytes]]:
    def read(connection: sa.Connection) -> list[tuple[str, bytes]]:
        return [(row[0], row[1]) for row in connection.execute(sa.select(blob.c.id, blob.c.body))]

    return await site.parts.database.read(read)


async def test_a_file_is_sealed_before_anybody_hears_of_it(site: Site) -> None:
    await begin(site)
    answer = await upload(site)
    assert (answer.status_code, answer.json()) == (202, {"key": "o-upload-00001"})
    ((name, body),) = await stored(site)
    assert name == "u-upload-00001-0"
    assert PHOTO not in body
    assert site.parts.sealer.unseal_bytes(body) == PHOTO
    assert len(await site.parts.database.run(jobs.take, 10)) == 1  # and it is going to be read
    shown = (await site.client.get("/chat")).text
    assert "&lt;b&gt;licence&lt;/b&gt;.png" in shown
    assert 'enctype="multipart/form-data"' in shown


async def test_sending_it_again_does_nothing_again(site: Site) -> None:
    await begin(site)
    await upload(site)
    await upload(site)
    assert len(await site.parts.database.run(jobs.take, 10)) == 1


async def test_several_files_of_a_plain_form_lead_back_to_the_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.chat.routes.ANSWERED", 0.1)
    await begin(site)
    files = [("file", (f"{place}.png", PHOTO, "image/png")) for place in range(3)]
    answer = await upload(site, files=files, accept="text/html")
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat#newest")
    assert len(await stored(site)) == 3


@pytest.mark.parametrize("status", [413, 415, 422])
async def test_what_is_no_file_or_too_much_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    await begin(site)
    if status == 413:
        monkeypatch.setattr(uploads, "MOST_BYTES", 100)
        answer = await upload(site, accept="text/html")
        assert "too large" in answer.text
    elif status == 415:
        answer = await site.client.post("/chat/files", data={"id": "upload-00001"}, headers=JSON)
    else:
        answer = await upload(site, files=[("file", ("a.png", PHOTO, "image/png"))] * (uploads.MOST_FILES + 1))
    assert answer.status_code == status
    assert not await stored(site)


async def test_another_site_and_a_stranger_cannot_send_files(site: Site) -> None:
    assert (await upload(site)).status_code == 401
    await begin(site)
    assert (await upload(site, **{"sec-fetch-site": "cross-site"})).status_code == 403
    assert not await stored(site)
