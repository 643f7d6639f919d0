"""The credit report as its readers get it: of an application, signed, and in the form that is published."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from tests.journeys.test_commands import ROOT, fails, lendline

pytestmark = pytest.mark.journey

LINES = ("1", "07700 900123", "99412087", "1", "1", "£30,000 over 12 months for a new oven", *"1111111")
SCHEMA = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))


def test_what_is_published_is_what_the_program_prints(tmp_path: Path) -> None:
    assert json.loads(lendline(tmp_path, "report", "schema")) == SCHEMA


def test_the_report_of_an_application_is_signed_and_of_the_published_form(tmp_path: Path) -> None:
    out = lendline(tmp_path, "chat", "--lang", "en", given="\n".join(LINES) + "\n")
    named = re.search(r"LA-[0-9A-F]+-1", out)
    assert named is not None
    file = tmp_path / "report.json"
    lendline(tmp_path, "report", named[0], "-o", str(file))
    made = json.loads(file.read_text(encoding="utf-8"))
    jsonschema.validate(made, SCHEMA)
    assert "as it was signed" in lendline(tmp_path, "report", "verify", str(file))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("SALT AND CRUMB", "SALT AND CRUMBS", 1), encoding="utf-8")
    assert "does not verify" in fails(tmp_path, "report", "verify", str(file))
    pdf = tmp_path / "report.pdf"
    lendline(tmp_path, "report", named[0], "-o", str(pdf))
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert "LA-NOBODY" in fails(tmp_path, "report", "LA-NOBODY", "-o", str(pdf))
