"""Words that say which field a number is for (turnover, staff, 期限), and words that say it is for none of ours."""

import re
from dataclasses import dataclass

from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.understanding import chinese
from flows.understanding.folding import WORD_ENDS, WORD_STARTS

ELSEWHERE = ""
"""The label of a number that belongs to no field: a rent, a fee, a limit, somebody else's loan."""
DURATION = "duration"
"""The label of a time that is not the term of the loan: how long the shop has been open."""

_PATTERNS = {
    "gross_annual_revenue": (
        r"annual (?:revenue|turnover|sales|income)|yearly (?:revenue|turnover|sales|income)|turnover|"
        r"turn(?:s|ed|ing)? over|revs?|revenues?|年营业额|年销售额?|年收入|年流水|年营收|年度?营业收入|"
        r"全年(?:营业额|销售额|收入|流水)"
    ),
    "net_profit_last_fy": r"net profit|profits?(?: last year)?|年利润|净利润|年净利",
    "total_assets": r"total assets|总资产|资产总额",
    "total_liabilities": r"total liabilities|总负债|负债总额",
    "accounts_receivable": r"accounts receivable|receivables|应收账款|应收款|应收",
    "accounts_payable": r"accounts payable|payables|应付账款|应付款|应付",
    "inventory_value": (
        r"(?<!buy )(?<!buying )(?<!get )(?<!need )(?<!more )(?<!new )(?:stock|inventory) (?:is )?(?:worth|value|"
        r"valued at)|value of (?:my |our |the )?(?:stock|inventory)|"
        r"库存价值|存货价值|(?:库存|存货)(?:大概|约)?值"
    ),
    "taxes_paid_12m": r"tax(?:es)? paid|paid in tax|纳税额?|交税|缴税|年纳税",
    "tax_arrears": r"tax arrears|tax owed|owe (?:hmrc|the taxman|in tax)|欠税",
    "average_monthly_bank_balance": r"average (?:monthly )?(?:bank )?balance|日均余额|月均余额|平均余额",
    "card_sales_12m": r"card sales|card takings|刷卡销售额?|刷卡流水",
    "shipments_12m": r"shipments|parcels|发货量|发件量|快递量",
    "representative_ownership_percent": (
        r"i own|my share(?:holding)?|own(?:ership|s)?|shareholding|equity|持股|占股|我占|"
        r"(?<=是)占(?=[0-9一二三四五六七八九十])|股份|股权"
    ),
    "number_of_employees": (
        r"employees?|emplyees?|staffs?|head ?count|workers|team(?: size)?|employ|work(?:ing)? (?:for|with) (?:me|"
        r"us)|员工人?数?|雇员|店员|人手|伙计|雇了?|请了|(?:店里|现在|目前|公司|厂里?|团队|我们)(?:这边)?(?:一共|总共|"
        r"现在|"
        r"目前)?有?(?=[0-9一二两三四五六七八九十]+个?人)|人数|职工|工人"
    ),
    "loan_term_months": (
        r"months(?= from [0-9])|(?:number of |how many |the )months(?= (?:should|is|are|was|were|to)(?![a-z]))|"
        r"(?:number of |how many "
        r")months|月数|pay(?:ing)? (?:it )?(?:over|across|within)|(?:pay|give|paid|giving|"
        r"paying) (?:(?:it|this|that|you|all|them) )*(?:back|bck|off) (?:it )?"
        r"(?:(?:over|in|within|across|inside|after)|(?=[0-9a-z]+[ -]?(?:y|mo|mth|mnth)))|"
        r"(?:loan |repayment )?term|(?:loan |repayment )?(?<!quiet )(?<!notice )(?<!grace )(?<!trial )(?<!slow "
        r")(?<!free )period|repay(?:ment)? (?:it )?(?:over|in|within)|tenure|"
        r"tenor|贷款期限|还款期限?|还款(?=[:：])|期限|期数|分期|贷期|借期"
    ),
    "amount_requested": (
        r"(?:loan )?amount(?: requested)?|sum|borrow(?:ing)?|loan of|loan for|loan|lend(?: me)?|finance of|"
        r"funding of|need(?:ed|s)?|want(?:ed|s)?|wanna|require|looking (?:for|to)|look for|after|appl(?:y|ying) for|"
        r"request(?:ing)?|raise|after|i'd like|i would like|could i have|can i (?:have|get)|get me|give me|gimme|"
        r"make it|make that|let's say|let's do|go for|贷款金额|借款金额|申请金额|金额|额度|贷款|借款|借|贷|想要|"
        r"需要|要|申请|融资|筹|来个|给我|整个|批(?!准)"
    ),
    ELSEWHERE: (
        r"rents?(?: is| of)?|salary|salaries|wages?|fees?|charges?|charged|deposits?|owe[sd]?|owing|debts?|repay(?:ing|"
        r"ment)?s?|pay(?:ing|ment|s)?|paid|per month|monthly (?:sales|revenue|turnover|takings|income)|takings|"
        r"sales|income|costs?|price[ds]?|worth|spent|spend|earn(?:s|ed|ing)?|balance|savings?|saved|limit|overdraft|"
        r"interest|instalments? of|instalment|friend|brother|sister|neighbour|mate|borrowed|lent|took(?: out)?|"
        r"taken out|got|last time|"
        r"last year|previously|already (?:have|had|got)|outstanding|existing|mortgages?|fined|fines|(?<=a )fine|"
        r"(?<=the )fine|"
        r"penalty|judgment|quot(?:ed?|ation|es|ing)|estimated?|priced at|asking price|scores?|rating|credit score|"
        r"capacity|"
        r"invoices?|approv\w+|bill(?: is| of)|refund|profit of|"
        r"(?:一|每)(?:台|辆|件|套|间|家|张|位)|单价|房租|租金|月租|工资|月薪|薪水|手续费|服务费|费用|费|利息|利率|"
        r"库存|存货|押金|定金|批准|报价|开价|标价|要价|售价|评分|信用分|芝麻分|积分|分数|额定|欠|还款|要还|还了|"
        r"还(?!有|是|要|"
        r"想|可以|能|需|得|差)|月供|存款|余额|价格|售价|单价|价值|花了|花|赚|挣|借了|贷了|借过|贷过|批了|上次|以前|"
        r"之前|曾经|去年|朋友|同学|邻居|隔壁|别人|月营业额|月销售额?|月流水|月收入|每月|月均|每个月|一个月|每天|一天|"
        r"日营业额|营业额|销售额|流水|收入|利润|营收|罚款|违约金|逾期|信用卡|花呗|借呗|网贷|"
        r"车贷|房贷|注册资本|投资了?|被骗了?|骗了?我?|转了|损失"
    ),
    DURATION: (
        r"in business|trading|running|been (?:open|going|doing)|operating|experience|since|established|opened|"
        r"started|years? old|(?:business|shop|company) age|age of (?:the |my |our )?(?:business|shop)|aged?|(?:last|"
        r"past|previous|next|first|every) (?:few )?$|last|past|previous|店龄|司龄|开(?!分|新|第|[一二两三四五几0-9]|"
        r"个|家|间|连锁|始|发|支)[^,，。\s分新0-9]{1,5}店|开店|开了|"
        r"开业|经营了?|做了|干了|成立|营业了?|从业|已经|过去|最近|近|每|前|wait(?:ed|ing)?|ago|退租|租约|lease|"
        r"contract|warranty|合同|保修|今年|年龄"
    ),
}
# Requests come last: "loan term" and "owe" are more telling than "loan" and "need" at the same place.
_ORDERED = sorted(_PATTERNS.items(), key=lambda item: item[0] == "amount_requested")
_NAMES = tuple(name for name, _ in _ORDERED)
_ALL = re.compile(
    rf"{WORD_STARTS}(?:"
    + "|".join(f"(?P<f{number}>{pattern})" for number, (_, pattern) in enumerate(_ORDERED))
    + f"){WORD_ENDS}"
)
_AFTER = re.compile(
    r"\s?(?:in |of |as |(?P<for>for )|is |a year in )?(?:my |our |the |last year'?s? |total |annual |annually )*(?:"
    r"(?P<gross_annual_revenue>turnover|revenue|annual sales)|(?P<net_profit_last_fy>net profit|profit)"
    r"|(?P<tax_arrears>tax arrears)|(?P<total_assets>total assets)|(?P<total_liabilities>total liabilities)"
    r"|(?P<shipments_12m>shipments|parcels)|(?P<representative_ownership_percent>shares?|(?<=of the )(?:company|"
    r"business)|equity|ownership|股份|股权|"
    r"的股)"
    r"|(?P<number_of_employees>employees|staff|workers|(?:who )?work(?:ing)? (?:for|with|under) (?:me|us)|on (?:the |"
    r"my |our )?(?:payroll|books))"
    r"|(?P<amount_requested>loan (?:please|pls|needed|wanted|required|request))"
    r"|(?P<loan_term_months>(?:之?内)?(?:就|慢慢)?能?还(?:清|完|上)?(?!了|不|款|要|是)|分期还|to (?:pay|repay|"
    r"clear)|payback)"
    r"|(?P<duration>ago|back(?= ?(?:$|[,.;]))|old|left|remaining|到期|(?:in business|trading|experience|running|"
    r"open)|of (?:trading|bank|"
    r"statements|history|"
    r"accounts|experience)"
    r"|bank statements|statements|free|grace|holiday|interest[- ]free|时间?了|了(?!吧|解)|前|后|以前|以后|之前|之后|"
    r"以来|内到|的?流水|的?账单|免息|来|历史|经验|老店)"
    r"|(?P<elsewhere>each|apiece|last (?:year|time|month)(?! of)|一台|一辆|一套|一件|每台|每辆|每套|每件|rent|"
    r"fees?|charges?|deposits?|debts?|wages|"
    r"salary|savings|overdraft|fine|penalty|limit|sales|"
    r"takings|手续费|服务费|利息|押金|房租|定金|工资|罚款|违约金)"
    r")(?![a-z])"
)
_SPACED = rf"(?<=[\u4e00-\u9fffkw0-9]) (?=[\u4e00-\u9fff])(?![{chinese.NUMERALS}半大约差是为改共总近左])"
"""A space where Chinese would write a comma."""
BREAK = re.compile(
    rf"{_SPACED}|[，。;!?\n]|[,.](?![0-9])|(?<![0-9])[,.]|(?<![a-z])(?:but|because|although)(?![a-z])|但是?|不过|因为"
)

