"""What the words in a list of invoices mean: issued or received, valid, void, a credit note, or not yet an invoice."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from flows.application.records import Standing
from integrations.reports.reading.mapping import plainly

DRAFT = "draft"
ISSUED, RECEIVED = "issued", "received"


class Said(StrEnum):
    """What a word says of an invoice."""

    ISSUED = "issued"
    RECEIVED = "received"
    VALID = "valid"
    VOID = "void"
    RED = "credit_note"
    DRAFT = "draft"


_EXACT: Mapping[str, Said] = MappingProxyType(
    dict.fromkeys(
        (
            *("issued", "issue", "out", "output", "outgoing", "outbound", "ar", "s", "o", "sell", "seller", "revenue"),
            *("income", "receivable", "accrec", "i", "销", "卖", "出", "收入", "应收", "卖出", "开", "开票"),
        ),
        Said.ISSUED,
    )
    | dict.fromkeys(
        (
            *("received", "receive", "in", "input", "incoming", "inbound", "ap", "p", "r", "buy", "buyer", "expense"),
            *("cost", "payable", "accpay", "bill", "进", "购", "买", "入", "支出", "应付", "买入", "收", "收票"),
        ),
        Said.RECEIVED,
    )
    | dict.fromkeys(("cn", "credit", "red", "refund", "refunded", "红", "红冲", "红票", "负数"), Said.RED)
    | dict.fromkeys(("废", "废票", "无效", "失效", "invalid", "deleted", "x"), Said.VOID)
    | dict.fromkeys(("未作废", "not void", "not voided", "valid", "正常", "有效"), Said.VALID)
)
# Tried in this order, anywhere in the word.
_WITHIN: tuple[tuple[str, Said], ...] = (
    *((word, Said.VALID) for word in ("已红冲", "已冲红", "被红冲")),  # a good invoice that another row takes back
    *((word, Said.VOID) for word in ("作废", "void", "cancel", "annul")),
    *((word, Said.RED) for word in ("红字", "红冲发票", "红票", "负数发票", "credit note", "creditnote")),
    *((word, Said.RED) for word in ("red letter", "red-letter", "red_letter", "redletter", "red flush", "red invoice")),
    *((word, Said.RED) for word in ("credit_note", "credit-note", "credit memo", "creditmemo", "credited note")),
    *((word, Said.DRAFT) for word in ("draft", "proforma", "pro forma", "quote", "estimate")),
    *((word, Said.DRAFT) for word in ("草稿", "待开", "开具失败")),
)
_SIDES: tuple[tuple[str, Said], ...] = (
    *((word, Said.RECEIVED) for word in ("purchase", "received", "进项", "采购", "取得", "收到", "购进", "supplier")),
    *((word, Said.RECEIVED) for word in ("bill", "incoming", "payable", "vendor")),
    *((word, Said.ISSUED) for word in ("sale", "sold", "issued", "销项", "销售", "开具", "开出", "已开", "outgoing")),
    *((word, Said.ISSUED) for word in ("receivable", "customer")),
)
YES = frozenset({"yes", "y", "true", "t", "1", "x", "✓", "√", "是"})
NO = frozenset({"no", "n", "false", "f", "0", "-", "否"})


class Words:
    """Reads words, each once; what the caller said of a word counts before all else."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = {word: Said(meaning) for word, meaning in given.items()}
        self._sides: dict[str, Said | None] = {}
        self._standings: dict[str, Said | None] = {}

    def side(self, cell: str) -> Said | None:
        """Issued or received; None when the word says neither."""
        if cell not in self._sides:
            self._sides[cell] = self._read(cell, frozenset({Said.ISSUED, Said.RECEIVED}), _SIDES)
        return self._sides[cell]

    def standing(self, cell: str) -> Said | None:
        """Valid, void, a credit note or a draft; None when the word says nothing of it."""
        if cell not in self._standings:
            kinds = frozenset({Said.VALID, Said.VOID, Said.RED, Said.DRAFT})
            self._standings[cell] = self._read(cell, kinds, _WITHIN)
        return self._standings[cell]

    def _read(self, cell: str, kinds: frozenset[Said], within: tuple[tuple[str, Said], ...]) -> Said | None:
        word = plainly(cell)
        for known in (self._given, _EXACT):
            if known.get(word) in kinds:
                return known[word]
        return next((said for part, said in within if part in word), None) if word else None


def yes(cell: str) -> bool | None:
    """What a cell of yes or no says; None when it says neither."""
    word = plainly(cell)
    return True if word in YES else False if word in NO else None


STANDINGS: Mapping[Said, Standing] = MappingProxyType(
    {Said.VALID: Standing.VALID, Said.VOID: Standing.VOID, Said.RED: Standing.RED}
)
