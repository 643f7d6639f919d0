"""One right file of every format, of invented people and firms, as bytes."""

# ruff: noqa: E501 - lines of the files themselves

import io
import zipfile
from decimal import Decimal

import pypdfium2 as pdfium

ROWS = ((3, "CARD SALES", "120.50"), (3, "RENT", "-80.00"), (17, "TRANSFER IN", "310.00"), (28, "SUPPLIES", "-45.25"))
OPENING = Decimal("1000.00")
CLOSING = OPENING + sum(Decimal(amount) for _, _, amount in ROWS)


def bank_csv(
    *,
    delimiter: str = ",",
    comma: bool = False,
    newest_first: bool = False,
    wrong: bool = False,
    date: str = "%d/11/2025",
) -> bytes:
    balance, lines = OPENING, []
    for day, text, amount in ROWS:
        balance += Decimal(amount)
        shown = balance + 1 if wrong and day == 17 else balance
        cells = [date.replace("%d", f"{day:02d}"), text, amount, f"{shown:,.2f}"]
        if comma:
            cells[2:] = [each.translate(str.maketrans(",.", ".,")) for each in cells[2:]]
        lines.append(delimiter.join(f'"{cell}"' for cell in cells))
    if newest_first:
        lines.reverse()
    head = f"Account number: 12345678\nStatement\n\n{delimiter.join(('Date', 'Description', 'Amount', 'Balance'))}\n"
    return (head + "\n".join(lines) + "\nTotal,,,\n").encode()


CHINESE = """中国某银行交易明细
账号：6222020000001234567    户名：半日茶行
交易日期,摘要,收入金额,支出金额,余额,对方户名,对方账号
20251103,刷卡收入,"1,200.50",,"2,200.50",支付清算,1001
20251104,房租,,800.00,"1,400.50",房东某,1002
20251105,转账,310.00,,"1,710.50",散客,1003
合计,,"1,510.50",800.00,,,
"""

OFX1 = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX><SIGNONMSGSRSV1><SONRS><FI><ORG>HARBOUR BANK<FID>1</FI></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP<BANKACCTFROM><BANKID>200000<ACCTID>12345678<ACCTTYPE>CHECKING
</BANKACCTFROM><BANKTRANLIST><DTSTART>20251101<DTEND>20251130
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20251103120000[0:GMT]<TRNAMT>120.50<FITID>A1<NAME>CARD SALES &amp; CO<MEMO>settled</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20251117<TRNAMT>-80.00<FITID>A2<NAME>RENT
</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>1040.50<DTASOF>20251130</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""

OFX2 = """<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200" VERSION="211"?>
<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP</CURDEF><BANKACCTFROM><BANKID>200000</BANKID><ACCTID>12345678</ACCTID>
</BANKACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20251103</DTPOSTED><TRNAMT>120.50</TRNAMT>
<FITID>A1</FITID><NAME>CARD SALES</NAME></STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""

MT940 = """:20:STATEMENT
:25:20000012345678
:28C:11/1
:60F:C251101EUR1000,00
:61:2511031103C120,50NTRFNONREF//B1
:86:166?00GUTSCHRIFT?20RECHNUNG 17?21TEIL 2?31DE001?32LADEN AM?33 HAFEN
:61:2511171117D80,NDDTMIETE//B2
:86:RENT FOR
NOVEMBER
:61:2512011130RD5,00NMSCREF
:62F:C251130EUR1045,50
-
"""


def camt(version: str = "08", *, closing: str = "1040.50") -> bytes:
    party = "<Pty><Nm>Oat &amp; Ember</Nm></Pty>" if version >= "08" else "<Nm>Oat &amp; Ember</Nm>"
    status = "<Sts><Cd>BOOK</Cd></Sts>" if version >= "08" else "<Sts>BOOK</Sts>"
    pending = status.replace("BOOK", "PDNG")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt>
<Acct><Id><IBAN>GB33BUKB20201555555555</IBAN></Id><Ccy>GBP</Ccy><Ownr><Nm>Salt and Crumb</Nm></Ownr></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="GBP">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="GBP">{closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="GBP">120.50</Amt><CdtDbtInd>CRDT</CdtDbtInd>{status}<BookgDt><Dt>2025-11-03</Dt></BookgDt>
<AcctSvcrRef>R1</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
<NtryDtls><TxDtls><RltdPties><Dbtr>{party}</Dbtr><DbtrAcct><Id><IBAN>GB1</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>order 7</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="GBP">80.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>{status}<BookgDt><DtTm>2025-11-17T09:00:00Z</DtTm></BookgDt></Ntry>
<Ntry><Amt Ccy="GBP">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>{pending}<BookgDt><Dt>2025-11-18</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>""".encode()