_MONEY = {name for name, spec in FIELDS.items() if spec.kind is Kind.MONEY}
_INTEGER = {"number_of_employees", "loan_term_months", "shipments_12m", "time_in_business_years"}


@dataclass(frozen=True, slots=True)
class Label:
    """A word that names a field (or ELSEWHERE, DURATION) and where it stands."""

    field: str
    start: int
    end: int


def find(text: str) -> list[Label]:
    """Every label of a folded text, from left to right."""
    return [
        Label(_NAMES[int(match.lastgroup[1:])], match.start(), match.end())
        for match in _ALL.finditer(text)
        if match.lastgroup is not None
    ]


def after(text: str, position: int) -> str | None:
    """The field that the words right after a number name: 300k turnover."""
    if text[position : position + 1] == " " and "\u4e00" <= text[position + 1 : position + 2] <= "\u9fff":
        return None
    match = _AFTER.match(text, position)
    if match is None or match.lastgroup is None or (match["for"] and match["elsewhere"]):
        return None  # "7k for rent" says what it is for
    return {"elsewhere": ELSEWHERE}.get(match.lastgroup, match.lastgroup)


def holds_money(field: str) -> bool:
    """Whether a field holds one amount of money."""
    return field in _MONEY


def holds_integer(field: str) -> bool:
    """Whether a field holds a whole number that a person may type bare."""
    return field in _INTEGER
