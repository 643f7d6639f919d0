"""Truth files in the forms people write them, and what is counted from them."""

import json
from pathlib import Path

import pytest

from bot.evaluation import truth
from bot.evaluation.papers import Measured, TruePaper, compare, same_kind
from flows.application.papers.values import Confidence, PaperValue
from flows.errors import WrongDeclaration
from integrations.documents.document import PaperReading

FIELDS = {"registration_number": "91320508MABWA86J9L", "name": "苏州市鼎盛食品有限公司"}
WANTED = [TruePaper("a.jpg", "business_licence", FIELDS)]


NUMBER, NAME = FIELDS.values()
OTHER_NAMES = {"uscc": NUMBER, "company_name": NAME}
LONG = "".join(f"a.jpg,business_licence,{key},{value}\n" for key, value in FIELDS.items())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("truth.json", json.dumps([{"file": "a.jpg", "kind": "business_licence", "fields": FIELDS}])),
        ("truth.json", json.dumps({"papers": [{"filename": "a.jpg", "type": "Business License", **FIELDS}]})),
        ("truth.json", json.dumps({"a.jpg": {"kind": "business_licence", "fields": OTHER_NAMES}})),
        ("truth.csv", f"file,kind,uscc,name\na.jpg,business_licence,{NUMBER},{NAME}\n"),
        ("truth.csv", f"file,kind,field,value\n{LONG}"),
    ],
)
def test_truth_files(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert truth.load(tmp_path) == WANTED


@pytest.mark.parametrize(
    "text", ["[", '[{"file": "../b.jpg", "kind": "lease"}]', '[{"file": "a.jpg", "kind": "poem"}]', "[1]"]
)
def test_a_wrong_truth_file_says_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    (tmp_path / "truth.json").write_text(text, encoding="utf-8")
    with pytest.raises(WrongDeclaration):
        truth.load(tmp_path)


def test_what_is_counted() -> None:
    def value(name: str, text: str, confidence: Confidence) -> PaperValue:
        return PaperValue(name=name, value=text, how="ocr", confidence=confidence)

    found = PaperReading(
        "business_licence",
        (
            value("registration_number", "91320508MABWA86J9L", Confidence.CLEAR),
            value("name", "苏州市鼎盛食品 有限公司", Confidence.CLEAR),
            value("address", "wrong street 1", Confidence.CLEAR),
            value("representative", "王小朋", Confidence.UNSURE),
            value("established", "2019-03-05", Confidence.CLEAR),
        ),
    )
    true = {
        **FIELDS,
        "address": "人民路1号",
        "representative": "王小明",
        "established": "2019年3月5日",
        "scope": "食品",
    }
    measured = Measured()
    compare(measured, TruePaper("a", "business_licence", true), found, 1.0)
    compare(measured, TruePaper("b", "lease", {"tenant": "x"}), "locked", 1.0)
    assert (measured.all.asked, measured.all.right, measured.all.missed) == (7, 3, 2)
    assert (measured.all.wrong_accepted, measured.all.unsure_wrong) == (1, 1)
    assert measured.kinds_right == 1
    assert measured.problems == {"locked": 1}


def test_an_invoice_is_one_kind_whoever_issued_it() -> None:
    assert same_kind("invoice", "invoice_issued")
    assert same_kind("picture", "shelf_photo")
    assert not same_kind("unknown", "lease")
    assert not same_kind("invoice", "lease")
