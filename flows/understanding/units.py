"""The words beside a number that say what it counts: currencies, months, percent, people, and the rest."""

import re
from collections.abc import Mapping
from types import MappingProxyType

_CURRENCY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "GBP": "£|gbp|pounds? sterling|pounds?|sterling|quid|英镑|英磅|镑",
        "CNY": "¥|cny|rmb|cn¥|renminbi|yuan|kuai|人民币|元人民币|块人民币|元整|块钱|块|元",
        "USD": r"us\$|u\.s\.\$|\$|usd|us dollars?|dollars?|bucks?|美元|美金|美刀|刀",
        "EUR": "€|eur|euros?|欧元|欧",
        "INR": r"₹|inr|rs\.?|rupees?|卢比",
        "HKD": r"hk\$|hkd|hong ?kong dollars?|蚊|港元|港币|港纸",
        "JPY": "jpy|jp¥|yen|日元|日币|円",
        "TWD": r"nt\$|twd|新台币|台币",
        "SGD": r"s\$|sg\$|sgd|singapore dollars?|新币|新元|新加坡元",
        "AUD": r"a\$|au\$|aud|australian dollars?|澳元|澳币",
        "CAD": r"c\$|ca\$|cad|canadian dollars?|加元|加币",
        "KRW": "₩|krw|won|韩元|韩币",
        "MYR": "rm|myr|ringgit|马币|令吉",
        "ZAR": "zar|rand|r",
        "KES": "kes|kshs?|kenyan shillings?|bob",
        "UGX": "ugx",
        "TZS": "tzs",
        "NGN": "₦|ngn|naira|n",
        "GHS": "ghs|gh₵|cedis?",
        "AED": "aed|dirhams?|迪拉姆",
        "SAR": "sar|riyals?",
        "PKR": "pkr",
        "BDT": "৳|bdt|taka",
        "LKR": "lkr",
        "PHP": "₱|php",
        "IDR": "idr|rp|rupiah|印尼盾",
        "THB": "฿|thb|baht|泰铢",
        "VND": "₫|vnd|dong|越南盾",
        "BRL": r"r\$|brl|reais",
        "MXN": r"mx\$|mxn",
        "NZD": r"nz\$|nzd|纽币",
        "CHF": "chf|swiss francs?|francs?|瑞士法郎|瑞郎",
        "PLN": "zł|pln|zloty",
        "SEK": "sek",
        "NOK": "nok",
        "DKK": "dkk",
        "TRY": "₺|lira",
        "RUB": "₽|rub|roubles?|rubles?|卢布",
        "MOP": r"mop\$?|澳门元|葡币",
    }
)
_CODES: dict[str, str] = {}
_PATTERNS: list[tuple[str, str]] = sorted(
    ((form, code) for code, forms in _CURRENCY_WORDS.items() for form in forms.split("|")),
    key=lambda pair: len(pair[0]),
    reverse=True,
)
ONE_LETTER = frozenset({"r", "n"})
"""Currencies in one letter, as in R250 000: only before a large number."""
_ONLY_AFTER = {"块", "元", "块钱", "元整", "刀", "欧", "元人民币", "块人民币"}
_FORMS_BEFORE = "|".join(form for form, _ in _PATTERNS if form not in _ONLY_AFTER)
_FORMS_AFTER = "|".join(form for form, _ in _PATTERNS if form not in ONE_LETTER)
_EXACT = tuple((re.compile(form), code) for form, code in _PATTERNS)

# A currency right after a number belongs to that one: 50万人民币 12个月.
_NUMBER_BEFORE = (
    r"(?<![0-9万千百十亿])(?<![0-9万千] )(?<![0-9]k )(?<!thousand )(?<!hundred )(?<!million )(?<!grand )(?<!lakh )"
)
CURRENCY_BEFORE = re.compile(rf"(?<![a-z]){_NUMBER_BEFORE}({_FORMS_BEFORE})[ :]?$")
CURRENCY_AFTER = re.compile(rf" ?({_FORMS_AFTER})(?![a-z])(?:整|正)?")
COIN_AFTER = re.compile(r" ?(?:p|pence|cents?|角|毛)(?![a-z])|分(?:钱|(?=$|[,，。!?;]))")


