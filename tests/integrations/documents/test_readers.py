"""Each format read from a right file; what cannot be read is a fact, never a guess."""

import asyncio
from datetime import date
from decimal import Decimal

import pytest

from flows.application.records import Standing
from integrations.documents.document import Proof, Unreadable
from integrations.documents.nursery import Nursery
from integrations.documents.reading import Readers
from integrations.documents.recognise import read
from integrations.documents.wire import ANSWER, DOCUMENT
from tests.integrations.documents import samples
from tests.integrations.documents.samples import FILES, bank_csv, camt, zipped

KNOWN = {
    "bank_csv": ("csv", "bank_statement", 4, Proof.PROVED),
    "bank_gb18030": ("csv", "bank_statement", 3, Proof.PROVED),
    "bank_xlsx": ("xlsx", "bank_statement", 4, Proof.PROVED),
    "ofx1": ("ofx", "bank_statement", 2, Proof.NONE),
    "ofx2": ("ofx", "bank_statement", 1, Proof.NONE),
    "mt940": ("mt940", "bank_statement", 3, Proof.PROVED),
    "camt": ("camt053", "bank_statement", 2, Proof.PROVED),
    "wechat": ("wechat", "wallet_cn", 4, Proof.NONE),
    "wechat_merchant": ("wechat", "wallet_cn", 2, Proof.NONE),
    "alipay": ("alipay", "wallet_cn", 2, Proof.NONE),
    "ubl": ("ubl", "einvoice", 1, Proof.NONE),
    "cii": ("cii", "einvoice", 1, Proof.NONE),
    "facturx": ("facturx", "einvoice", 1, Proof.NONE),
    "fapiao": ("fapiao_qr", "einvoice", 2, Proof.NONE),
    "invoices": ("invoice_csv", "einvoice", 3, Proof.NONE),
}


@pytest.mark.parametrize("kind", FILES)
def test_is_recognised_by_its_content(kind: str) -> None:
    found = read(FILES[kind])
    assert (found.format, found.source, found.rows, found.proof) == KNOWN[kind]
    assert found.unread == 0
    assert found.first is not None
    assert found.last is not None


def amounts(content: bytes) -> list[Decimal]:
    return [each.amount for each in read(content).records.transactions]


@pytest.mark.parametrize(
    "content",
    [
        bank_csv(delimiter=";", comma=True),
        bank_csv(delimiter="\t"),
        bank_csv(newest_first=True),
        bank_csv(date="2025-11-%d"),
        bank_csv(date="%d.11.2025"),
        bank_csv(date="%d Nov 2025"),
        bank_csv(date="11/%d/2025"),
        bank_csv().decode().encode("utf-16"),
        samples.bank_xlsx(),
    ],
)
def test_statements_say_the_same_however_they_are_written(content: bytes) -> None:
    found = read(content)
    assert [(each.day, each.amount) for each in found.records.transactions] == [
        (date(2025, 11, day), Decimal(amount)) for day, _, amount in samples.ROWS
    ]
    assert found.proof is Proof.PROVED


def test_a_balance_that_does_not_follow_is_said() -> None:
    assert read(bank_csv(wrong=True)).proof is Proof.BROKEN
    assert read(camt(closing="1041.50")).proof is Proof.BROKEN
    assert read(samples.MT940.replace("1045,50", "1045,51").encode()).proof is Proof.BROKEN


@pytest.mark.parametrize("version", ["02", "04", "06", "08", "13"])
def test_versions_of_camt(version: str) -> None:
    found = read(camt(version))
    first = found.records.transactions[0]
    assert (first.party, first.party_account, first.text, first.code) == ("Oat & Ember", "GB1", "order 7", "RCDT/ESCT")
    assert amounts(camt(version)) == [Decimal("120.50"), Decimal("-80.00")]
    assert found.left_out == 1
    assert found.holders[0].name == "Salt and Crumb"


def test_reversed_entries_and_subfields_of_mt940() -> None:
    found = read(samples.MT940.encode()).records.transactions
    assert [each.amount for each in found] == [Decimal("120.50"), Decimal(-80), Decimal("5.00")]
    assert (found[0].party, found[0].text) == ("LADEN AM HAFEN", "GUTSCHRIFT RECHNUNG 17TEIL 2")
    assert found[2].day == date(2025, 11, 30)