WECHAT = """微信支付账单明细,,,,,,,,,,
微信昵称：[半日茶],,,,,,,,,,
----------------------微信支付账单明细列表--------------------,,,,,,,,,,
交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注
2025-11-05 12:45:27,二维码收款,客甲,"茶",收入,¥28.16,零钱,已收钱,"1001\t","m1\t","/"
2025-11-05 13:00:00,二维码收款,客乙,"茶",收入,¥40.00,零钱,已退款(￥15.00),"1002\t","m2\t","/"
2025-11-05 14:00:00,二维码收款,客丙,"茶",收入,¥60.00,零钱,已全额退款,"1003\t","m3\t","/"
2025-11-06 10:10:11,商户消费,茶厂,茶叶,支出,¥300.00,零钱,支付成功,"1004\t","m4\t","/"
2025-11-06 11:10:11,零钱提现,招商银行,"/",/,¥500.00,招商银行,提现已到账,"1005\t",/,"/"
2025-11-06 11:10:11,零钱提现,招商银行,"/",/,¥500.00,招商银行,提现已到账,"1005\t",/,"/"
"""

WECHAT_MERCHANT = """﻿交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注
`2025-11-05 12:00:00,`wx1,`19,`0,`,`42001,`m1,`o1,`JSAPI,`SUCCESS,`OTHERS,`CNY,`88.00,`0.00,`0,`0,`0.00,`0.00,`,`,`茶,`,`0.5,`0.60%,`88.00,`0.00,`
`2025-11-05 12:30:00,`wx1,`19,`0,`,`42002,`m2,`o2,`JSAPI,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`5001,`r2,`20.00,`0.00,`ORIGINAL,`SUCCESS,`茶,`,`-0.1,`0.60%,`0.00,`20.00,`
总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额
`2,`88.00,`20.00,`0.00,`0.4,`88.00,`20.00
"""