LETTERS = tuple(sorted({form for form, _ in _PATTERNS if form.isascii() and form.isalpha()}, key=len, reverse=True))
"""The currencies that are written in plain letters, which may touch the digits after them: kes500000."""
GROUPS_BY_DOTS = frozenset({"EUR", "IDR", "VND", "BRL", "TRY", "DKK"})
"""Currencies of countries that write 15.000 for fifteen thousand."""


def currency_code(form: str) -> str | None:
    """The ISO 4217 code of a currency as it was written, None when it is not one we know."""
    return next((code for pattern, code in _EXACT if pattern.fullmatch(form)), None)


_MONTH = "months?|mths?|mnths?|mos?|mounths?|moths?|mouths?|monts?|monhts?|motnhs?|mnoths?|munths?|monthes|mon|mth"
_YEAR = "years?|yrs?|yeers?|yaers?|yera?s?|yesrs?|y"
AFTER = re.compile(
    rf"(?P<months>(?: or so)?[ -]?(?:calendar |monthly |equal )*(?:{_MONTH})(?![a-z])"
    r"|[ -]?(?:(?:equal |monthly )*instal?lments?|(?:equal )?(?:monthly|equal) (?:re)?payments)(?![a-z])"
    r"| ?个月(?!份|一次|一还|一付)| ?期(?!限|待|间|望|末|货|权|房)| ?个?月期)"
    r"|(?P<month_or_date> ?月(?!份|初|底|末|中|供|薪|租|息))"
    r"|(?P<halfmonth> ?个半月)"
    rf"|(?P<halfyear> ?年半|[ -]?(?:{_YEAR}) (?:and|&|n|'n'?) (?:a )?half(?![a-z]))|"
    rf"(?P<years>(?: or so)?[ -]?(?:{_YEAR})(?![a-z])|"
    rf" ?年期?(?!级|代|初|底|末|货|轻|龄|报|费|营|流水|收入|销|利润|产值|租金|租|薪|总|赚|卖|能卖|做|交税|纳税|多少))"
    r"|(?P<quarters> ?个?季度?|[ -]?quarters?(?![a-z]))"
    r"|(?P<percent> ?(?:%|percent|per ?cent|pct)(?![a-z])| ?个百分点| ?个点)"
    r"|(?P<tenths> ?成(?!立|本|功|为|都|交|年))"
    r"|(?P<rate> ?(?:厘|分利|‰|bps|basis points))"
    r"|(?P<people> ?(?:个|名|位)?(?:全职|兼职|正式|临时)?的?(?:员工|店员|伙计|雇员|工人|职工|帮工|小工|服务员|师傅|"
    r"钟点工|临时工|小时工|帮手|"
    r"阿姨|大姐|小妹|厨师|学徒|司机|收银员|店长|理发师|"
    r"人手)"
    r"| ?(?:个|口)人(?!民|均|体)| ?人(?!民币|份|次|均|体|寿|脉|工智)| ?名(?!字|称|下)| ?位(?!置|于|数)"
    r"|[ -](?:(?:full|part)[- ]?time |permanent |paid |other )*"
    r"(?:people|peple|poeple|persons?|ppl|employees?|emplyees?|employes|staffs?(?: members?)?|workers?|heads?|folks|"
    r"guys|lads?|girls?|boys?|blokes?|ladies|women|men|helpers?|assistants?|stylists?|barbers?|chefs?|cooks?|waiters?|"
    r"waitress(?:es)?|drivers?|apprentices?|cleaners?|cashiers?|juniors?|hands"
    r"|of us|members of staff|team members|(?:full|part)[- ]?time(?:rs?)?)(?![a-z]))"
    r"|(?P<pieces> ?个(?!月|点|半|性|体|小时|星期|礼拜|工作日|季))"
    r"|(?P<time>[ -]?(?:days?|weeks?|wks?|hours?|hrs?|minutes?|mins?|working days?)(?![a-z])"
    r"| ?(?:天(?!猫)|日(?!常|用|元|币|本)|周(?!转|边|年|末)|星期|礼拜|个?小时|分钟|个?工作日|个?星期|个?礼拜|点钟|"
    r"点半|点(?!货|材|设|钱|原|料)))"
    r"|(?P<other> ?(?:号|室|栋|幢|楼|层|路|岁|次|台|辆|家(?!具|电|里|用|庭)|间(?!接)|店(?!面|铺|里|租|内|装)|张(?!罗)|"
    r"份(?!额)|件|箱|吨|斤|桶|米(?!面|粉)|平(?!时|台)|折(?!腾)|倍|度(?!过)|代(?!理|发|购|付)|届|级|章|条(?!件)|"
    r"单(?!位|独)|笔|套(?!现)|亩|公里|块地|％|℃"
    r"|st|nd|rd|th|am|pm|kg|km|cm|mm|sqm|sq|x(?=[ ]?[0-9a-z])|pcs?|gb|mb)(?![a-z]))"
)
# Words that may follow a plain number without making it count something else.
PLAIN_FOLLOWS = re.compile(
    r"\s*(?:$|[^a-z\s]|(?:be|been|work|works|does|did|do|got|needed|required|wanted|requested|was|were|has|have|had|"
    r"maybe|probably|hopefully|i'?d|think|thats|that's|it'?s|its|mate|sir|today|tomorrow|asap|first|straight|"
    r"more or less|last|pay|pays|repay|return|"
    r"give or take|though|tho|again|this|next|let'?s|say|into|go|goes|suits|as|please|lol|haha|"
    r"what|how|when|can|who|where|why|also|just|about|until|before|after|once|up|here|there|"
    r"for|to|over|please|pls|plz|thanks|thank|thx|ty|and|or|would|will|is|if|with|in|on|as|but|"
    r"only|loan|at|from|"
    r"should|sounds|ok|okay|not|instead|rather|then|total|altogether|now|sorry|yes|that|which|because|so|cash|by|"
    r"fine|max|across|all|enough|possible|allowed|alright|good|too|feasible|acceptable|sufficient|available|"
    r"repaid|paid|spread|not|no|i|we|it|can|could|may|actually|maximum|minimum|of|the|per|a|each|every|will|do|does|"
    r"including|incl|inc|roughly|"
    r"term|tenor|period|purpose|months|are)(?![a-z]))"
)
FRACTION_BEFORE = re.compile(r"(百分之|千分之|万分之)$")
ORDINAL_BEFORE = re.compile(
    r"(?:第|no\. ?|(?:invoice|order|ref|reference|account|room|flat|unit|licence|house) no ?|number |#|№ ?|option |"
    r"(?<![a-z])(?:flat|apartment|apt|suite|floor|room|building|block|plot) |"
    r"(?<![a-z])(?:error|order|invoice|reference|ref|account|policy|card|licen[cs]e|pin|code|id|vat|tax|phone|tel|"
    r"plate|"
    r"customer|"
    r"ticket|"
    r"case|tracking|serial|postcode|zip|password|otp|shop|store|house|flat|room|table|platform|bus|gate)"
    r"(?: (?:number|no\.?|num|code|id|nr))?(?: (?:is|was|=|no\.?|number)|:|#)* ?|"
    r"(?:单号|订单|编号|卡号|账号|帐号|密码|验证码|邮编|车牌号?|门牌号?|工号|编码|流水号|合同号|票号|qq|微信|房间|"
    r"桌|尾号|代码)(?:号|是|为|:|：| )*|"
    r"question |step |item |page |chapter |version |v)$"
)
BOUND_BEFORE = re.compile(
    r"(?:至少|最少|起码|最多|顶多|不到|不足|不超过|不少于|不低于|不高于|超过|大于|小于|高于|低于|多于|少于|最高|"
    r"最低|上限|下限"
    r"|(?<![a-z])(?:above|more than|less than|fewer than|under|below|at max|(?<!bump )(?<!round "
    r")(?<! it )(?<! go )(?<!that )(?<!me )up to|no more than|"
    r"not more than|at (?:the )?(?:very )?(?:most|least|max\w*|outside)"
    r"|no less than|not less than|max(?:imum)?(?: of)?|min(?:imum)?(?: of)?|upwards? of|north of|south of|(?:short|"
    r"shy) of|as long as|as much as|the most (?:i|we)(?:'?d| would| could| can)? (?:[a-z]+ ){0,2}(?:is|would be)|"
    r"half of|(?:a )?(?:third|part|quarter) of(?! a)|most of|some of|double|[0-9] "
    r"?[x×*]|two lots of|"
    r"as little as|exceeding))"
    r"[ :]?$"
)
RAISED_BEFORE = re.compile(
    r"(?<![a-z])(?:bump|raise|increase|push|put|take|bring|move|go|round|change|extend)[^,.;!?]{0,16} up to $"
)
"""Before the new value of something that is raised, which is no limit."""
OVER_BEFORE = re.compile(r"(?<![a-z])(?<!turn )(?<!turns )(?<!turned )(?<!turning )(?:over|within) ?$")
NEARLY_BEFORE = re.compile(
    r"(?:(?<!最)(?<!附)近|将近|接近|(?<![尽赶加])快|差点|(?<![a-z])(?:nearly|almost|close to|getting on for|"
    r"just (?:over|under|shy of))) ?$"
)
BOUND_AFTER = re.compile(
    r"(?:(?: ?\+|以上|以下|(?:以内|之内|内)(?!就?(?:可以|能)?还[清完上])|起(?!步价)|封顶|打底|出头|有余|多(?!久|少|"
    r"长|大|谢|次|年|个|给)|余(?!额|款|下))"
    r"| ?(?:or more|or above|or over|or less|or under|plus(?! me| myself)|and (?:up|above|over|a bit|change|"
    r"something)|upwards|minimum|twice|each|cap|ceiling|"
    r"maximum|min|max|tops|"
    r"at (?:the )?(?:least|most|max))"
    r"(?![a-z]))"
)
PERIOD_AFTER = re.compile(
    r" ?(?:(?:/|per|a|each|every)[ -]?(?P<each>month|mth|mo|week|wk|day|year|yr|annum|quarter|head|person|item|"
    r"unit)(?![a-z])"
    r"|(?P<adverb>monthly|weekly|daily|yearly|annually|pcm|p\.?a(?![a-z])|p\.?m(?![a-z]))"
    r"|(?P<zh_one>一个?(?P<zh>月|年|天|日|周)(?=$|[,，。!?;]))|(?:/|每)个?(?P<zh_each>月|年|天|日|周)(?=$|[,，。!?;]))"
)
YEARLY = frozenset({"year", "yr", "annum", "yearly", "annually", "pa", "p.a", "年"})
OWNER_TOO = re.compile(
    r"(?:连|加上?|算上|包括|含)(?:上|着)?(?:我|老板|自己)|(?<![a-z])(?<!not )(?<!working )(?<!work )(?:including|"
    r"counting|with|plus|"
    r"incl\.?) (?:me|"
    r"myself|the owner)(?![a-z])|of us(?! (?:work|not ))(?![a-z])"
)
OWNER_BESIDE = re.compile(
    r"(?: staff)?[,，]? ?(?:(?:plus|and|\+) (?:me|myself|the owner)(?![a-z])|(?:再|另)?加上?我(?:自己|"
    r"本人)?(?![^,，。]{0,3}共))"
)
EACH_AFTER = re.compile(r" ?(?:each|apiece|per (?:shop|store|branch|site|shift)|in each|at each|(?:一|每)(?:家|个)?店)")
EACH_BEFORE = re.compile(
    r"(?:每(?:家|个|间)?(?:店|班)?(?:有|请|是|大概)?|each (?:shop|store|branch|site)? ?(?:has|with|have)? ?)$"
)
RANGE_BETWEEN = re.compile(
    r"(?:,? ?(?:or )?(?:maybe|perhaps|possibly) |吧?[,，]?\s?(?:实在不行|再不行|不行就|也许|可能|或许|要么|或者))| "
    r"?(?:-+|~+|到|至|或者?|还是|"
    r"to|or|till|until|and|/|、) ?"
)
