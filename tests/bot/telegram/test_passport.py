"""Telegram Passport with a real key: what a client encrypts is read, what is tampered with is not."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from telegram import Update

from bot.channels import FileGone
from bot.passport import PassportKey, load
from bot.telegram.channel import TelegramChannel
from bot.telegram.passport import read_scan
from bot.telegram.requests import TelegramApi, open_api
from bot.telegram.updates import arrival
from flows.errors import WrongDeclaration
from flows.events import OwnerSaid
from flows.messages import Heard
from tests.stand import Stand
from tests.stand.passport import Passport
from tests.stand.person import Person

NONCE = "nonce-of-this-conversation"
SCAN = b"\xff\xd8\xff a passport page"
MEI = {
    "personal_details": {
        "first_name": "Mei",
        "last_name": "Li",
        "birth_date": "03.05.1985",
        "gender": "female",
        "country_code": "CN",
        "residence_country_code": "CN",
        "first_name_native": "梅",
        "last_name_native": "李",
    },
    "passport": {"document_no": "E12345678", "expiry_date": "01.02.2031"},
}


def pem(bits: int = 2048) -> bytes:
    key = rsa.generate_private_key(65537, bits)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> PassportKey:
    file = tmp_path_factory.mktemp("keys") / "passport.pem"
    file.write_bytes(pem())
    file.chmod(0o600)
    return load(file, "5100001:token")


@pytest.fixture
async def passport_api(stand: Stand, key: PassportKey) -> TelegramApi:
    return open_api(stand.token, stand.url, passport_key=key.pem)


async def heard(api: TelegramApi, stand: Stand, person: Person, link: str, passport: Passport) -> Heard:
    person.share_passport(link, passport)
    (update,) = await api.bot.get_updates(timeout=0, allowed_updates=["message"])
    assert isinstance(update, Update)
    came = arrival(update, datetime.now(UTC))
    assert came is not None
    assert isinstance(came.event, OwnerSaid)
    return came.event.heard


async def test_what_was_shared_is_read_and_its_scan_is_decrypted(
    passport_api: TelegramApi, stand: Stand, key: PassportKey
) -> None:
    person = stand.person("Mei")
    shared = Passport(MEI, {"passport": {"front_side": SCAN}})
    said = await heard(passport_api, stand, person, key.link(NONCE), shared)
    assert said.kind == "identity"
    identity = said.identity
    assert identity is not None
    assert (identity.nonce, identity.country) == (NONCE, "CN")
    assert identity.values == {
        "name": "李梅",
        "birth_date": "1985-05-03",
        "id_type": "passport",
        "id_number": "E12345678",
        "valid_until": "2031-02-01",
    }
    channel = TelegramChannel(passport_api)
    (scan,) = identity.scans
    assert await channel.fetch(scan.file_id, 10_000) == SCAN
    await channel.ask_for_better(str(person.id), scan.file_id, "It is blurred.")
    (error,) = stand.passport_errors
    named = read_scan(scan.file_id)
    assert named is not None
    assert error == {"type": "passport", "source": "front_side", "file_hash": named.hash, "message": "It is blurred."}
    await passport_api.close()


async def test_what_is_tampered_with_or_for_another_key_is_not_heard(
    passport_api: TelegramApi, stand: Stand, key: PassportKey, tmp_path: Path
) -> None:
    person = stand.person("Mei")
    said = await heard(passport_api, stand, person, key.link(NONCE), Passport(MEI, tampered=True))
    assert (said.kind, said.identity) == ("unsupported", None)
    file = tmp_path / "other.pem"
    file.write_bytes(pem())
    file.chmod(0o600)
    stand.confirm(stand._updates[0]["update_id"])
    said = await heard(passport_api, stand, person, load(file, "1:x").link(NONCE), Passport(MEI))
    assert (said.kind, said.identity) == ("unsupported", None)
    await passport_api.close()


async def test_a_scan_that_is_not_what_was_shared_is_refused(
    passport_api: TelegramApi, stand: Stand, key: PassportKey
) -> None:
    person = stand.person("Mei")
    shared = Passport(MEI, {"passport": {"front_side": SCAN}})
    said = await heard(passport_api, stand, person, key.link(NONCE), shared)
    assert said.identity is not None
    file_id = said.identity.scans[0].file_id
    stand.files = {path: content[:-16] + bytes(16) for path, content in stand.files.items()}
    with pytest.raises(FileGone):
        await TelegramChannel(passport_api).fetch(file_id, 10_000)
    await passport_api.close()


@pytest.mark.parametrize("wrong", ["missing", "no key", "short", "open"])
def test_a_wrong_key_is_named_with_its_fix(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "passport.pem"
    if wrong != "missing":
        file.write_bytes(b"hello" if wrong == "no key" else pem(1024 if wrong == "short" else 2048))
        file.chmod(0o644 if wrong == "open" else 0o600)
    with pytest.raises(WrongDeclaration) as raised:
        load(file, "1:x")
    assert "chmod" in str(raised.value)
    assert "TELEGRAM_PASSPORT_KEY" in str(raised.value)
    assert not file.exists() or stat.S_ISREG(file.stat().st_mode)