def test_only_what_was_settled_counts_in_a_wallet() -> None:
    wechat = read(FILES["wechat"]).records.payments
    assert [(each.amount, each.neutral) for each in wechat] == [
        (Decimal("28.16"), False),
        (Decimal("25.00"), False),
        (Decimal("-300.00"), False),
        (Decimal("500.00"), True),
    ]
    merchant = read(FILES["wechat_merchant"]).records.payments
    assert [(each.amount, each.refund) for each in merchant] == [(Decimal("88.00"), False), (Decimal("-20.00"), True)]
    alipay = read(FILES["alipay"]).records.payments
    assert [(each.amount, each.refund, each.neutral) for each in alipay] == [
        (Decimal("49.74"), False, False),
        (Decimal("16.03"), True, True),
    ]


def test_void_and_red_letter_invoices_keep_their_standing() -> None:
    papers = read(FILES["invoices"]).papers
    assert [(each.net, each.standing) for each in papers] == [
        (Decimal("100.00"), Standing.VALID),
        (Decimal("200.00"), Standing.VOID),
        (Decimal("-50.00"), Standing.RED),
    ]
    assert read(FILES["cii"]).papers[0].net == Decimal("-50.00")  # 381 is a credit note


def test_an_invoice_whose_total_does_not_add_up_is_refused() -> None:
    with pytest.raises(Unreadable, match="amounts"):
        read(samples.UBL.replace("120.00", "130.00").encode())


REFUSED = {
    "empty": (b" \n", "empty"),
    "broken_photo": (b"\xff\xd8\xff\xe0" + b"x" * 100, "damaged"),
    "words": (b"dear bank, please send money", "unknown"),
    "page": (b"<html><body>no</body></html>", "unknown"),
    "zip": (zipped({"a.txt": b"x"}), "unknown"),
    "bomb": (zipped({"xl/workbook.xml": b"0" * 130 * 1024 * 1024}), "too_large"),
    "entities": (b'<!DOCTYPE a [<!ENTITY x "y">]><Document>&x;</Document>', "damaged"),
    "outside": (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><Document/>', "damaged"),
    "deep": (b"<Document><BkToCstmrStmt>" + b"<a>" * 5000, "damaged"),
    "pdf": (samples.empty_pdf(), "photo"),
    "large": (b"a" * (10 * 1024 * 1024 + 1), "too_large"),
    "day or month": (b"Date,Description,Amount\n01/02/2025,a,1\n03/01/2025,b,2\n02/03/2025,c,3\n", "dates"),
    "marks": (b"Date;Description;Amount\n2025-01-01;a;1.234,50\n2025-01-02;b;1,234.50\n", "amounts"),
    "formula": (b"Date,Description,Amount\n2025-01-01,a,=1+1\n", "no_data"),
}


@pytest.mark.parametrize(("content", "fact"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_a_fact(content: bytes, fact: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(content)
    assert caught.value.fact == fact


async def test_reads_in_a_process_of_its_own() -> None:
    async with Readers() as readers:
        answered = await readers.read(FILES["camt"])
        assert DOCUMENT.dump_json(answered) == DOCUMENT.dump_json(read(FILES["camt"]))
        with pytest.raises(Unreadable, match="damaged"):
            await readers.read(REFUSED["broken_photo"][0])


async def test_a_process_that_takes_too_long_is_given_up() -> None:
    async with Readers(seconds=0.01) as readers:
        with pytest.raises(Unreadable, match="too_slow"):
            await readers.read(FILES["bank_csv"])


async def test_what_is_kept_ready_ends_when_nothing_comes_and_comes_back() -> None:
    async with Nursery("files", idle=0.2) as nursery:
        answers = await asyncio.gather(*(nursery.ask(FILES[each], 30) for each in ("camt", "ofx1", "camt")))
        assert [ANSWER.validate_json(each).ok is not None for each in answers] == [True] * 3
        process = nursery.process
        assert process is not None
        await asyncio.wait_for(process.wait(), 30)
        assert ANSWER.validate_json(await nursery.ask(FILES["ofx1"], 30)).ok is not None
        assert nursery.process is not None
        nursery.process.kill()
        await nursery.process.wait()
        assert ANSWER.validate_json(await nursery.ask(FILES["ofx1"], 30)).ok is not None
        started = nursery.process
    assert started.returncode is not None
