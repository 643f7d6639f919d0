"""Papers on Telegram, over loopback HTTP and with real readers: a licence is one card, Passport fills what it holds."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from PIL import Image

from bot.settings import Settings
from integrations.merchants import Merchant
from integrations.merchants.papers import licence
from tests.integrations.documents import samples
from tests.journeys.test_telegram import TEXTS, Owner, telegram_house
from tests.stand import Stand
from tests.stand.passport import Passport

pytestmark = pytest.mark.journey

READING = 40.0  # seconds: a process is started for every file, on a machine that may be busy


def one_colour(number: int) -> bytes:
    """A photo that shows nothing."""
    buffer = io.BytesIO()
    Image.new("RGB", (320, 240), (number, 90, 120)).save(buffer, "JPEG")
    return buffer.getvalue()


async def taps(owner: Owner, key: str) -> str:
    """Tap a button once it is there; the address that it opened, if it opened one."""
    label = owner.text(key)
    await owner.person._stand.until(lambda: owner._offered(label), READING)
    return owner.person.tap(label)


async def test_a_licence_is_read_and_used_on_one_tap(settings: Settings, stand: Stand, merchant: Merchant) -> None:
    person = stand.person("Mei", language=merchant.lang)
    owner = Owner(person, merchant)
    paper = licence(merchant, datetime.now(UTC).date())
    async with telegram_house(settings, stand):
        person.start()
        await taps(owner, "welcome.start")
        await taps(owner, "button.later")
        await person.sees(owner.text("identify.number.text"), READING)
        person.send_document("licence.pdf", paper)
        await taps(owner, "paper.use")
        if merchant.country == "GB":  # nothing on a British paper proves its number
            await taps(owner, "paper.ask.yes")
        await person.sees(owner.text("identify.lookup.text"), READING)
    cards = [line for line in person.transcript() if owner.text("paper.note") in line]
    assert len(cards) == 1


async def test_an_album_with_words_between_its_parts_is_one_card(
    settings: Settings, stand: Stand, merchant: Merchant
) -> None:
    """A licence, statements and a file of nothing, some as photos; the caption is the answer that was asked for."""
    person = stand.person("Mei", language=merchant.lang)
    owner = Owner(person, merchant)
    today = datetime.now(UTC).date()
    async with telegram_house(settings, stand):
        person.start()
        await taps(owner, "welcome.start")
        await taps(owner, "button.later")
        await person.sees(owner.text("identify.number.text"), READING)
        person.send_document("licence.pdf", licence(merchant, today), album="a", caption=merchant.registration_number)
        for number in range(9):
            if number == 3:
                person.say(merchant.voice["need"])
            if number % 2:
                person.send_photo(one_colour(number), album="a")
            else:
                person.send_document(f"{number}.csv", samples.bank_csv(), "text/csv", album="a")
        await stand.until(lambda: any(owner.text("paper.note") in line for line in person.transcript()), READING)
        await stand.until(lambda: not stand.pending, READING)
    shown = person.transcript()
    assert sum(owner.text("paper.note") in line for line in shown) == 1
    source = TEXTS.get(merchant.lang, "paper.problem.no_text")
    assert sum(source in line for line in shown) == 1, "what holds for several of them is said once"
    answered = [line for line in shown[shown.index("me: (licence.pdf)") :] if line.startswith("bot:")]
    assert len(answered) < 9, answered


async def test_telegram_passport_is_offered_shared_and_used(
    settings: Settings, stand: Stand, merchant: Merchant, tmp_path: Path
) -> None:
    file = tmp_path / "passport.pem"
    key = rsa.generate_private_key(65537, 2048)
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    file.chmod(0o600)
    with_key = settings.model_copy(update={"telegram_passport_key": file})
    person = stand.person("Mei", language=merchant.lang)
    owner = Owner(person, merchant)
    who = merchant.profile.representative
    mine = {
        "first_name": who.given,
        "last_name": who.family,
        "birth_date": f"{who.birth_date:%d.%m.%Y}",
        "gender": "female",
        "country_code": merchant.country,
        "residence_country_code": merchant.country,
        "first_name_native": who.given,
        "last_name_native": who.family,
    }
    async with telegram_house(with_key, stand):
        person.start()
        await taps(owner, "welcome.start")
        await taps(owner, "button.later")
        person.say(merchant.registration_number)
        await taps(owner, "identify.lookup.allow")
        await taps(owner, "identify.confirm.yes")
        await person.sees(owner.text("need.title"), READING)
        person.say(merchant.voice["need"])
        link = await taps(owner, "identity.button")
        document = {"document_no": who.id_number, "expiry_date": ""}
        person.share_passport(link, Passport({"personal_details": mine, "passport": document}))
        await taps(owner, "paper.use")
        await person.sees(owner.text("connect.title"), READING)
    shown = "\n".join(person.transcript())
    assert who.id_number not in shown
