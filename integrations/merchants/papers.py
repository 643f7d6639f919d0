"""Papers of invented businesses, rendered when they are asked for: what their owners would photograph."""

import io
import json
from collections.abc import Mapping
from datetime import date

import segno

from integrations.merchants.merchant import Merchant
from integrations.press.typesetting import typeset

SHOT = 2400  # pixels on the long side of a photographed paper
_TYPES = {
    "sole_proprietor": "个体工商户",
    "partnership": "合伙企业",
    "limited_company": "有限责任公司(自然人投资或控股)",
    "cooperative": "农民专业合作社",
}


def licence(merchant: Merchant, as_of: date) -> bytes:
    """The business licence as a PDF with text: of a Chinese business also with the code that stands on it."""
    written = (_chinese if merchant.country == "CN" else _british)(merchant, as_of)
    content, _ = typeset("licence.typ", json.dumps(written), "pdf")
    return content


def photographed(paper: bytes) -> bytes:
    """A paper as a phone takes it: on a table, a little askew, lit from one side."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - only where papers are photographed
    from PIL import Image  # noqa: PLC0415

    page = pdfium.PdfDocument(paper)[0]
    sheet = page.render(scale=SHOT / max(page.get_size())).to_pil().convert("RGB")
    table = Image.new("RGB", (sheet.width + 160, sheet.height + 160), (98, 74, 52))
    table.paste(sheet, (80, 80))
    light = Image.linear_gradient("L").rotate(90).resize(table.size).point(lambda grey: 170 + grey // 3)
    lit = Image.composite(table, Image.new("RGB", table.size, (30, 26, 22)), light)
    shot = lit.rotate(2.5, Image.Resampling.BICUBIC, expand=True, fillcolor=(70, 54, 40))
    drawn = io.BytesIO()
    shot.save(drawn, "JPEG", quality=85)
    return drawn.getvalue()


def _chinese(merchant: Merchant, as_of: date) -> Mapping[str, object]:
    """After the form of the State Administration for Market Regulation: fields in its words and order."""
    registered, person = merchant.profile.registered, merchant.profile.representative
    founded = registered.founded or as_of
    alone = registered.form == "sole_proprietor"
    lines = (
        ("统一社会信用代码", merchant.registration_number),
        ("名称", merchant.names.legal),
        ("类型", _TYPES.get(registered.form, "其他")),
        ("经营者" if alone else "法定代表人", person.name),
        ("经营场所" if alone else "住所", registered.address.text),
        ("成立日期", f"{founded.year}年{founded.month}月{founded.day}日"),
        ("经营范围", registered.scope or "日用百货零售"),
    )
    return {
        "lang": "zh",
        "title": "营业执照",
        "subtitle": "（副本）",
        "lines": lines,
        "code": _code(f"统一社会信用代码:{merchant.registration_number};名称:{merchant.names.legal}"),
        "issuer": "登记机关",
        "issued": f"{founded.year}年{founded.month}月{founded.day}日",
        "invented": "样张：企业和号码均为编造。",
    }


def _british(merchant: Merchant, as_of: date) -> Mapping[str, object]:
    """After an extract of the companies register."""
    registered = merchant.profile.registered
    founded = registered.founded or as_of
    lines = (
        ("Company number", merchant.registration_number),
        ("Company name", merchant.names.legal),
        ("Company type", "Private limited company"),
        ("Incorporated on", f"{founded:%d %B %Y}".lstrip("0")),
        ("Registered office address", registered.address.text),
    )
    return {
        "lang": "en",
        "title": "Companies House register extract",
        "subtitle": "Registrar of Companies, Companies Act 2006",
        "lines": lines,
        "code": "",
        "issuer": "Registrar of Companies",
        "issued": f"{as_of:%d %B %Y}".lstrip("0"),
        "invented": "Specimen: the company and its number are invented.",
    }


def _code(text: str) -> str:
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", border=1, scale=2)
    return drawn.getvalue().decode("utf-8")