ALIPAY = """------------------------------------------------------------
支付宝账户：tea@example.com
交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,
2025-11-05 21:32:14 ,商业服务,客甲,/,茶叶,收入,49.74,余额,交易成功,A1\t,M1\t,,
2025-11-05 22:32:14 ,商业服务,客乙,/,茶叶,收入,10.00,余额,交易关闭,A2\t,M2\t,,
2025-11-06 18:21:04 ,退款,茶厂,/,退款-茶叶,不计收支,16.03,余额,退款成功,A3\t,M3\t,,
2025-11-06 18:22:04 ,商业服务,客丙,/,茶叶,支出,5.00,余额,等待确认收货,A4\t,M4\t,,
"""

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>SC-17</cbc:ID><cbc:IssueDate>2025-11-03</cbc:IssueDate><cbc:DueDate>2025-12-03</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>GBP</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Salt and Crumb</cbc:Name></cac:PartyName>
<cac:PartyLegalEntity><cbc:RegistrationName>SALT AND CRUMB BAKERY LTD</cbc:RegistrationName><cbc:CompanyID>99412087</cbc:CompanyID>
</cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Oat and Ember</cbc:RegistrationName>
</cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
<cac:TaxTotal><cbc:TaxAmount currencyID="GBP">20.00</cbc:TaxAmount></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="GBP">100.00</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="GBP">120.00</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal></Invoice>"""

CII = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocument><ram:ID>F-9</ram:ID><ram:TypeCode>381</ram:TypeCode><ram:IssueDateTime>
<udt:DateTimeString format="102">20251104</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement>
<ram:SellerTradeParty><ram:Name>Boulangerie du Quai</ram:Name><ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">FR00</ram:ID>
</ram:SpecifiedTaxRegistration></ram:SellerTradeParty><ram:BuyerTradeParty><ram:Name>Client</ram:Name></ram:BuyerTradeParty>
</ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>50.00</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="EUR">10.00</ram:TaxTotalAmount><ram:GrandTotalAmount>60.00</ram:GrandTotalAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""

FAPIAO = "01,10,033001900111,12345678,188.68,20251105,12345678901234567890,A1B2,\n01,32,,25332000000012345678,500.00,20251106,,C3D4\n"

INVOICES = """发票代码,发票号码,数电票号码,开票日期,购方名称,购方识别号,销方名称,销方识别号,金额,税额,价税合计,发票状态,是否正数发票
,,25332000000000000001,2025-11-03 10:00:00,客甲公司,91330106MA0000001X,半日茶行,91330106MA0000002Y,100.00,13.00,113.00,正常,是
,,25332000000000000002,2025-11-04 10:00:00,客乙公司,91330106MA0000003Z,半日茶行,91330106MA0000002Y,200.00,26.00,226.00,作废,是
,,25332000000000000003,2025-11-05 10:00:00,客甲公司,91330106MA0000001X,半日茶行,91330106MA0000002Y,-50.00,-6.50,-56.50,正常,否
,,25332000000000000003,2025-11-05 10:00:00,客甲公司,91330106MA0000001X,半日茶行,91330106MA0000002Y,-50.00,-6.50,-56.50,正常,否
合计,,,,,,,,250.00,32.50,282.50,,
"""


def workbook(rows: list[list[object]]) -> bytes:
    """A workbook of one sheet with text and numbers in place, written part by part."""
    cells = []
    for number, row in enumerate(rows, 1):
        inner = "".join(
            f"<c><v>{cell}</v></c>" if isinstance(cell, int | float) else f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
            for cell in row
        )
        cells.append(f'<row r="{number}">{inner}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{office}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{office}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kinds}"><sheets>'
        '<sheet name="one" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{kinds}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(cells)}</sheetData></worksheet>',
    }
    return zipped({name: text.encode() for name, text in parts.items()})


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def bank_xlsx() -> bytes:
    rows: list[list[object]] = [["Statement"], ["Date", "Description", "Amount", "Balance"]]
    balance = OPENING
    for day, text, amount in ROWS:
        balance += Decimal(amount)
        rows.append([f"2025-11-{day:02d}", text, float(amount), float(balance)])
    return workbook(rows)


def facturx() -> bytes:
    document = pdfium.PdfDocument.new()
    document.new_page(100, 100)
    document.new_attachment("factur-x.xml").set_data(CII.encode())
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def empty_pdf() -> bytes:
    document = pdfium.PdfDocument.new()
    document.new_page(100, 100)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


FILES = {
    "bank_csv": bank_csv(),
    "bank_gb18030": CHINESE.encode("gb18030"),
    "bank_xlsx": bank_xlsx(),
    "ofx1": OFX1.encode(),
    "ofx2": OFX2.encode(),
    "mt940": MT940.encode(),
    "camt": camt(),
    "wechat": WECHAT.encode(),
    "wechat_merchant": WECHAT_MERCHANT.encode(),
    "alipay": ALIPAY.encode("gb18030"),
    "ubl": UBL.encode(),
    "cii": CII.encode(),
    "facturx": facturx(),
    "fapiao": FAPIAO.encode(),
    "invoices": INVOICES.encode("utf-8-sig"),
}
