"""Whether a clause asks for a person: by what it speaks of, not by the sentence it is put in.

Families of words (a person, reaching one, talking, being helped, a channel, tired of machines) are combined,
so that wording nobody has written down is understood; people of one's own business and of the form are not meant.
"""

import re

from flows.understanding import person_typos, person_zh
from flows.understanding.folding import WORD_ENDS, WORD_STARTS

_ANYONE = (
    r"some ?(?:one|body|1)|sm1|sum1|sumone|somone|someome|any ?(?:one|body)|anyone|sb|a (?:man|woman|lady|"
    r"gentleman|guy)|(?:a |an |any |another )(?:(?:real|actual|nice|different) )?(?:lass|lad|bloke|chap|fella|girl|boy|"
    r"guy|soul|grown ?-?up|(?:grown |responsible |sane )?adult|man|woman|lady)|oga|som1|"
    r"persons?|pers+on|persn|preson|peron|human(?:s| being| beings)?|hum+an|humna|humen|humam|hunam|hooman|"
    r"ppl|peeps|peopl|who ?ever|"
    r"people(?= (?:i|to|who (?:can|know)))|(?<=deal with )people|(?<=talk to )people|(?<=speak to )people|(?:lady|"
    r"gentleman|guy|man|woman)(?= (?:i|on|to|who|please))"
)
_STAFF = (
    r"agents?|advis[oe]rs?|representatives?|reps?|operat[oe]rs?|opperator|oporator|managers?|supervisors?|colleagues?|"
    r"executives?|(?:loan |account |case |credit )?officers?|experts?|specialists?|consultants?|employees?|"
    r"(?:members? of )?staff(?: members?)?|"
    r"(?:one|member) of (?:you|your (?:team|people|lot|guys))|team(?: members?)?|boss|case ?workers?|handlers?|"
    r"assistants?(?! manager)|receptionist|"
    r"(?:customer|client|human|live|telephone|phone|online) ?(?:service|services|support|care|servce|sevice|"
    r"assistance|help|chat)|support(?: (?:team|staff|desk|line))?|help ?(?:desk|line)|hot ?line|"
    r"superiors?|(?<=talk to )management|(?<=speak to )management|underwriters?|(?:the|an?) (?:one|"
    r"guy) who (?:makes?|decides?|approves?|runs?|handles?)|"
    r"team ?leaders?|(?:your|the|higher) management|higher ?-?ups?|supervis\w+|"
    r"whoever(?= runs)|call ?cent(?:re|er)(?! (?:equip|syst|software|business|work))|(?:you|your|u) (?:people|"
    r"lot|guys)|your (?:office|guys|lot|side|bank)|"
    r"real (?:one|people|ppl)|(?:owner|head|director|boss|manager|person) (?:of|at|from|in) (?:lendline|"
    r"the (?:company|bank|firm|"
    r"lender|loans?)|your)|who(?:'?s| is) (?:in charge|responsible|the boss|running (?:this|it)|dealing with)|"
    r"those who (?:decide|approve|handle)"
)
_REAL = r"(?:real|actual|live|living|proper|physical|breathing) (?:live )?"
_TALK = (
    r"talk(?:ing)?|tlak|speak(?:ing)?|speek|spk|chat(?:ting)?|a word|word with|conversation|call(?:ing)?|ring(?:ing)?|"
    r"phone|telephone|line|discuss|explain(?:ing)?|deal(?:ing)? with|go through|(?:walk|talk)(?:ed|ing|s)? me through|"
    r"question for|consult|converse|voice|hear from|meet(?:ing)?|in person|face to face"
)
_FETCH = (
    r"pass(?:ed)? (?:me|this|it) on|get|fetch|find|bring|send|put|connect(?:ed)?|transfer(?:red)?|pass(?:ed)?|"
    r"hand(?:ed)?|switch(?:ed)?|direct(?:ed)?|"
    r"redirect(?:ed)?|refer(?:red)?|forward(?:ed)?|escalate[ds]?|assign|summon|hook|hold of|reach(?:ing)?|contact|"
    r"through to|let|have|ask|give|show me|feel|happier|easier|asked|asked for|asking for|asks for|gimme|pop|"
    r"where(?:'s| is| are)|which of|want|wanna|need|prefer|rather|like|wish|require|request(?: for)?|demand|see"
)
_THERE = (
    r"get (?:back|in touch)|in touch|message|pick up|working (?:today|now|there|tonight|here)|awake|asleep|on shift|"
    r"available|online|around|about|there|here|on duty|in charge|come on|"
    r"call|phone|whatsapp (?:me|one|your|you|some)|drop (?:by|in)|stop by|pop round|email|"
    r"ring|contact|text|see me|come"
)
_HELP = (
    r"help(?:ing|ed|s)?|assist|sort (?:this|it|that|me) out|look at|look into|review (?:this|it) with|go over|"
    r"look over|sit down|"
    r"check|take over|take this|guide|"
    r"visit|respond|"
    r"reply|answer|do (?:it|this) (?:with|for) me|come (?:to|over|round|by|out)|step in|handle|teach"
)
_PLACE = r"(?:branch(?:es)?|offices?|premises|counter|bank in person|store front)"
_MACHINE = r"(?:chat ?|ro)?bots?|machines?|robots?|computers?|ai|automat\w+|software|program"

