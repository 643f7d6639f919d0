"""Chinese papers as other issuers print them."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.papers.invented import amount, capital, days_ago, digits, person, shop_cn
from tests.papers.unseen.page import SERIF, Paper, by_hand, lines, rows

_PHONE = (
    "body{background:#f3f4f6}.bar{background:#1677ff;color:#fff;padding:36px 16px 12px;font-size:18px;text-align:center}\
.card{background:#fff;margin:12px;padding:14px;border-radius:8px}.r{display:flex;justify-content:space-between;gap:16px;\
padding:7px 0;border-bottom:1px solid #eee}.r b{font-weight:400;color:#888;white-space:nowrap}.r span{text-align:right}"
)


def _pairs(pairs: list[tuple[str, str]]) -> str:
    return "".join(f"<div class=r><b>{label}</b><span>{value}</span></div>" for label, value in pairs)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _hand(text: str) -> str:
    return by_hand(text, chinese=True)


def _day_by_hand(day: date) -> str:
    return f"{_hand(str(day.year))}年{_hand(str(day.month))}月{_hand(str(day.day))}日"


def trader_licence(random: Random) -> Paper:
    """A trader's licence, upright, labels spread, number under the title."""
    shop = shop_cn(random)
    founded, name = (
        shop.founded,
        shop.place[3:5]
        + f"市{random.choice(('李记', '老街', '胖嫂', '兄弟'))}{random.choice(('面馆', '烟酒行', '杂货铺', '熟食店'))}",
    )
    fields = {
        "registration_number": shop.number, "name": name, "representative": shop.owner, "address": shop.address,
        "established": founded.isoformat(), "scope": shop.scope, "type": "个体工商户",
    }  # fmt: skip
    body = rows(
        [
            ("名　　称", name), ("类　　型", "个体工商户"), ("经 营 者", shop.owner), ("经营场所", shop.address),
            ("组成形式", random.choice(("个人经营", "家庭经营"))), ("注册日期", f"{founded.year}年{founded.month}月{founded.day}日"),
            ("经营范围", shop.scope),
        ],
        "style='width:120px;vertical-align:top;white-space:nowrap'",
    )  # fmt: skip
    html = f"""<div style="border:14px double #c9a24b;padding:40px 60px;min-height:1050px">
    <h1 style="text-align:center;letter-spacing:.5em;font-size:52px;margin:60px 0 0">营业执照</h1>
    <p style="text-align:center;font-size:20px">（副　本）</p>
    <p style="text-align:center;font-size:19px">统一社会信用代码　{shop.number}</p>
    <table style="font-size:21px;line-height:2.1;margin-top:30px">{body}</table>
    <p style="margin-top:110px;text-align:right;font-size:20px">登 记 机 关　　{shop.place[3:9]}市场监督管理局<br>
    {founded.year}　年　{founded.month:02d}　月　{founded.day:02d}　日</p>
    <p style="font-size:13px;margin-top:40px">市场主体应当于每年1月1日至6月30日通过国家企业信用信息公示系统报送公示年度报告</p></div>"""
    return Paper("business_licence", "CN", html, fields, 900, ("photo", "scan"), f"body{{font-family:{SERIF}}}")


def licence_app(random: Random) -> Paper:
    """The electronic licence on a phone."""
    shop = shop_cn(random)
    name = f"{shop.place[3:5]}{random.choice(('予安', '木棉', '半夏'))}{random.choice(('科技', '供应链', '文化传播'))}有限公司"
    founded, cap = shop.founded, random.choice((10, 50, 100, 300))
    html = f"""<div class=bar>电子营业执照</div><div class=card><h2 style="margin:6px 0;font-size:20px">{name}</h2>
    <div style="color:#0a0;font-size:13px">存续（在营、开业、在册）</div></div><div class=card>{
        _pairs(
            [
                ("统一社会信用代码", shop.number),
                ("企业名称", name),
                ("法定代表人", shop.owner),
                ("市场主体类型", "有限责任公司(自然人投资或控股)"),
                ("注册资本", f"{cap}万元人民币"),
                ("成立日期", founded.isoformat()),
                ("营业期限", f"{founded.isoformat()} 至 长期"),
                ("登记机关", shop.place[3:9] + "市场监督管理局"),
                ("住所", shop.address),
            ]
        )
    }</div>
    <p style="text-align:center;color:#999;font-size:12px">下载时间 2026-11-20 10:12　仅供查验</p>"""
    fields = {
        "registration_number": shop.number, "name": name, "representative": shop.owner,
        "established": founded.isoformat(), "address": shop.address, "capital": f"{cap}万元人民币",
    }  # fmt: skip
    return Paper("business_licence", "CN", html, fields, 390, ("screen", "monitor"), _PHONE)


