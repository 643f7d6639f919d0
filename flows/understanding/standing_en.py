"""English cues of how a number is meant, for `standing`. BEFORE and AFTER: the side of the number a cue stands on."""

from flows.understanding.words import SCALES, TENS, UNITS

_FAMILY = (
    r"wife|husband|partner|missus|hubby|mum|mom|mother|dad|father|brother|sister|son|daughter|cousin|uncle|"
    r"aunt(?:ie)?|"
    r"in-?laws?|nephew|niece|grandad|granddad|grandma|gran|nan|boss|accountants?|bookkeepers?|advis[eo]rs?"
)
OTHERS = (
    rf"{_FAMILY}|friends?|mates?|pals?|budd(?:y|ies)|neighbou?rs?|landlord|landlady|suppliers?|customers?|clients?|"
    r"competitors?|rivals?|banks?|lenders?|barclays|hsbc|lloyds|natwest|santander|council|my (?:employee|worker)s?|"
    r"one of my \w+|"
    r"tax ?man|hmrc|government|court|school|solicitor|plumber|mechanic|electrician|everyone|others|other people|he|"
    r"she|they|him|her|them|his|their|hers|theirs|someone|somebody|some people|a guy|a lady|bloke|colleagues?|"
    r"wholesalers?|dealer|builder|broker|other (?:shops?|businesses|people)|shop next door"
)
COUNTING = (
    r"have|'?ve|'?ve got|i'?ve|me plus|got|has|there (?:are|is)|there'?s|employ\w*|work\w*|team of|staff of|we'?re|"
    r"total of|pay"
)
RIVALS = (
    r"(?:wife|husband|partner)(?:'s)? (?:earns?|makes?|gets|brings?|salary|wages?|job|works?)|(?:old|former|"
    r"previous|last|ex) (?:owners?|tenants?|boss|landlord)|rivals?|competitors?|"
    r"friends?|mates?|neighbou?rs?|he|she|they|his|her|their|next door|others?"
)
_WANTING = (
    r"seeks?|seeking|need\w*|want\w*|wanna|require\w*|like|looking|after|trying|try|go(?:ing)? (?:for|with)|prefer|"
    r"settle"
)
_LOANS = r"loans?|one|term|time|facility|finance|application|deal|limit|agreement"