_W = WORD_STARTS
_E = WORD_ENDS


def _word(*families: str) -> re.Pattern[str]:
    return re.compile(f"{_W}(?:{'|'.join(families)}){_E}")


_PERSON = _word(_ANYONE, _STAFF, r"(?<=talk to )them|(?<=speak to )them|(?<=talk with )them")
_BEFORE, _AROUND = _word(_FETCH), _word(_TALK, _HELP, _THERE)
_PLAIN = re.compile(
    rf"{_W}(?:{_REAL}(?:{_ANYONE}|{_STAFF})|escalate (?:this|it|my|please|to)|escalate$|{_REAL}(?:conversation|"
    rf"talk|chat|voice)|^(?:please|pls|plz|kindly) (?:call|ring|phone|telephone)(?: back)?$|"
    r"(?:can|could|would) you come (?:to|by|over|round)|(?:toll ?-?free|freephone) (?:number|line)|^(?:can|could|"
    r"will|would) you (?:please )?(?:call|ring|phone) back|"
    rf"^please escalate|"
    rf"human (?:please|pls|plz|now|help|support|assistance|agent|operator|advis[oe]r|being please)|"
    rf"^(?:an? |the |any |some |your )?(?:{_ANYONE}|{_STAFF})(?: with \w+)?(?: (?:please|pls|plz|now|asap|here|"
    rf"there|required|"
    rf"needed|{_ANYONE}|{_STAFF}))*$|live chat|"
    rf"ren ?gong|^(?:press )?0 (?:for )?(?:the )?operator|^(?:an? |the |any )?(?:{_ANYONE}|{_STAFF}) (?:would|option)|"
    r"your (?:call ?cent(?:re|er)|help ?line|hot ?line|switchboard)|(?:is|can) [a-z]+ from lendline|"
    r"take (?:phone )?calls|(?:phone|telephone|video) (?:appointment|consultation|meeting|session)|"
    r"come (?:and|over and|to|round and) (?:see|meet|visit) (?:me|us)|leave (?:me )?(?:your|a) (?:\w+ )?number|"
    rf"(?:some|any) ?(?:one|body) else (?:please|pls|not you|i can)|real (?:people|ppl|ones?)|"
    r"(?:thing|line|chat|this) (?:manned|staffed|attended|monitored)|"
    r"(?:getting|going|got|get) nowhere(?: with (?:you|this))?|(?:any ?(?:one|body)|some ?(?:one|body)) (?:home|in)$|"
    r"(?:customer|client) (?:service|services|support|care|servce|sevice)(?! (?:robot|bot|business|compan|outsourc|"
    r"desk)))"
    rf"{_E}"
)
_CHANNEL = re.compile(
    rf"{_W}(?:^buzz me|(?:call|phone|buzz|ring|telephone|contact|message|reach|text) (?:me|us)(?= ?(?:$|[^a-z ]|"
    rf" (?:please|pls|"
    rf"back|now|asap|"
    r"later|on|at|by|tomorrow|today|when|about|instead|urgently|this|as soon|to|after|before|first|any|anytime|"
    r"whenever|tonight|in|around)))|"
    r"call ?-?back|called back|phone call|phone support|(?:give|drop) (?:me|us) a (?:call|ring|bell|buzz|line)|"
    r"a call (?:from|with)|video call|voice call|(?:over|on|by) the (?:tele)?phone|by (?:tele)?phone|telephone call|"
    r"(?:speak|talk|discuss|meet|do (?:this|it)|deal|see you) (?:in person|face to face)|face[- ]to[- ]face|"
    r"(?:what|which|your|a|the|any)(?: (?:is|your|contact|phone|telephone|tel|support|customer|service))* "
    r"(?:number|no)(?: (?:do|can|should|could|to|for|i|we))+ (?:call|ring|phone|contact|dial)|"
    r"(?:your|contact) (?:phone|telephone|contact|tel) (?:number|no|line)(?= please|$)|hot ?line|help ?line|"
    r"(?:can|could|may) i (?:call|ring|phone)(?: you)?|(?:want|like|prefer|need|going) to (?:ring|phone) "
    r"?(?:up|you|in|someone)?|who (?:do|can|should|could|to|i can|i should|i could) (?:i )?(?:talk|speak|ring|"
    r"phone|call|contact)|"
    rf"{_PLACE}(?: [a-z']+){{0,5}} (?:visit|come|go|pop|walk|near|close|see)|"
    rf"(?:visit|come (?:in)?to|come by|pop (?:in|into|by)|go (?:in)?to|walk into|see you at|meet (?:at|"
    rf"in)) (?:one of )?"
    rf"(?:your|a|the|any) (?:[a-z]+ )?{_PLACE}|where(?:'s| is| are) (?:your|the) (?:[a-z]+ )?{_PLACE}|"
    r"(?:what|which)(?:'s| is) (?:your|the) (?:phone |telephone |contact |office |support )?number|"
    r"(?:have|got|is there|give me|need) (?:a|your|any|the) (?:contact|phone|telephone|support|office|"
    r"customer service) "
    r"(?:number|line)|have a word|a quick (?:word|chat|call)|someone'?s number|"
    r"(?:come|pop|drop) (?:in|by|round|over)(?: (?:and|to) [a-z]+| (?:in person|instead|today|tomorrow|please))*$|"
    r"(?:come|pop|go|visit|walk) (?:in|into|to|by|down to)? ?(?:a|the|your|my|see)? ?(?:local )?"
    r"(?:branch|office|you|shop in person)(?: (?:and|to) see)?|"
    r"(?:hop|jump|get|go) on (?:a|the) (?:quick )?(?:call|phone|line|zoom|video)|number to (?:reach|get|call|"
    r"ring|contact) (?:you|your)|"
    r"(?:can|could|may|let'?s|shall) (?:we )?(?:just |please )?(?:talk|speak|have a (?:chat|talk|word|conversation))"
    r"(?: (?:please|pls|instead|properly|directly|now))*$|"
    r"(?:give|drop) (?:me|us) a (?:\w+ )?(?:call|ring|bell|buzz)|(?:call|phone|ring|message|whatsapp|"
    r"text) (?:one of )?your|"
    r"(?:i|we) (?:really |just |do |also )?(?:need|want|have|got|would like|wanna|wish|gotta)(?: to)? (?:talk|"
    r"chat|speak|call)"
    r"(?: (?:please|pls|now|badly|urgently))*$|"
    r"(?:transfer|connect|redirect|put) me|put (?:me|us) through|hear a (?:human|real|person'?s?) voice)"
    rf"{_E}"
)
_ON_CHANNEL = re.compile(
    rf"{_W}(?:how|can|could|may|would|any chance|want|wanna|prefer|need|like|rather|please|pls|instead|possible|"
    rf"is there|do you|"
    rf"have|get|give|arrange|request|i'?d|let|just|kindly|who|what|your|me|us|ok|okay|let's|if we){_E}"
)
_TIRED = re.compile(
    rf"{_W}(?:(?:stop|enough|fed up|sick|tired|done|hate|no more|not|no|"
    rf"(?:don'?t|do not|won'?t|can'?t|never|refuse to) (?:make me|want|carry on|continue|go on|like|trust|do|believe|"
    rf"deal|talk|speak|need|use|"
    rf"stand|bear)|useless|stupid|"
    rf"rubbish|"
    rf"instead of|rather than|too complicated for|beyond|isn'?t helping|get rid of|escape|out of|turn off|quit|"
    rf"switch off|leave|exit|shut|ditch|lose)"
    rf"(?: [a-z']+){{0,5}}? (?:{_MACHINE})|(?:{_MACHINE})(?: [a-z']+){{0,3}} (?:can'?t|cannot|isn'?t|not|useless|"
    rf"rubbish|no (?:good|help)|doesn'?t|don'?t|never|won'?t|keeps?|driv(?:ing|es)|doing|annoy\w*|hopeless|"
    rf"sucks?|pointless|awful|terrible)(?: [a-z']+){{0,2}})(?![a-z])"
)
# People of one's own business or of the form, and questions about what people do.
_OTHERS = re.compile(
    rf"{_W}(?:(?:my|our|his|her|their|own|employ\w*|hire|hires|hiring|hired|pay|pays|paying|paid|pretend\w*|estate|"
    rf"travel|"
    r"letting|insurance|delivery|sales|(?<!talk )(?<!speak )(?<!chat )[0-9]+|two|three(?! times)|four|five|six|"
    r"seven|eight|"
    r"ten|several|many|few|sell\w*|"
    r"more|extra|new|part[- ]time|temp\w*|train\w*|manage|run) "
    r"(?:\w+ ){0,2}(?:staff|people|persons?|agents?|colleagues?|assistants?|managers?|team|reps?|employees?|workers?|"
    r"office|boss|humans?)|(?:person|people|someone|somebody|anyone|anybody)(?: \w+){0,2} (?:(?:under|"
    r"over) (?:the )?(?:age|[0-9])|aged|else(?! (?:please|pls|i |to (?:talk|speak|ask)|not|who can|answer|help|"
    r"call|there|here)| ?$)|"
    r"who (?:own|run)s?|own|owns|of significant|can apply|apply|applies|sign|signs|borrow|qualif\w+|steal|stole|used?|"
    r"uses|using|decide|decides|tell|told)"
    r"|(?:person|people|someone|somebody|anyone|anybody) (?:with(?! (?:\w+ )?(?:brain|authority|power|sense|clue|"
    r"experience|knowledge))|(?:can )?(?:see|read)s?)"
    r"|(?:who|share|shared|see|sees|sell|pass|passed|tell|about|use) .{0,16}(?:my|our) (?:data|details|information|"
    r"name|number|file|record)|resources|rights|human error|hired?|"
    r"(?:my|our|run|running|own) (?:\w+ )?(?:customer|client) (?:service|services|support|care)|"
    r"i'?m (?:a|an|the) (?:\w+ ){0,3}(?:manager|agent|adviser|advisor|operator|rep|representative|assistant|"
    r"consultant|officer|"
    r"supervisor|receptionist)|contact persons?(?! (?:i|to|for me)(?![a-z]))|minimum for|do i (?:have|"
    r"need) to (?:meet|talk|speak|see|call|visit|send|give)(?![^?]* (?:get|reach))|staff for|"
    r"(?:i|we) (?:have|had|employ) an? (?:\w+ ){1,2}(?:who|that)|"
    r"(?:someone|somebody|person|man|woman|guy) to (?:fix|repair|build|run|clean|cook|drive|paint|serve|deliver|"
    r"make|install|manage|cover|work|replace|bake)|"
    r"(?:does|do|did|will|would) humans|another (?:person|human) (?:in|"
    r"at|for)|(?:does|do|did|will|would) (?:a|any|the|your|"
    r"some)? ?(?:anyone|anybody|human|person|people|staff|someone|somebody|agent|team|employees?)"
    r"(?! (?:call|phone|ring|contact|help|get back|be (?:able|willing|free|available)|give|please|kindly|mind|come))|"
    r"(?:spoke|talked|told|was told|met|called) (?:to |with |by )?(?:someone|somebody|a|an|your|the)|"
    r"another (?:person|human) to (?!talk|speak|help|call|answer)\w+|(?:have|got|with|plus|employ) one(?! of)|"
    r"(?:guarantor|shareholder|co ?-?signer|borrower|owner)s? .{0,24}person|"
    r"(?:what|why|how) (?:does|do|did|will|would) (?!i |you |we |one )\w+ .{0,20}|(?:lend|rent|sell|cater|"
    r"supply)(?:ing|s)? to|(?:person|someone|somebody) (?:for (?:the|my|our)|as)|"
    r"(?:forklift|crane|machine|plant|tour|lift|till|press) operators?|(?:customers?|clients?|patients?|"
    r"guests?) (?:prefer|like|want|who)|"
    r"(?:call|called|name|named) (?:it|ourselves|myself)|"
    r"(?:my|our|his|her) (?:\w+ ){0,2}(?:handlers?|operators?|executives?|receptionists?|supervisors?|"
    r"advis[oe]rs?|officers?)|(?:pay|paying|hire|hiring|employ\w*)(?: \w+){0,4} "
    r"(?:staff|people|persons?|workers?|agents?|managers?)|"
    r"(?:send|give|get|need|want|show)(?: \w+){0,3} (?:money|loan|cash|funds) )"
    rf"{_E}"
)
_NOT = re.compile(
    rf"{_W}(?:(?:don'?t|do not|dont|no need to|need not|without|rather not|didn'?t|did not|never|stop) (?:want |"
    rf"need |have |"
    r"like |wish )?(?:(?:me |you |us |anyone |anybody |someone |somebody )?to )?(?:a |an |any |the )?(?:talk|speak|"
    r"human|"
    r"person|agent|call|calling|phone|phoning|ring|ringing|real person|contact|contacting|connect|transfer|"
    r"anyone|anybody|staff|help)|no (?:calls|phone calls|need (?:for|of))(?![a-z])|"
    r"(?:are|r) (?:you|u) (?:a |an )?(?:real |actual |live )?(?:human|person|bot|robot|machine|computer|ai)|"
    r"am i (?:talking|speaking|chatting) (?:to|with)(?: [a-z]+){0,4}|"
    r"is (?:this|it|that) (?:a |an )?(?:real |actual |live )?(?:human|person|bot|robot|machine|ai)|you(?: a| an) "
    r"(?:human|person|bot|robot|machine)|(?:is|decided?|read|check\w*|review\w*) (?:it )?(?:by )?(?:a )?(?:human|"
    r"person|"
    r"people|staff) or (?:a |by )?(?:computer|machine|bot|ai|robot))"
)

_SELF = re.compile(rf"{_W}(?:i'?m|i am|we'?re|we are) (?:not|no) (?:a |an )?(?:{_MACHINE}){_E}")


def wanted(clause: str) -> bool:
    """Whether a clause (folded, without signs) asks for a person of ours."""
    if person_zh.wanted(clause):
        return True
    clause = _SELF.sub(" ", person_typos.mended(clause))
    if _TIRED.search(clause) and not _OTHERS.search(clause):
        return True
    return _english(_NOT.sub(" ", clause))


def _english(clause: str) -> bool:
    if _OTHERS.search(clause):
        return False
    if _PLAIN.search(clause):
        return True
    if _CHANNEL.search(clause) and _ON_CHANNEL.search(clause):
        return True
    named = _PERSON.search(clause)
    if named is None:
        return False
    return _BEFORE.search(clause[: named.start()]) is not None or _AROUND.search(_PERSON.sub(" ", clause)) is not None