def tobacco(random: Random) -> Paper:
    """A tobacco retail licence as a bureau in another province prints it."""
    shop, begin = shop_cn(random), days_ago(random, 100, 900)
    end, number = begin.replace(year=begin.year + 5) - timedelta(days=1), digits(random, 12)
    html = f"""<div style="border:6px solid #7a1f1f;padding:36px 48px;height:640px">
    <h1 style="text-align:center;color:#7a1f1f;font-size:40px;margin:0">烟草专卖零售许可证</h1>
    <p style="text-align:right">证号：{number}</p>
    <div style="display:flex;gap:40px;font-size:18px"><div style="flex:1">{
        lines([("字号名称", shop.name), ("经营者姓名", shop.owner), ("经营地址", shop.address), ("经营方式", "零售")])
    }</div>
    <div style="flex:1">{
        lines(
            [
                ("许可项目", "卷烟、雪茄烟零售"),
                ("供货单位", shop.place[3:6] + "烟草公司"),
                ("有效期自", _day(begin) + "至" + _day(end)),
                ("发证单位", shop.place[3:6] + "烟草专卖局"),
                ("发证日期", _day(begin)),
            ]
        )
    }</div></div></div>"""
    fields = {
        "number": number, "name": shop.name, "representative": shop.owner, "address": shop.address,
        "valid_until": end.isoformat(),
    }  # fmt: skip
    return Paper("industry_licence", "CN", html, fields, 980, ("photo", "scan"), f"body{{font-family:{SERIF}}}")


def food(random: Random) -> Paper:
    """A food licence, label above the value, two columns."""
    shop, begin = shop_cn(random), days_ago(random, 100, 900)
    end, number = begin.replace(year=begin.year + 5) - timedelta(days=1), "JY1" + digits(random, 13)
    cell = "style='padding:8px 12px;border:1px solid #999;vertical-align:top;width:50%'"
    parts = [
        ("经营者名称", shop.name), ("许可证编号", number), ("统一社会信用代码（身份证号码）", shop.number), ("法定代表人（负责人）", shop.owner),
        ("住所", shop.address), ("经营场所", shop.address), ("主体业态", "食品销售经营者"), ("经营项目", "预包装食品销售，散装食品销售"),
        ("签发日期", begin.isoformat()), ("有效期至", end.isoformat()),
    ]  # fmt: skip
    cells = [f"<td {cell}><small style='color:#555'>{a}</small><br>{b}</td>" for a, b in parts]
    table = "".join(f"<tr>{cells[i]}{cells[i + 1]}</tr>" for i in range(0, len(cells), 2))
    html = f"""<div style="padding:50px"><h1 style="text-align:center">食品经营许可证</h1><table style="width:100%;font-size:19px">{table}</table>
    <p style="text-align:right;margin-top:60px">发证机关：{shop.place[3:9]}行政审批局</p></div>"""
    fields = {
        "number": number, "name": shop.name, "registration_number": shop.number, "representative": shop.owner,
        "address": shop.address, "valid_until": end.isoformat(),
    }  # fmt: skip
    return Paper("industry_licence", "CN", html, fields, 820, ("pdf", "photo", "scan"))


