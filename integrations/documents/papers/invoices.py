"""Layouts of invoices: fapiao of every age, and British VAT invoices. net + tax = total proves the amounts."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from integrations.documents.papers import readers
from integrations.documents.papers.form import Form, Labelled, Phrase, Reading, Readings
from integrations.documents.papers.pieces import Page, Piece
from integrations.documents.papers.readers import CJK, Taken

_PARTY = re.compile(r"名[\s\u3000]*称\s*[:：]?")
_GOODS = re.compile(r"货物|项目|应税|规格|商品")
_BUYS, _SELLS = (
    re.compile(r"购\s*[买货]?\s*方|购货单位|付款方"),
    re.compile(r"销\s*[售货]?\s*方|销货单位|收款方|开票方"),
)
PARTIES = ("buyer", "seller")


@dataclass(frozen=True, slots=True)
class Placed:
    """A name or number of a party: where its label stands, and which party the label names, if it does."""

    piece: Piece
    value: str
    score: float
    side: str


_NO_SELLER = re.compile(r"invoice|receipt|bill(?:ed)? to|^date|^page|^tel|^vat", re.IGNORECASE)
_MONEY = re.compile(r"[¥￥Y]\s*(-?[\d,，]{1,14}\.\d{2})(?!\d)")


def _amounts(found: Readings, page: Page) -> None:
    """Net, tax and total prove one another. Without the sum none of them is sure."""
    del page
    parts = [found.get(name) for name in ("net", "tax", "total")]
    if all(parts):
        net, tax, total = (Decimal(each.taken.value) for each in parts if each is not None)
        holds = net + tax == total
        for name, each in zip(("net", "tax", "total"), parts, strict=True):
            if each is not None:
                found[name] = replace(each, taken=Taken(each.taken.value, proved=holds), doubtful=not holds)
    else:
        for name in ("net", "tax", "total"):
            if name in found:
                found[name] = replace(found[name], doubtful=True)


def _fapiao(found: Readings, page: Page) -> None:
    """Parties stand side by side or one above the other: the buyer is left or above, the seller right or below."""
    _parties(found, page)
    _sums(found, page)
    _amounts(found, page)


def _parties(found: Readings, page: Page) -> None:
    """Who buys and who sells: as the labels say it, else by where they stand."""
    names, codes = list[Placed](), list[Placed]()
    for row in page.rows:
        for place, piece in enumerate(row):
            after = row[place + 1] if place + 1 < len(row) else None
            named = _named(piece, after)
            if named is not None:
                names.append(named)
            code = readers.credit_code(piece.text[-30:])
            if code is not None and code.proved:
                label = row[place - 1].text if place and not CJK.search(piece.text) else piece.text
                codes.append(Placed(piece, code.value, min(piece.scores[-18:], default=1.0), _side(label)))
    if any(each.side for each in names):
        _as_labelled(found, names, codes)
        return
    for side, values in (("", names), ("_number", codes)):
        for party, each in zip(PARTIES, _sides(values), strict=False):
            found[f"{party}{side}"] = Reading(Taken(each.value, proved=bool(side)), each.score)


def _as_labelled(found: Readings, names: list[Placed], codes: list[Placed]) -> None:
    """Parties whose labels say what they are. A number without such a label is of the name that stands above it."""
    for name in names:
        if name.side:
            found.setdefault(name.side, Reading(Taken(name.value), name.score))
    for code in codes:
        above = [each for each in names if each.piece.middle <= code.piece.middle + code.piece.height]
        side = code.side or (max(above, key=lambda each: each.piece.middle).side if above else "")
        if side:
            found.setdefault(f"{side}_number", Reading(Taken(code.value, proved=True), code.score))


def _side(label: str) -> str:
    """The party that a label names; empty when it names none or both."""
    buys, sells = _BUYS.search(label) is not None, _SELLS.search(label) is not None
    return "" if buys == sells else PARTIES[sells]


def _named(piece: Piece, after: Piece | None) -> Placed | None:
    """The name at a label, in the same piece or in the next one."""
    label = _PARTY.search(piece.text)
    if label is None or _GOODS.search(piece.text):
        return None
    rest = piece.text[label.end() :].strip(" :：")
    written = rest or (after.text if after is not None else "")
    taken = readers.name(written)
    holder = piece if rest else after
    if taken is None or holder is None:
        return None
    score = min(holder.scores[-len(written) :], default=1.0)
    return Placed(piece, taken.value, score, _side(piece.text[: label.start()]))


def _sides(values: list[Placed]) -> list[Placed]:
    """Buyer and seller out of two; with one alone nobody knows which it is."""
    if len(values) != 2:
        return []
    one, two = values
    beside = abs(one.piece.middle - two.piece.middle) < 2 * max(one.piece.height, two.piece.height)
    return sorted(values, key=lambda each: each.piece.left if beside else each.piece.middle)


def _sums(found: Readings, page: Page) -> None:
    """The amounts with a currency sign: net and tax stand on the row of the sum, the total in small writing."""
    total = re.search(
        r"小写\)?[^\d¥￥]{0,6}[¥￥Y]?\s*(-?[\d,，]{1,14}\.\d{2})", page.text.replace("（", "(").replace("）", ")")
    )
    if total is not None:
        value = readers.money(total[1])
        if value is not None:
            found["total"] = Reading(value, _score(page, total[1]))
    for row in page.rows:
        line = " ".join(piece.text for piece in row)
        sums = [readers.money(each) for each in _MONEY.findall(line)]
        if len(sums) == 2 and all(sums) and "小写" not in line:
            net, tax = (each for each in sums if each is not None)
            found["net"], found["tax"] = Reading(net, _score(page, line[-24:])), Reading(tax, _score(page, line[-24:]))


def _score(page: Page, text: str) -> float:
    return min((min(piece.scores, default=1.0) for piece in page.pieces if text[-9:] in piece.text), default=1.0)


FAPIAO = Form(
    "invoice",
    "CN",
    titles=(r"电子发票\((?:增值税专用发票|普通发票)\)", "增值税.{0,4}发票", "电子发票", "数电发票"),
    words=("发票号码", "开票日期", "价税合计", "购买方", "销售方", "税额|税率", "纳税人识别号"),
    never=("完税证明", "营业执照"),
    items=(
        Labelled("number", ("发票号码",), readers.number(r"(?<!\d)(?:\d{20}|\d{8})(?!\d)"), below=False),
        Labelled("code", ("发票代码",), readers.number(r"(?<!\d)(?:\d{12}|\d{10})(?!\d)"), below=False),
        Labelled("day", ("开票日期", "开具日期"), readers.day, below=False),
        Labelled("net", ("合计金额", "不含税金额", "金额合计"), readers.money, below=False),
        Labelled("tax", ("合计税额", "税额合计"), readers.money, below=False),
        Labelled("total", (r"价税合计(?:\(小写\))?", r"合计金额\(小写\)", "含税金额"), readers.money, below=False),
    ),
    stops=("校验码", "机器编号", r"(?:价税合计|合计金额)\(大写\)"),
    given={"currency": "CNY"},
    finish=_fapiao,
)


def _british(found: Readings, page: Page) -> None:
    """The seller heads the page, above the words that begin the buyer's part."""
    _amounts(found, page)
    if "seller" in found:
        return
    for place, row in enumerate(page.rows[:4]):
        first = row[0]
        taken = readers.name(first.text)
        if taken is not None and not _NO_SELLER.search(first.text):
            whole = _wrapped(page, place, taken.value)
            legal = re.search(readers.LEGAL, whole) is not None
            score = min(first.scores, default=1.0)
            found["seller"] = Reading(Taken(whole), score, first.text, doubtful=not legal)
            break


