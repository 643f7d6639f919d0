"""The kinds that are only filed are told apart by what stands on them, in both languages."""

import pytest

from flows.application.papers.definitions import Depth
from flows.application.papers.table import KINDS, OPEN_KINDS
from integrations.documents.papers.pieces import Page, Piece, page_of
from integrations.documents.papers.recognising import recognise

PAPERS = {
    "proof_of_address": (
        "居住证明|兹证明王小明，现住址苏州市姑苏区人民路1号，情况属实。|苏州市公安局姑苏派出所|2026年10月1日",
        "Council Tax Bill 2026/27|Leeds City Council|Property address: 12 Mill Lane|Band C",
    ),
    "property_deed": (
        "不动产权证书|权利人 王小明|坐落 苏州市姑苏区人民路1号|权利类型 国有建设用地使用权/房屋所有权|面积 86.5平方米",
        "Official copy of register of title|Title number WYK123456|Land Registry|Proprietor: Jane Doe|Freehold",
    ),
    "vehicle_registration": (
        "中华人民共和国机动车行驶证|号牌号码 苏E12345|车辆类型 小型轿车|所有人 王小明|车辆识别代号 LSV|发动机号码 1",
        "V5C Vehicle registration certificate|Registration number AB12 CDE|Registered keeper|DVLA Swansea",
    ),
    "payment_app_statement": (
        "微信支付交易明细证明|姓名 王小明|交易单号 交易时间 收/支/其他 金额(元) 交易对方|支出 12.00",
        "PayPal activity report|Date Name Gross Fee Net|Payout 12 Oct 2026",
    ),
    "tax_return": (
        "增值税及附加税费申报表|税款所属时间 2026年9月|纳税人识别号 91320508MABWA86J9L|应纳税额 1200.00|申报日期",
        "CT600 Company Tax Return|HM Revenue & Customs|UTR 1234567890|Profits chargeable|Tax year",
    ),
    "tax_rating_page": ("纳税信用评价信息|评价年度 2025|纳税人识别号 91320508MABWA86J9L|评价结果 A", ""),
    "sales_contract": (
        "产品销售合同|甲方(供方)：某食品厂|乙方(需方)：某便利店|价款 人民币壹万元|交货时间 2026年10月1日",
        "Contract of sale|Seller: Mill Ltd|Buyer: Oak Ltd|Goods: flour|Price: £400",
    ),
    "purchase_contract": (
        "采购合同|甲方(需方)：某便利店|乙方(供方)：某食品厂|合同金额 10000元|交货地点",
        "Supply agreement|Supplier: Mill Ltd|Customer: Oak Ltd|Goods|Price list",
    ),
    "purchase_order": (
        "采购订单|供应商 某食品厂|品名 数量 单价 金额|交货日期 2026-10-12",
        "Purchase order|PO number 1182|Supplier: Mill Ltd|Deliver to: 12 Mill Lane|Qty Unit price",
    ),
    "delivery_note": (
        "送货单|收货单位：某便利店|品名 数量|送货人 签收",
        "Delivery note|Delivered to: Oak Ltd|Quantity|Goods received in good order",
    ),
    "customs_declaration": (
        "中华人民共和国海关出口货物报关单|境内收发货人 某公司|运输方式 水路运输|监管方式 一般贸易|申报日期 20261012",
        "Customs declaration|Declarant: Mill Ltd|Commodity code 1905 90|Consignee: Oak GmbH",
    ),
    "balance_sheet": (
        "资产负债表|编制单位：某公司 2026年9月30日|流动资产 货币资金|负债合计 12,000.00|所有者权益合计",
        "Balance sheet as at 31 March 2026|Fixed assets|Current assets|Creditors: amounts falling due|Net assets",
    ),
    "income_statement": (
        "利润表|编制单位：某公司 2026年9月|一、营业收入 100,000.00|减：营业成本 60,000.00|净利润 12,000.00",
        "Profit and loss account|Turnover 100,000|Cost of sales 60,000|Gross profit 40,000",
    ),
    "payroll_sheet": (
        "员工工资表|姓名 基本工资 应发工资 社保 公积金 实发工资|王小明 5000 5000 500 300 4200",
        "Payroll summary October 2026|Employee Gross pay PAYE National Insurance Net pay|J Doe 2,000 200 120 1,680",
    ),
    "contract": ("购销合同|供方：某食品厂|需方：某便利店|货款金额 10000元|交货方式", ""),
}


def page(text: str) -> Page:
    rows = enumerate(text.split("|"))
    return page_of([Piece(line, 40, 40 + 30 * at, 40 + 12 * len(line), 60 + 30 * at) for at, line in rows])


@pytest.mark.parametrize("kind", PAPERS)
def test_a_filed_paper_is_told_from_others(kind: str) -> None:
    for text in PAPERS[kind]:
        if text:
            form = recognise(page(text))
            assert form is not None, text
            assert form.kind == kind


def test_every_kind_that_is_filed_has_an_example() -> None:
    filed = {kind.key for kind in KINDS.values() if kind.depth is Depth.FILED}
    assert filed <= PAPERS.keys()
    assert PAPERS.keys() - filed <= OPEN_KINDS.keys()


def test_everyday_writing_is_no_paper() -> None:
    for text in (
        "晚上一起吃饭吗|好的，七点|老地方见",
        "Dear all|the meeting is at three|bring the invoice and your lease",
    ):
        assert recognise(page(text)) is None