def card_marked(random: Random) -> Paper:
    """A photocopy of both sides of an identity card with a note across it."""
    shop = shop_cn(random)
    sex = "男" if int(shop.person_number[16]) % 2 else "女"
    begin = days_ago(random, 300, 3000)
    end = begin.replace(year=begin.year + 20, day=min(begin.day, 28))
    html = f"""<div style="padding:80px 150px"><div style="border:1px solid #aaa;border-radius:16px;width:600px;height:378px;position:relative;padding:34px;font-size:22px">
    <p style="margin:0 0 14px"><small>姓 名</small>　{shop.owner}</p><p style="margin:0 0 14px"><small>性 别</small>　{sex}　　<small>民 族</small>　汉</p>
    <p style="margin:0 0 14px"><small>出 生</small>　{shop.born.year} <small>年</small> {shop.born.month} <small>月</small> {shop.born.day} <small>日</small></p>
    <p style="margin:0;width:360px;padding-left:66px;text-indent:-66px"><small>住 址</small>　{shop.home}</p>
    <p style="position:absolute;bottom:24px;margin:0"><small>公民身份号码</small>　　{shop.person_number}</p>
    <div style="position:absolute;right:36px;top:60px;width:140px;height:180px;background:#ccc"></div></div>
    <div style="border:1px solid #aaa;border-radius:16px;width:600px;height:378px;margin-top:60px;position:relative;padding:40px;font-size:24px;text-align:center">
    <b>中华人民共和国<br>居 民 身 份 证</b><p style="position:absolute;left:120px;bottom:60px;font-size:20px">签发机关　{shop.place[3:9]}公安局</p>
    <p style="position:absolute;left:120px;bottom:20px;font-size:20px">有效期限　{begin:%Y.%m.%d}-{end:%Y.%m.%d}</p></div>
    <p style="position:absolute;left:220px;top:330px;transform:rotate(-20deg);color:#3355aa;opacity:.45;font-size:26px">仅限办理贷款使用 再次复印无效</p></div>"""
    fields = {
        "name": shop.owner, "id_number": shop.person_number, "birth_date": shop.born.isoformat(),
        "address": shop.home, "sex": "M" if sex == "男" else "F",
    }  # fmt: skip
    return Paper("id_front", "CN", html, fields, 900, ("scan", "photo"))


def card_back(random: Random) -> Paper:
    """The side with the emblem."""
    shop, begin = shop_cn(random), days_ago(random, 300, 3000)
    life = random.random() < 0.3
    end = "长期" if life else f"{begin.replace(year=begin.year + 10, day=min(begin.day, 28)):%Y.%m.%d}"
    html = f"""<div style="background:linear-gradient(120deg,#e9f1f4,#f6e9ec);height:510px;padding:40px 50px;position:relative;font-family:{SERIF}">
    <p style="text-align:center;font-size:40px;letter-spacing:.2em;margin:10px 0 0">中华人民共和国</p>
    <p style="text-align:center;font-size:58px;letter-spacing:.25em;margin:6px 0">居民身份证</p>
    <p style="position:absolute;left:200px;bottom:84px;font-size:26px;margin:0"><b>签发机关</b>　{shop.place[3:9]}公安分局</p>
    <p style="position:absolute;left:200px;bottom:30px;font-size:26px;margin:0"><b>有效期限</b>　{begin:%Y.%m.%d}-{end}</p></div>"""
    fields = {"authority": shop.place[3:9] + "公安分局", "valid_from": begin.isoformat()}
    if not life:
        fields["valid_until"] = end.replace(".", "-")
    return Paper("id_back", "CN", html, fields, 810, ("photo", "monitor"))


def _sums(random: Random, rate: int) -> tuple[Decimal, Decimal, Decimal]:
    net = amount(random, 200, 9000)
    tax = (net * rate / 100).quantize(Decimal("0.01"))
    return net, tax, net + tax


def fapiao_on_a_phone(random: Random) -> Paper:
    """A fully digital invoice as a phone's tax app shows its data."""
    seller, buyer, day, rate = shop_cn(random), shop_cn(random), days_ago(random, 5, 300), random.choice((6, 9, 13))
    net, tax, total = _sums(random, rate)
    number = "26" + digits(random, 18)
    html = f"""<div class=bar>发票详情</div><div class=card><h3 style="margin:0;text-align:center">电子发票（普通发票）</h3>{
        _pairs([("发票号码", number), ("开票日期", f"{day.year}年{day.month:02d}月{day.day:02d}日")])
    }</div>
    <div class=card>{
        _pairs(
            [
                ("购买方名称", buyer.name),
                ("购买方统一社会信用代码/纳税人识别号", buyer.number),
                ("销售方名称", seller.name),
                ("销售方统一社会信用代码/纳税人识别号", seller.number),
            ]
        )
    }</div>
    <div class=card>{
        _pairs(
            [
                ("项目名称", "*食品*糕点"),
                ("合计金额", f"¥{net}"),
                ("合计税额", f"¥{tax}"),
                ("价税合计（小写）", f"¥{total}"),
                ("价税合计（大写）", capital(total)),
            ]
        )
    }</div>"""
    fields = {
        "number": number, "day": day.isoformat(), "seller": seller.name, "seller_number": seller.number, "buyer": buyer.name,
        "buyer_number": buyer.number, "net": str(net), "tax": str(tax), "total": str(total),
    }  # fmt: skip
    return Paper("invoice", "CN", html, fields, 390, ("screen", "monitor"), _PHONE)


