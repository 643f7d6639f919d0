"""Whether a clause asks for a person: by what it speaks of, not by the sentence it is put in.

Families of words (a person, reaching one, talking, being helped, a channel, tired of machines) are combined,
so that wording nobody has written down is understood; people of one's own business and of the form are not meant.
"""

import re

from flows.understanding.folding import WORD_ENDS, WORD_STARTS

# English families
_ANYONE = (
    r"some ?(?:one|body|1)|sm1|sum1|sumone|somone|someome|any ?(?:one|body)|anyone|sb|a (?:man|woman|lady|"
    r"gentleman|guy)|"
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
    r"call ?cent(?:re|er)(?! (?:equip|syst|software|business|work))|your (?:people|office|guys|lot|side|bank)|"
    r"real (?:one|people|ppl)|(?:owner|head|director|boss|manager|person) (?:of|at|from|in) (?:lendline|"
    r"the (?:company|bank|firm|"
    r"lender|loans?)|your)|who(?:'?s| is) (?:in charge|responsible|the boss|running (?:this|it)|dealing with)|"
    r"those who (?:decide|approve|handle)"
)
_REAL = r"(?:real|actual|live|living|proper|physical|breathing) (?:live )?"
_TALK = (
    r"talk(?:ing)?|tlak|speak(?:ing)?|speek|spk|chat(?:ting)?|a word|word with|conversation|call(?:ing)?|ring(?:ing)?|"
    r"phone|telephone|line|discuss|explain(?:ing)?|deal(?:ing)? with|go through|walk me through|talk me through|"
    r"question for|consult|converse|voice|hear from|meet(?:ing)?|in person|face to face"
)
_FETCH = (
    r"pass(?:ed)? (?:me|this|it) on|get|fetch|find|bring|send|put|connect(?:ed)?|transfer(?:red)?|pass(?:ed)?|"
    r"hand(?:ed)?|switch(?:ed)?|direct(?:ed)?|"
    r"redirect(?:ed)?|refer(?:red)?|forward(?:ed)?|escalate[ds]?|assign|summon|hook|hold of|reach(?:ing)?|contact|"
    r"through to|let|have|ask|give|show me|want|wanna|need|prefer|rather|like|wish|require|request(?: for)?|demand|see"
)
_THERE = (
    r"get (?:back|in touch)|in touch|message|available|online|around|about|there|here|on duty|in charge|come on|"
    r"call|phone|"
    r"ring|contact|text|see me|come"
)
_HELP = (
    r"help(?:ing)?|assist|sort (?:this|it|that|me) out|look at|look into|check|take over|take this|guide|visit|respond|"
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
    rf"{_W}(?:{_REAL}(?:{_ANYONE}|{_STAFF})|escalate (?:this|it|my|please|to)|escalate$|^please escalate|"
    rf"human (?:please|pls|plz|now|help|support|assistance|agent|operator|advis[oe]r|being please)|"
    rf"^(?:an? |the |any |some |your )?(?:{_ANYONE}|{_STAFF})(?: (?:please|pls|plz|now|asap|here|there|required|"
    rf"needed|{_ANYONE}))*$|live chat|"
    rf"ren ?gong|"
    r"(?:customer|client) (?:service|services|support|care|servce|sevice)(?! (?:robot|bot|business|compan|outsourc|"
    r"desk)))"
    rf"{_E}"
)
_CHANNEL = re.compile(
    rf"{_W}(?:(?:call|phone|ring|telephone|contact|message|reach|text) (?:me|us)(?= ?(?:$|[^a-z ]| (?:please|pls|"
    rf"back|now|asap|"
    r"later|on|at|by|tomorrow|today|when|about|instead|urgently|this|as soon|to|after|before|first)))|"
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
    r"(?:transfer|connect|redirect|put) me|put (?:me|us) through|hear a (?:human|real|person'?s?) voice)"
    rf"{_E}"
)
_ON_CHANNEL = re.compile(
    rf"{_W}(?:how|can|could|may|would|any chance|want|wanna|prefer|need|like|rather|please|pls|instead|possible|"
    rf"is there|do you|"
    rf"have|get|give|arrange|request|i'?d|let|just|kindly|who|what|your|me|us){_E}"
)
_TIRED = re.compile(
    rf"{_W}(?:(?:stop|enough|fed up|sick|tired|done|hate|no more|not|no|"
    rf"don'?t (?:want|like|trust)|useless|stupid|"
    rf"rubbish|"
    rf"instead of|rather than|too complicated for|beyond|isn'?t helping|get rid of)"
    rf"(?: [a-z']+){{0,5}}? (?:{_MACHINE})|(?:{_MACHINE})(?: [a-z']+){{0,3}} (?:can'?t|cannot|isn'?t|not|useless|"
    rf"rubbish|no (?:good|help)|doesn'?t)(?: [a-z']+){{0,2}})(?![a-z])"
)
# People of one's own business or of the form, and questions about what people do.
_OTHERS = re.compile(
    rf"{_W}(?:(?:my|our|his|her|their|own|employ\w*|hire|hires|hiring|hired|pay|pays|paying|paid|pretend\w*|estate|"
    rf"travel|"
    r"letting|insurance|delivery|sales|(?<!talk )(?<!speak )(?<!chat )[0-9]+|two|three|four|five|six|seven|eight|"
    r"ten|several|many|few|sell\w*|"
    r"more|extra|new|part[- ]time|temp\w*|train\w*|manage|run) "
    r"(?:\w+ ){0,2}(?:staff|people|persons?|agents?|colleagues?|assistants?|managers?|team|reps?|employees?|workers?|"
    r"office|boss|humans?)|(?:person|people|someone|somebody|anyone|anybody)(?: \w+){0,2} (?:under|over|aged|else|"
    r"who (?:own|run)s?|own|owns|of significant|can apply|apply|applies|sign|signs|borrow|qualif\w+|steal|stole|used?|"
    r"uses|using|decide|decides|tell|told)"
    r"|(?:person|people|someone|somebody|anyone|anybody) (?:with|(?:can )?(?:see|read)s?)"
    r"|(?:who|share|shared|see|sees|sell|pass|passed|tell|about|use) .{0,16}(?:my|our) (?:data|details|information|"
    r"name|number|file|record)|resources|rights|human error|hired?|"
    r"(?:my|our|run|running|own) (?:\w+ )?(?:customer|client) (?:service|services|support|care)|"
    r"i'?m (?:a|an|the) (?:\w+ ){0,3}(?:manager|agent|adviser|advisor|operator|rep|representative|assistant|"
    r"consultant|officer|"
    r"supervisor|receptionist)|contact persons?|(?:does|do|did|will|would) humans|another (?:person|human) (?:in|"
    r"at|for)|(?:does|do|did|will|would) (?:a|any|the|your|"
    r"some)? ?(?:human|person|people|staff|someone|somebody|agent|team|employees?)"
    r"(?! (?:call|phone|ring|contact|help|get back|be available))|"
    r"(?:spoke|talked|told|was told|met|called) (?:to |with |by )?(?:someone|somebody|a|an|your|the)|"
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
# Chinese families; each stands for many words of the same sense.
_ZH_STAFF = (
    r"客服|经理|业务员|业务人员|信贷员|贷款员|专员|专人|工作人员|负责人|主管|领导|老板|顾问|同事|客户代表|接待|专家|"
    r"管事的?|做主的|懂行的|懂的|专业的?人员?|服务人员|在线人员|审核员|小哥|小姐姐|师傅|你们的?人员?|你们那边的?人|后台"
)
_ZH_MANY = r"[0-9两二三四五六七八九十几多]"
_ZH_GAP = r"[\u4e00-\u9fff]{0,6}?"
_ZH_TALK = (
    r"说|聊|谈|讲|沟通|对话|通话|通电话|问|咨询|商量|交流|解释|教|帮|指导|看看|看一下|处理|跟进|对接|回复|回覆|"
    r"解答|解决|"
    r"联系|服务|接待|确认|弄|填|办|指点|打电话|面谈|回我|接|来|管|负责|在"
)
_ZH = re.compile(
    r"转?接?人工(?!智能|算|录|计算|费|成本|工资|费用|太贵|审核还|贵|开支|支出|太高|和|湖|草|林)|"
    r"(?<![a-z])ren ?gong(?![a-z])|"
    r"真人|活人|"
    # who is to be called, sent, found, spoken to
    rf"(?:找|叫|喊|派|换|转|接|唤|请|安排|联系(?!人)|呼叫|连线|介绍|喊|让|要|见|问|给我|有没有|有没|有|来|出来|需要|"
    rf"想要|求){_ZH_GAP}"
    rf"(?:个|位|名|一下)?(?:{_ZH_STAFF}|懂[\u4e00-\u9fff]{{0,4}}的人|[\u4e00-\u9fff]{{0,4}}的人)"
    rf"(?:人员?)?(?:$|[,，。!? ]|吗|呢|吧|呀|啊|呗|来|出|谢|过|回|在|帮|给|跟|和|同|教|{_ZH_TALK}|电话|微信|号码|"
    rf"可以|能|有空|方便|去|咨询|热线)|"
    rf"(?:找|叫|喊|派|换|请|安排|来|让|出来|求|要|需要|转|接|唤|联系(?!人)|有没有|有没|有|想问|派遣)(?:下|一下|个|"
    rf"一个|一位|位|名|些|你们|您们|您|"
    rf"其他|别的|另外的?|专门的?|专业的?|懂的?|明白的?|会的?|能|负责的?|真的?|的|给我|本地的?){{0,4}}人"
    rf"(?:$|{_ZH_TALK}|[吗呢吧呀啊呗过出回跟和给同可能,，。!?])|"
    rf"(?:跟|和|与|同|向|对|问|找){_ZH_GAP}(?:{_ZH_STAFF}|真人|活人|人)(?:直接)?(?:说|聊|谈|讲|沟通|对话|通话|问|"
    rf"咨询|商量|交流|确认|"
    r"联系|对接)|"
    rf"(?:{_ZH_STAFF})(?:的)?(?:电话|微信|号码|热线|联系方式|在吗|在不在|在哪|呢$|来$|联系我|打给我|给我打|回我|回复我|"
    r"跟我|和我|帮我|能不能来|几点)|(?:叫|让|请)(?:他|她|他们)(?:来|出来|联系|跟|打|给)|"
    r"把[\u4e00-\u9fff]{1,5}(?:叫|喊|请)(?:来|过来|出来)|"
    r"联系你们[\u4e00-\u9fff]{0,2}(?:客服|人)|^(?:在线|语音|电话|真人|智能)?客服(?:在|呢|小|人员|$|热线|电话)|"
    r"(?:热线|客服)(?:电话)?(?:是)?多少|"
    r"^(?:人呢|换人|来人|换个人|人来|有人没|有没人)|出来个人|有人(?:在|吗|接|值班|负责|能|可以|帮|教|管|理|回|没)|"
    r"^有没有人|"
    # a way of speaking with one
    r"(?:打|回|来|通|拨)(?:一?个|一通|下|一下)?电话(?:给我|联系|说|聊|谈|沟通|问|问问|咨询|吧|吗|$)|(?:给|跟|"
    r"和)我(?:打|回|来|通)(?:一?个|一下|"
    r"下)?电话|回(?:我|个)?(?:一?个)?电话|(?:打|回)我(?:的)?(?:手机|电话|号码)|(?:打|拨|回)给我(?!钱)|"
    r"打电话(?:给我|来)|电话回访|"
    r"(?:电话|语音|视频|当面|面对面|口头|面谈|通电话|见面|微信)(?:里|上|直接|来)?(?:说|讲|聊|谈|沟通|问|联系|咨询|"
    r"解释|交流|通话|服务|客服|"
    r"行不行|可以吗|行吗)|(?:给|留)我?(?:一?个|你们的?)?(?:电话|号码|联系方式|微信)|(?:你们的?|有没有|有|客服|"
    r"人工)(?:客服|联系)?(?:电话|热线|联系方式|微信)(?:$|[是多可能吗呢])|联系(?:一下)?我(?!的)|"
    r"(?:去|到|来)(?:你们)?(?:的)?(?:网点|门店|分行|支行|柜台|办公室|营业厅|公司)[\u4e00-\u9fff]{0,3}(?:问|办|谈|"
    r"找|咨询|说)|"
    r"(?:网点|办公室|门店|分行)在哪|上门(?:服务|来|帮|教|办|吗|一趟|$)|面谈|客户服务|人类客服|电话(?:里)?(?:详|细)谈|"
    rf"有人(?:有空|方便|能聊|可以聊)|(?:{_ZH_STAFF})(?:能|可以|会|来)(?!看到|看见)[\u4e00-\u9fff]{{0,6}}(?:教|帮|讲|"
    rf"说说|指导|联系|打给)|"
    r"怎么(?:给你们?|跟你们?|才能)?(?:打电话|联系你们|打给你们|打你们电话)|(?:约|要|安排|"
    r"预约)[\u4e00-\u9fff]{0,3}(?:回电|回访|通话|面谈|来电)|"
    r"(?:可以|能|能不能|直接|想|我)(?:过去|过来|到店|去店里|去你们那(?:里|儿)?|到你们那(?:里|儿)?)(?:办|弄|填|问|"
    r"谈|聊|找)|"
    r"当面(?:跟|和|同|给|讲|解释)|值班(?:的|人员)|"
    r"给我(?:打|拨|回)(?:个|一个|一通)?(?:过来|回来|电话)|打(?:个)?电话(?:来)?(?:办|弄|填|处理|搞)|"
    r"(?:给|留|发|求|麻烦|告诉|提供)[\u4e00-\u9fff]{0,4}(?:联系电话|电话号码|联系方式|客服电话|热线)|"
    r"(?:有|哪|附近|本地|当地|去|到|来|找)[\u4e00-\u9fff]{0,4}(?:网点|营业厅|办事处|分公司|线下门店|柜台)|(?:去|到|"
    r"在)(?:你们)?现场|"
    r"(?:当面|线下|面对面|现场)(?:办|谈|说|聊|申请|填|沟通|咨询)|视频(?:通话|聊|说|沟通|面谈|吗|一下|连线)|"
    r"(?:谁|哪位|有谁)(?:来|能|可以|给|肯)?(?:来)?[\u4e00-\u9fff]{0,3}(?:帮帮?|教教?|指导|给我讲|跟我说|"
    r"给我解释)(?:我|一下|忙)|"
    r"(?:上报|反映|汇报|升级|转交|报告)(?:给|到|至)?(?:你们|你|贵司|上级)?(?:的)?(?:主管|领导|经理|上级|老板|负责人)|"
    r"(?:跟|和|找|让|叫|请|与|同)你们(?:那边|这边|公司|银行|平台)?的?(?:人|工作人员)(?!说过|聊过|讲过)|"
    # no more machines
    rf"(?:不|别|懒得)(?:想|要|愿意?|再|用|肯)*(?:跟|和|与|同|对着?|给)?(?:你(?:个|这个)?|这个?|一?个)?(?:机器人?|"
    rf"电脑|程序|ai|智能客服|"
    r"智能|自动)(?:回复|说|聊|讲|谈|废话|沟通|说话|交流|$|了)|(?:不要|别用|别拿)机器人?|机器人(?:靠边|滚|走开|太笨|"
    r"听不懂|不行|没用)|"
    r"(?:你|你们?)?(?:是|只是|就是)?(?:个|一个)?机器人?(?:我)?(?:不跟|不和|不想跟|懒得)|(?:跟|和)(?:机器人?|电脑|"
    r"你)说不(?:清|通|明白)|"
    r"(?:解决|听|弄|搞)不(?:了|懂|明白)[\u4e00-\u9fff]{0,4}(?:换|找|叫|转)"
)
_ZH_OTHERS = re.compile(
    rf"{_ZH_MANY}(?:来)?(?:个|位|名)?(?:{_ZH_STAFF})|人工审核(?:要|会|看|的|是|需|多久|几)|客服(?:公司|外包|中心|"
    rf"行业|部门|岗|系统|软件|机器人)|"
    r"(?:借|贷|钱|款|用来|用于|想|要)[\u4e00-\u9fff]{0,3}(?:请|招|雇)(?:几个|点|些|多|新)?人(?:$|干活|看店|做事)|"
    r"(?:昨天|前天|上次|刚才|已经|之前|上周|早上|下午|那天)[\u4e00-\u9fff]{0,12}(?:说|聊|谈|讲|联系|打|问|找|沟通|"
    r"见|聊|咨询)过了?(?=$|[,，。 ])|"
    rf"(?:雇|招|请了|聘|养)[\u4e00-\u9fff0-9]{{0,6}}人|{_ZH_MANY}(?:个|位|名)?(?:客服|经理|员工|人(?!工))|(?:付|发|"
    rf"交)[\u4e00-\u9fff]{{0,4}}"
    r"人工|人工(?:智能|费|成本|工资|费用|太贵|贵|开支|支出|太高|湖)|(?:担保|推荐|保证|共同借款|借款|法定?代表|"
    r"被执行|受益|"
    r"控制|签字|申请)人|(?:我|我们|自己)的?(?:客服|经理|员工|同事|店长|老板是|领导)|(?:是|做|当|叫)(?:客服|经理|"
    r"老板|负责人|领导)"
    r"(?:外包|的|吗|我)?|(?:老板|经理|负责人|法人)(?:就)?是|自己一个人|一个人(?:做|经营|干|开)|客户欠|"
    r"打(?:电话)?给(?:我)?(?:的)?(?:客户|"
    r"供应商)|(?:人工|真人|机器)(?:审核|审批|审)?还是|(?<![找叫喊派换请排来让出求要转接唤一有])个人"
)
_ZH_NOT = re.compile(
    r"(?:审批|审核|批|审|放款|决定|回复)?(?:是|算|用|靠)(?:不是)?(?:人工|真人|机器|系统)(?:审核|审批|审|批|做|看|"
    r"操作|处理|决定)?(?:的)?(?:吗|吧|么|呢|啊|$)|"
    r"(?:不用|不要|不需要|别|不必|无需|没必要|不想|先不|不会|请勿|不希望|少)(?:再|你们|你|有人|给我|跟我)*(?:转|找|"
    r"联系|打|打给我|给我打|"
    r"叫|接|请|来|派|换)*(?:我|人工|真人|客服|电话|给我|经理|人)+(?!智能|类)|(?:你们?|您|这|对面)(?:到底|"
    r"究竟)?(?:是|是不是|不是|算)"
    r"(?:不是)?(?:个)?(?:真人|机器人|人工|人类|人|活人)(?!我|不)(?:吗|吧|呢|啊)?|(?:是|靠|用)?(?:人工|真人)(?:审核|"
    r"审批|审|看)?(?:的)?(?:还是|或)"
    r"(?:电脑|机器人?|系统|ai|自动)"
)
_SPOKEN = str.maketrans("傾畀俾冇唔搵嚟睇", "聊给给没不找来看")


def wanted(clause: str) -> bool:
    """Whether a clause (folded, without signs) asks for a person of ours."""
    if any("\u4e00" <= char <= "\u9fff" for char in clause):
        clause = clause.translate(_SPOKEN).replace("可不可以", "可以")
        if _ZH.search(_ZH_OTHERS.sub(" ", _ZH_NOT.sub(" ", clause))):
            return True
    clause = _SELF.sub(" ", clause)
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