BORDER = (
    r"(?<![a-z])(?:cos|coz|cuz|cause|so(?! far)(?<!or so)|which|whereas|while|as (?:i|we|my|our|the|that)|"
    r"since (?:i|we|my|our)|and (?:now |so )?(?:i'd|i'm|we'd|i|we|want|need|would|am|are|looking|what|how|when|why|"
    r"can|could|do|is|does)|then|in order)(?![a-z])"
)
BEFORE = {
    "others": OTHERS,
    "joint": rf"(?:my |the )?(?:{OTHERS}) (?:and|&) (?:i|me|myself)|(?:me|i) (?:and|&) (?:my |the )?(?:{OTHERS})",
    "self": r"i|we|i'?m|i'?d|we'?re|we'?d|i'?ll|we'?ll|im|id|let'?s|lets",
    "want": (
        rf"(?:{_WANTING})|(?:could|can|may|might) (?:i|we|you|u|it be)|possible to|chance of|request\w*|apply\w*(?: "
        rf"for)?|"
        r"thinking|hoping|in mind|(?:decided|agreed|settled|land(?:ed|ing)?) on|arrived at"
    ),
    "now": r"(?:and |we )employ|now|this time|today|currently|at the (?:minute|moment)|at present|instead",
    "said": (
        r"(?:it|its|that|thats)(?:'?s|'?ll)?(?: will| would)?(?: now)?(?: gonna| going to) be|it'?ll be|that'?ll be|"
        r"(?:it|that|total|all|everything|altogether|we)(?:'s| all)? (?:comes?|works?|adds?|costed)(?: \w+)? (?:to|"
        r"at)|"
        r"(?:stretch|drop|lower|raise|put|bump|cut|reduce|shorten|extend|round|knock|push|set|keep|leave|stick|turn)"
        r"(?: \w+){0,2} (?:to|at|with|on)|put|sanction|provide|grant (?:me|us)|arrange|avail|disburse|"
        r"(?:help|assist|sort)(?: me| us)?(?: out)? with|(?:comfortable|happy|ok|okay|fine|good) with|"
        r"(?:(?:my|our|the) )?(?:final )?(?:answer|number|figure|choice|preference)(?: is|'s| would be|:)|"
        r"borrow\w*|ask(?:ing)? for|amount|loan (?:of|for)|(?<!would )(?<!will )(?<!did )(?<!'ll )(?<!'d )(?:lend|"
        r"give|get) (?:me|us)|"
        r"make (?:it|that|the \w+)|call it|say|put (?:me|us) down|change\w*|should(?:'ve| have| of)? (?:be|been|say|"
        r"read)|"
        r"meant|mean|"
        r"actually|rather|spread|pay(?:ing)? (?:it |this |that )?(?:back|off)|repay\w*|(?:loan|repayment|payback|"
        r"the|my|our|a|for|over)? ?(?<!quiet )(?<!notice )(?<!grace )(?<!trial )(?<!slow )(?<!free )(?:term|period)|"
        r"(?:i|we)(?:'ve)? "
        r"said|"
        r"reckon|guess|employ"
    ),
    "past": (
        r"last (?:time|year|month|week|spring|summer|autumn|winter|loan)|"
        r"(?:last|first|old|previous|earlier|other|existing|current|former) "
        rf"(?:{_LOANS})|(?:was|were) (?:gonna|going to)(?: \w+ for)?|originally|previous\w*|formerly|used to(?: "
        rf"\w+)?|ago|"
        r"back in (?:19|20|the|my|our|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z0-9]*|once|at first|in "
        r"(?:19|20)[0-9][0-9]|before (?:covid|lockdown|that|then)|"
        r"(?:i|we|i'?ve|we'?ve|have|has|already|was|were|had|got)? ?(?:previously |already |just |only |once )?"
        r"(?:(?:applied|asked|tried) (?:for|to \w+)|borrowed|took(?: out)?|taken|lost|spent|paid(?! back| off)|sold|"
        r"made|won|"
        r"spoke(?:n)? (?:to|with)|talked (?:to|with)|dealt with|met|rang|called|"
        r"(?<!to be )repaid|saved|invested|inherited|"
        r"turned down|rejected|refused|declined|approved|offered|quoted|charged|"
        r"fined|"
        r"lent|owed?|raised|earned|cleared|returned|deposited|withdrew|transferred|received|been|bought|put (?:in|"
        r"into)|"
        r"gave|given|did)|"
        r"(?:was|were|is|are|'m|'re) short|(?:we|there) were(?! (?:thinking|hoping|going|looking|wondering|after|"
        r"told|planning))|"
        r"(?:i|we) had(?! (?:hoped|thought|in mind|wanted))|had to \w+|already (?:have|had|got)|(?:'ve|have|has|'s) "
        r"(?:had|owned|run|known|lived|worked|traded|done|been)|been (?:here|open|"
        r"going|"
        r"trading|running|doing)|took me|taken me"
    ),
    "speech": (
        rf"(?:my |our |the )?(?:own )?(?:{_FAMILY})(?:'s (?:sheet|books?|figures?|numbers?|records?|report))?(?: "
        rf"(?:has|have|had|always|just|also))* (?:says?|said|reckons?|"
        r"thinks?|suggest(?:s|ed)?|told (?:me|us)(?: to)?|tells (?:me|us)(?: to)?|wants (?:me|us) to|advise[sd]?|"
        r"recommend(?:s|ed)?|(?:has |have )?decided)(?! no\b)(?: to ask for)?"
    ),
    "lender": (
        r"your (?:ad\w*|advert\w*|web ?site|site|page|limit|max\w*|min\w*|rates?|offers?|flyer|leaflet|poster|"
        r"e-?mail|"
        r"text|letter|colleague|brochure|terms|app)|"
        r"(?!would (?:you|u)(?: guys)? (?:do|go)(?![a-z]))(?:do|does|did|will|would) (?:you|u|they)(?: guys| lot| "
        r"people)?(?: \w+)? (?:lend|do|offer|give|go)(?! me|"
        r" us)|"
        r"(?:you|u|you lot|you guys)(?: \w+)? (?:took|charged?s?|said|promise[sd]?|offer(?:ed)?|advertise[sd]?|lent|"
        r"sent|"
        r"told|lend(?! me| us)|deducted|refused|declined|rejected|owe|have|want(?:ed)?)|advert\w*|saw|seen|noticed|"
        r"heard|"
        r"read (?:that|about)"
    ),
    "supposed": (
        r"what if|"
        r"to (?:earn|sell|save|turn over|gross|reach|hit|retire|move|close|finish(?! paying)|double|grow|build|wait|"
        r"win|leave|"
        r"graduate|marry|emigrate|relocate|renew|complete|travel)|"
        r"(?:what |and |even )?if only (?:i|we)|if (?:i|we|my|our|the|they|he|she|it|sales|business|things|nobody|"
        r"everyone)"
        r"(?:'?s|'?d|'?m|'?re| (?!can|could|may|might|possible)[a-z']+)(?! possible| ok| okay| fine| allowed| not)|"
        r"if (?:i|we)(?:'d| would| were to| was to| only| just)? "
        r"(?:took|take|borrow(?:ed)?|ask(?:ed)?|said|say|chose|choose|picked|pick|went|go|need(?:ed)?|want(?:ed)?|"
        r"had|"
        r"repaid|repay|paid|pay|got|get|did|do|put|used)|what about|suppos(?:e|ing)|imagin\w+|hypothetical\w*|"
        r"for (?:example|instance|argument'?s sake)|e\.?g\.?|say (?:i|we) (?:took|take|borrow(?:ed)?|had|got|went|"
        r"chose)|"
        r"let'?s (?:pretend|imagine|assume|suppose)|assuming|pretend|were (?:i|we) to|in case|unless|depends|"
        r"depending"
    ),
    "asked": (
        r"how (?:much|many|long|big)(?! (?:i|we) (?:need|want))|how|what'?s?(?: (?:is|are|would|will|do|does))? "
        r"(?:the |your )?(?:interest|repayments?|payments?|instal?ments?|cost|fees?|rates?|monthly|total|charge|"
        r"difference|apr)|(?:cost|interest|repayments?|rate|apr) (?:of|on|for)|"
        r"what (?:would|will|does|might)(?! (?:i|we|it|you|they|that|this|he|she))|"
        r"(?:monthly|repayments?|payments?|instal?ments?) on|"
        r"(?:some |most |other |many )?(?:people|folks|shops|owners|businesses)(?: like (?:me|us|mine|ours|this))? "
        r"(?:usually|normally|typically|generally|often|mostly|take|borrow|ask)|on average|"
        r"why|whether|difference between|do (?:most |other |many )?(?:people|shops)|(?:do|must|should|would) (?:i|"
        r"we)(?: really)? (?:have to|need to|be|borrow|"
        r"take|ask|apply)"
    ),
    "denied": (
        r"never(?! mind)|no way|hardly|(?:anything|nothing|all) but|except|(?:no|never) (?:to|for)|(?:i|we) "
        r"(?:won'?t|will not|wouldn'?t|can'?t|"
        r"cannot|"
        r"don'?t|do not|never)(?: \w+){0,2}|refuse|not (?:apply\w*|looking|asking|after|borrow\w*|going|need\w*|"
        r"want\w*)"
    ),
    "ago": (
        r"before (?:covid|the pandemic|lockdown|the war|that)|used to|years ago|in the old days|back (?:then|in)|"
        r"(?:our|its|my|the) (?:peak|best|heyday)|at (?:our|its|my) best|(?:lost|losing|losses|loss of)"
    ),
    "intended": (
        r"(?:hop(?:e|ing)|looking|want(?:ing)?|plan(?:ning)?|going|would like|'d like|need|trying|about|intend\w*)"
        r"(?: to)? (?:hire|employ|take on|recruit|have|add|get|grow)|hir(?:e|ing)|recruit(?:ing)?|"
        r"tak(?:e|ing) on|another|extra|next (?:year|month|season)|(?:hop(?:e|ing)|want(?:ing)?|aim(?:ing)?|"
        r"plan(?:ning)?|"
        r"expect(?:ing)?|going|would like|trying) (?:to|for)|aim|target|goal|forecast\w*|project(?:ed|ion)\w*|"
        r"eventually|"
        r"should (?:hit|reach|get to|top)|on (?:track|course) for|heading for|looking like|"
        r"potential(?:ly)?|by (?:20[0-9][0-9]|next)|soon"
    ),
}
DOUBTS = (
    r"not|never|no|nor|neither|nobody|none|\w+n'?t|cannot|without|unless|if|was|were|had|did|ago|last|used|old|"
    r"cost\w*|price\w*|worth|quote[ds]?|rent|wages?|bills?|deposit|fees?|tax|sav(?:ed|ings)|owe[sd]?|debts?|sales|"
    r"turnover|revenue|profit|who|what|how|when|why|which|does|too|per|each|every|daily|weekly|limit|up to|"
    r"my|our|your|its|there'?s|(?!let|that|it|what|here|how|who)[a-z]+'s|(?:i|we|it|that|this|there) [a-z]+|is|are|"
    r"am|have|has|at|on|of|from|than|[a-z]+ed"
)
"""Words of a past, a price, a question or a sentence told of something: no mere fillers stand beside them."""
AFTER = {
    "past": (
        r"(?:all )?(?:repaid|paid (?:back|off)|cleared|settled)(?= ?(?:$|[,.;!]|in full|already|last|now|since))|"
        r"(?:\w+ ){0,3}(?:last (?:time|year|month|week|spring|summer|autumn|winter)|ago)|"
        r"(?:\w+ )?(?:was|were)(?! (?:thinking|hoping|the plan|my plan|recommended|suggested|what i (?:want|was)))|"
        r"(?:previously|already|back then|beforehand)|before(?= ?$| covid| that| lockdown| the)|"
        rf"(?:is|was) what (?:my|our|the) (?:{OTHERS})(?! (?:suggest|recommend|advis|sa(?:ys|id)|think|reckon))|"
        r"is what (?:i|we) had|(?:is|was) what (?!i |i'|we|my |our )[a-z]+|(?:got|has been|have been) (?:rejected|"
        r"declined|refused|turned down)|in (?:19|"
        r"20)[0-9][0-9]|"
        r"from (?:barclays|hsbc|the bank|my \w+)"
    ),
    "own": (
        r"in (?:the|my|our) (?:till|bank|account|safe|savings|kitty|pot|business account|current account)|saved(?: "
        r"up)?|"
        r"(?:put|set|tucked|squirrelled) (?:by|aside|away)|overdrawn|in the red|behind|short(?= ?(?:$|[,.;]))|in "
        r"arrears"
    ),
    "others": (
        rf"(?:\w+ )?for (?:my|his|her|their|a|the) (?:own )?(?:\w+ )?(?:{OTHERS})|for (?:her|his|their) "
        rf"(?:own )?"
    ),
    "lender": r"(?:\w+ )?(?:advertised|in your|on your|you (?:offered|lent|sent|said|promised))",
    "supposed": (
        r"one day|some ?day|for (?:example|instance|argument'?s sake)|hypothetically|theoretically|in theory|"
        r"(?:only |but only |pls |please |max )?(?:if|provided|as long as|so long as|assuming|unless|depending|"
        r"depends)"
        r"(?! (?:poss\w*|possible|(?:that|it)(?:'?s| is| works| suits)(?! (?:cheap|dear|under|below|less|early|"
        r"over|expensive|free|low|interest|fixed|[0-9]))|(?:you|u)(?! (?:count|include|knock|cut|lower|reduce|drop|"
        r"waive|give|"
        r"match|beat|promise|guarantee|take off|bring))|ok\w*|allowed|approved|accepted|(?:i|we) (?:may|can|"
        r"could)(?= ?(?:$|[,.;!]|get|have|do|please|pls|that))|"
        r""
        r"at all|not)(?![a-z]))"
    ),
    "asked": (
        r"(?:a|per|each|every)? ?(?:be |work out |come (?:out )?)?(?:cheaper|dearer|more expensive|better)|"
        r"(?:a|per) month\?|how much|what (?:would|will|do|is)|cost me"
    ),
    "denied": (
        r"(?:would(?:n'?t| not)|will not|won'?t|isn'?t|is not|not|wouldn'?t) (?:be |really be )?(?:enough|cover|do|"
        r"work|right)|"
        r"(?:scares?|frightens?|terrif\w+|worr(?:y|ies)|bothers?) (?:me|us)|"
        r"(?:is|was|seems|sounds|feels|looks|would be|'s)(?: like)? (?:\w+ )?(?:a lot|loads|way|over|above|beyond|"
        r"scary|too|more than|mad|crazy|silly|steep|daft|excessive|ridiculous|out "
        r"of)"
    ),
}
OPEN = (
    r"no chance|as if|not likely|(?:i'?m )?not (?:really |quite |too )?(?:sure|certain)|"
    r"or (?:is|would|should)|(?:could|might|may) be (?:less|more|longer|shorter|sooner|fewer|higher|lower)|"
    r"(?:haven'?t|have not|not|aren'?t|can'?t|cannot|yet to) (?:yet |really |quite )?(?:decided?|made up)|undecided|"
    r"(?:let me|need to|have to|must|should|gotta|got to|better|i'?ll|we'?ll|i will|going to) (?:just |first )?"
    r"(?:ask|check|think|know|confirm|decide|let you know|tell you|speak to|talk to|see what)|"
    r"what'?s the (?:longest|shortest|max\w*|min\w*|most|least|biggest)|(?:it )?depends|depending on|ask me "
    r"(?:later|tomorrow|again|next)|not (?:sure|certain) (?:if|whether)|in two "
    r"minds|to be confirmed|tbc"
)
OPEN_OF_OTHER = (
    r"(?: yet)?,? (?:on |about |of )?(?:how long|(?:the |what )?term|months|what for|which|when|purpose|what it)"
)
ENOUGH = (
    r"(?:that'?d|would|wud|will|'?ll|should|shud|could|might)(?! (?:kill|cripple|ruin|break|sink|bankrupt|never|not|"
    r"hurt))(?: [a-z]+){1,6}$|(?:would|will|can) (?:be |just )?(?:do|be|sort|cover|help|work|see|get|suffice|"
    r"fix|suit|"
    r"see us|tide)|is (?:what (?:my|i|we|i'm|we're|i'd|we'd)|all|plenty|enough|good|fine|ok|safer|better|closer|"
    r"more like it|realistic|perfect|the (?:figure|amount|number|plan|idea|one|max|target)|"
    r"my (?:budget|target|max|preference|choice|figure|number))|does it|sorts|suits|"
    r"(?:and |n |& )?not a (?:day|week|month|penny) (?:more|longer)|"
    r"(?:feels|seems|looks|is|would be) (?:right|comfortable|sensible|doable|manageable|fine|ok|good|realistic|"
    r"reasonable|"
    r"affordable|safe|safer|about right|enough)|keeps (?:the|my|our|it|payments)|"
    r"sounds (?:good|about|right|fine|ok|great|perfect|reasonable)|'s (?:all|plenty|fine|enough)|works|please|pls|"
    r"plz|thanks|thx|cheers|ta|in total|total|altogether|all in|ok|exactly|or so|ish"
)
_NEUTRAL = (
    "penny stick a abeg about abt abut accountant actually adjust affordable after afterwards again ah aha ahh "
    "aight aim "
    "aiyah all almost alr already alright also altogether am amend amended amount amt an and another answered any "
    "anyway apply applying approx approxim approximately apprx are around as asap ask asked asking assist at "
    "australian aye b back ballpark ballparkish bck be because been being better bit bob books borrow borrowing "
    "boss both bout bro bruv bucks budget business but by bye cafe can canadian cash cash-wise cedis cheaper "
    "cheers circa cld comfortable company cool correct correction could course cud currently dear decided deffo "
    "definitely dey do dollars done dusted clear cleared finish finished settled over bean lie tell down dude each "
    "earlier em employed employees enough equal equals er erm error "
    "etc euros even evenings exact exactly facility fam fancy feel few fifty figure figures finance find fine "
    "first flat for forty from full full-time fund funding funds gd get give go goal going gone gonna good goods gr "
    "grand great guess ha haha hang happy hello help helpers here hey hi hiya hmm hold honestly hong hope "
    "hopefully hor how however hundred i i'd i'll i'm i've id ideal ideally if ill im in inc incl including inside "
    "installment installments instalment instalments instead is ish it it'd it'll it'll'd it's its ive just k "
    "kind kindly kk kong ksh la lah lakh lakhs leh lend length let let's lets liao like likely little loan loan's "
    "lol long-term longer looking looks lor love m8 ma madam manage manageable mark mate max may maybe me mean "
    "meant mebbe meh might mil million min mind mistake mm mmm mnth mnths mo money month monthly months more most "
    "mostly mth mths much must my myself naira need needed no nope not nothing now number odd of off oh ok okay "
    "okey okie on one only oops or order other ought our ourselves over overall paid pal pay paying payment "
    "payments payroll people per perfect perhaps period pesos pleas please plenty pls plse plz poss possible "
    "possibly pounds preferably present pretty probably probs qty r raise range rather ready really reckon "
    "recommended regards region repaid repay repayable repayment repayments request required right righto roughly "
    "round rounded rounding ruffly rufly rupees said same sar saturdays say shift shifts shillings shop short "
    "shorter should similar singapore sir size small smth so solid some something somewhere sorry sort sorted "
    "speaking spot spread staff start starting sterling still straight suggested sum sundays suppose sure ta "
    "target tbh team tenor tenure term thank thanks that that'd that'll that's thats the them then there there's "
    "thereabouts these they'd thing things think thinking this thnx tho though thousand thx till time times to "
    "today together too top total toward towards tru try u uh um under until up update updated urgent us use vat "
    "very want wanted was way we we'd we'll we'r we're we've weekends well were what whatever when whole will "
    "with within wld won wor work workers working worth would wud x xx ya yea yeah year years yep yes yet you "
    "your yr yrs yup"
)
NEUTRAL = frozenset(_NEUTRAL.split()) | UNITS.keys() | TENS.keys() | SCALES.keys()
"""Words that people say around an answer and that change nothing about it."""