def roll(random: Random) -> Paper:
    """A roll invoice of a till, on thermal paper."""
    seller, buyer, day = shop_cn(random), shop_cn(random), days_ago(random, 5, 300)
    total = amount(random, 20, 900)
    code, number = "0" + digits(random, 11), digits(random, 8)
    html = f"""<div style="padding:24px;font-size:15px;color:#333"><h3 style="text-align:center;margin:0">增值税普通发票（卷票）</h3><p style="text-align:center;margin:0">发票联</p>{
        lines(
            [
                ("发票代码", code),
                ("发票号码", number),
                ("机器编号", digits(random, 12)),
                ("销售方名称", seller.name),
                ("纳税人识别号", seller.number),
                ("开票日期", day.isoformat()),
                ("收款员", person(random)),
                ("购买方名称", buyer.name),
                ("购买方税号", buyer.number),
            ]
        )
    }
    <table style="width:100%"><tr><td>项目</td><td>单价</td><td>数量</td><td>金额</td></tr><tr><td>*餐饮服务*餐费</td><td>{
        total
    }</td><td>1</td><td>{total}</td></tr></table>
    {
        lines(
            [("合计金额（小写）", f"￥{total}"), ("合计金额（大写）", capital(total)), ("校验码", digits(random, 20))]
        )
    }</div>"""
    fields = {
        "number": number, "code": code, "day": day.isoformat(), "seller": seller.name, "seller_number": seller.number,
        "buyer": buyer.name, "total": str(total),
    }  # fmt: skip
    return Paper("invoice", "CN", html, fields, 360, ("photo",), "p{margin:3px 0}")


def statement(random: Random) -> Paper:
    """A bank's print of an account, two pages: balance before the counterparty, debit and credit apart."""
    shop, balance = shop_cn(random), amount(random, 3000, 50000)
    opening, day, out, moves = balance, days_ago(random, 120, 300), [], [Decimal(0), Decimal(0)]
    first = day
    for _ in range(46):
        day += timedelta(days=random.randrange(0, 3))
        value, credit = amount(random, 10, 4000), random.random() < 0.6
        if not credit and value > balance:
            credit = True
        balance += value if credit else -value
        moves[credit] += value
        cells = (day.isoformat(), random.choice(("转账", "快捷支付", "POS消费", "手续费", "货款")), "" if credit else f"{value:,}", f"{value:,}" if credit else "", f"{balance:,}", person(random))  # fmt: skip
        out.append("<tr>" + "".join(f"<td>{each}</td>" for each in cells) + "</tr>")
    account = "6228" + digits(random, 15)
    head = "<tr><th>记账日期<th>摘要<th>支出金额<th>收入金额<th>账户余额<th>对方户名</tr>"
    html = f"""<div style="padding:30px"><h2 style="text-align:center">{random.choice(("江海银行", "联丰村镇银行"))}股份有限公司 客户交易流水明细</h2>
    <p>客户姓名：{shop.owner}　　账号：{account}　　币种：人民币</p><p>查询区间：{first.isoformat()} 至 {day.isoformat()}　　期初余额：{opening:,}</p>
    <table style="width:100%;font-size:12px"><thead>{head}</thead>{"".join(out)}</table><p>支出合计：{moves[0]:,}　收入合计：{moves[1]:,}　期末余额：{balance:,}</p></div>"""
    fields = {
        "holder": shop.owner, "account_number": account, "opening": str(opening), "closing": str(balance),
        "money_in": str(moves[1]), "money_out": str(moves[0]), "rows": "46",
    }  # fmt: skip
    return Paper(
        "bank_statement",
        "CN",
        html,
        fields,
        800,
        ("pdf",),
        "td,th{border-bottom:1px solid #ddd;padding:5px;text-align:left}",
    )