def _wrapped(page: Page, place: int, name: str) -> str:
    """A name in large print that goes on below, up to how companies' names end."""
    first = page.rows[place][0]
    below = page.rows[place + 1][0] if place + 1 < len(page.rows) else None
    if re.search(readers.LEGAL, name) or below is None:
        return name
    same = abs(below.left - first.left) < first.height and 0.7 < below.height / max(first.height, 1) < 1.4
    near = below.top - first.bottom < first.height
    return f"{name} {below.text}" if same and near and re.search(rf"{readers.LEGAL}$", below.text) else name


INVOICE_GB = Form(
    "invoice",
    "GB",
    titles=("vatinvoice", "taxinvoice", "^invoice$", "salesinvoice", "vatreceipt"),
    words=("invoice(?:number|no)", "invoicedate", "billto|invoiceto", "subtotal", "vat", "total", "duedate"),
    never=("purchaseorder", "deliverynote"),
    items=(
        Labelled(
            "number",
            ("invoicenumber", "invoiceno\\.?", "invoice#", "invoiceref(?:erence)?", "invoice(?=:|$)"),
            readers.number(r"(?=[A-Z/\-]*\d)[A-Z0-9][A-Z0-9/\-]{2,24}"),
            below=False,
        ),
        Labelled("day", ("invoicedate", "dateofissue", "taxpoint", "date(?!of)"), readers.day, below=False),
        Labelled(
            "seller_number",
            (r"vatreg\.?no\.?", "vatregistration(?:number|no)", r"vatno\.?", "vatnumber"),
            readers.vat_number,
            below=False,
        ),
        Labelled(
            "buyer",
            ("billto", "invoiceto", "billedto", "soldto", "deliveredto", "customer(?!no|number)", "client"),
            readers.name,
        ),
        Labelled(
            "net",
            ("subtotal", "nettotal", "totalnet", "netamount", r"totalexcl?\.?vat", "goodstotal", "totalbeforevat"),
            readers.money,
            below=False,
        ),
        Labelled(
            "tax",
            (r"vat(?:\(?\d{1,2}(?:\.\d)?%\)?)", r"vat@?\d{1,2}(?:\.\d{1,2})?%", "totalvat", "vatamount", "vattotal"),
            readers.money,
            below=False,
        ),
        Labelled(
            "total",
            (
                "total(?!net|vat|excl?|before)",
                "totaldue",
                "totalinclvat",
                "invoicetotal",
                "amountdue",
                "balancedue",
                "totalpayable",
                "grandtotal",
                r"totalinc\.?vat",
            ),
            readers.money,
            below=False,
        ),
        Phrase("currency", ("(£)",), lambda text: Taken("GBP") if text == "£" else None),
    ),
    stops=("duedate", "description", "qty", "unitprice", "amount(?!due)", "paymentterms"),
    given={"currency": "GBP"},
    finish=_british,
)

FORMS = (FAPIAO, INVOICE_GB)