def tax_proof(random: Random) -> Paper:
    """A tax-payment certificate with one total over several taxes."""
    shop, begin = shop_cn(random), days_ago(random, 200, 400).replace(day=1)
    paid = [amount(random, 100, 4000) for _ in range(3)]
    total, number = sum(paid, Decimal(0)), digits(random, 18)
    end, issued = begin + timedelta(days=88), begin + timedelta(days=120)
    taxes = "".join(
        f"<tr><td>{digits(random, 16)}<td>{tax}<td>{begin.isoformat()}至{end.isoformat()}<td>{issued.isoformat()}<td>{each}</tr>"
        for tax, each in zip(("增值税", "城市维护建设税", "个人所得税"), paid, strict=True)
    )
    html = f"""<div style="padding:40px"><h2 style="text-align:center;margin:0">中华人民共和国<br>税 收 完 税 证 明</h2>
    <p style="display:flex;justify-content:space-between"><span>填发日期：{issued.year} 年 {issued.month} 月 {issued.day} 日</span><span>No.{number}</span></p>
    <p>税务机关：国家税务总局{shop.place[3:9]}税务局</p>
    <table border=1 style="width:100%"><tr><td>纳税人识别号<td colspan=2>{shop.number}<td>纳税人名称<td>{shop.name}</tr>
    <tr><td>原凭证号<td>税种<td>税款所属时期<td>入（退）库日期<td>实缴（退）金额</tr>{taxes}
    <tr><td>金额合计<td colspan=3>（大写）{capital(total)}<td>￥{total:,}</tr></table>
    <p>本凭证不作为纳税人记账、抵扣凭证</p></div>"""
    fields = {
        "number": number, "name": shop.name, "registration_number": shop.number, "amount": str(total),
        "issued": issued.isoformat(),
    }  # fmt: skip
    return Paper("tax_payment_certificate", "CN", html, fields, 920, ("pdf", "photo", "scan"), "td{padding:6px}")


def lease(random: Random) -> Paper:
    """A lease on a printed form, filled in by hand."""
    tenant, landlord, begin = shop_cn(random), person(random), days_ago(random, 60, 500)
    years, rent = random.choice((1, 2, 3)), Decimal(random.randrange(12, 120)) * 100
    end = begin.replace(year=begin.year + years, day=min(begin.day, 28)) - timedelta(days=1)
    html = f"""<div style="padding:60px 80px;font:17px/2.1 {SERIF}"><h2 style="text-align:center">商铺租赁合同</h2>
    <p>甲方（出租人）：{_hand(landlord)}<br>乙方（承租人）：{_hand(tenant.owner)}</p>
    <p>一、甲方将位于{_hand(tenant.address)}的商铺出租给乙方用于经营。</p>
    <p>二、租赁期限自{_day_by_hand(begin)}起至{_day_by_hand(end)}止。</p>
    <p>三、月租金为人民币{_hand(f"{rent:.0f}")}元，按季支付；押金{_hand(f"{rent * 2:.0f}")}元。</p>
    <p>四、租赁期内水、电、燃气费用由乙方承担。未经甲方书面同意，乙方不得转租。</p>
    <p style="margin-top:60px">甲方签字：{_hand(landlord)}　　　　乙方签字：{_hand(tenant.owner)}</p></div>"""
    fields = {
        "landlord": landlord, "tenant": tenant.owner, "address": tenant.address, "start": begin.isoformat(),
        "end": end.isoformat(), "rent": str(rent),
    }  # fmt: skip
    return Paper("lease", "CN", html, fields, 820, ("photo", "scan"))


def power_bill(random: Random) -> Paper:
    """An electricity or water bill on a phone."""
    shop, begin = shop_cn(random), days_ago(random, 60, 200).replace(day=1)
    end, total, number = begin + timedelta(days=29), amount(random, 60, 3000), digits(random, 10)
    kind, name = random.choice(
        (("电费", "国网{}供电公司"), ("水费", "{}水务集团有限公司"), ("燃气费", "{}燃气有限公司"))
    )
    provider = name.format(shop.place[3:6])
    html = f"""<div class=bar>{
        kind
    }账单</div><div class=card style="text-align:center"><div>应缴金额（元）</div><div style="font-size:32px">{
        total
    }</div></div>
    <div class=card>{
        _pairs(
            [
                ("缴费单位", provider),
                ("户号", number),
                ("户名", shop.name),
                ("用电地址" if kind == "电费" else "用户地址", shop.address),
                ("计费周期", f"{begin.isoformat()} 至 {end.isoformat()}"),
                ("缴费截止日", (end + timedelta(days=15)).isoformat()),
            ]
        )
    }</div>"""
    fields = {
        "provider": provider, "account_number": number, "name": shop.name, "address": shop.address, "amount": str(total),
        "period_from": begin.isoformat(), "period_to": end.isoformat(),
    }  # fmt: skip
    return Paper("utility_bill", "CN", html, fields, 390, ("screen", "monitor"), _PHONE)


PAPERS = (
    trader_licence, licence_app, tobacco, food, card_marked, card_back, fapiao_on_a_phone, roll, statement, tax_proof, lease,
    power_bill,
)  # fmt: skip
