"""English wording of acts and routes. Each pattern is searched in one clause of a folded message."""

WHOLE_YES = (
    r"(?:yes|yeah|yep|yup|ya|yh|yess+|yea|yeh|y|aye|sure|of course|certainly|definitely|absolutely|indeed|ok|okay|okey|okie|k|kk|alright|all right|"
    r"fine|agreed|i agree|agree|correct|right|that'?s (?:correct|right|it|fine|ok|okay|good|true|mine|me|us|the one)|that is (?:correct|right|fine|true)|"
    r"confirm(?:ed)?|i confirm|i do|i am|it is|it does|we do|we are|looks? (?:good|right|correct|fine)|go ahead|please do|do it|sounds (?:good|fine|right)|"
    r"yes please|sure thing|affirmative|exactly|true|100%|all (?:good|correct|right)|everything(?:'s| is) (?:correct|right|fine)|i accept|accept(?:ed)?|i'm happy with (?:that|it)|happy with that|works for me|let'?s do it|perfect|great)"
)
WHOLE_NO = (
    r"(?:no|nope|nah|naw|n|no+|not? thanks?|no thank you|no way|absolutely not|definitely not|certainly not|of course not|not at all|"
    r"i (?:do not|don'?t|dont)(?: agree| want (?:to|it|that|this)| accept)?|i'?m not|it isn'?t|it'?s not|it is not|that'?s not (?:right|correct|mine|me|us|true|it)|that is not (?:right|correct|true)|"
    r"that(?:'s| is) (?:wrong|incorrect|false)|not (?:right|correct|true|mine)|this is (?:wrong|incorrect|not (?:right|correct))|wrong|incorrect|false|disagree|i disagree|i refuse|refuse|decline|i decline|negative|never|none|"
    r"it does(?:n'?t| not)|we (?:do not|don'?t|dont)|no i (?:do not|don'?t|dont|haven'?t|am not|'m not)|no we (?:haven'?t|don'?t|aren'?t)|i haven'?t|we haven'?t)"
)
POLITE = (
    r"(?:please|pls|plz|thanks|thank you|thankyou|thx|ta|cheers|mate|sir|madam|then|that'?s (?:right|correct|fine|"
    r"it)|it is|i do|i am|i agree|i confirm|i don'?t|i do not|it isn'?t|it'?s not|ok|okay|sure|of course|never|"
    r"go ahead|correct|right|wrong|that'?s wrong|that'?s not right|definitely|really|very|much|do it|sounds good|"
    r"we do|we are)"
)
LEAD_YES = r"(?:yes|yeah|yep|yup|yea|aye|correct|sure)(?=[\s,.!;-]|$)"
LEAD_NO = (
    r"(?:no|nope|nah)(?=[,.!;-]|$| (?:i|it|its|it's|that|that's|thats|this|we|he|she|they|my|the|make|change|not|"
    r"never|sorry|thanks?|actually|should|please|want|need|£|\$|[0-9]))"
)
HEDGE = (
    r"(?<![a-z])(?:but|however|maybe|perhaps|possibly|i think|i guess|i suppose|probably|unless|if|depends|"
    r"not sure|don'?t know|although|though|kind of|sort of|ish|might|hopefully|wait|or|yes and no|only when|"
    r"before|why|as long as|provided)(?![a-z])"
)

SKIP = (
    r"^(?:please )?(?:i(?:'d| would)? (?:like to |want to |prefer to |rather )?|can (?:i|we) |let'?s |"
    r"let me )?(?:skip|pass|leave (?:it|this|that) (?:blank|out|open|empty|for now)|(?:do|answer|fill|tell you|"
    r"come back to) (?:it|this|that)?\s?later|later|not now|next(?: question| one)?|prefer not to (?:say|answer)|"
    r"rather not(?: say| answer| tell)?|no comment|come back to (?:it|this|that)(?: later)?|move on|maybe later|"
    r"(?:don'?t|do not) want to (?:say|answer|tell)(?: (?:you|that|this))?|wont? (?:say|answer)|"
    r"not telling)(?: (?:it|this|that|this one|that one|this question|the question|please|for now|now|on|one|pls|"
    r"for the moment|thanks))*$"
)
DONT_KNOW = (
    r"(?<![a-z])(?:(?:i )?(?:really |honestly )?(?:don'?t|do not|dont|didn'?t|dunno|doesn'?t) ?(?:really |"
    r"actually |even |quite )?(?:know|no(?= idea)|remember|recall|have (?:a clue|any idea|that|it|"
    r"the number)(?: (?:to hand|on me|handy|here|with me))?)|dunno|dunnno|idk|i dk|dk|no idea|no clue|"
    r"not (?:really |quite |too |very |so |100% |entirely |completely )?(?:sure|certain)|unsure|"
    r"haven'?t (?:a clue|got a clue|decided|thought about it|got (?:it|that))|can'?t (?:remember|recall|say|"
    r"think)|cannot (?:remember|recall|say)|i forget|i forgot|i'?ve forgotten|hard to say|you tell me|who knows|"
    r"beats me|i'?d have to check|need to check|have to (?:check|ask)|undecided|couldn'?t (?:say|tell you)|"
    r"no clue)(?![a-z])"
)
WHY = (
    r"^(?:but |and |er+ |um+ |sorry |ok |okay )*(?:why|y|how come|what for|for what|why me|why though|why so|"
    r"why not|why that|why this|what'?s (?:this|that|it) for)$|(?<![a-z])(?:why|how come|what for|"
    r"for what (?:reason|purpose))(?:,? (?:exactly|on earth|the hell))? (?:do|would|should|must|are|is|did|does|"
    r"have|has)?\s?(?:you|u|i|we|it|this|that|the bank|the lender|lendline)?\s?(?:need|want|ask|asking|require|"
    r"required|collect|have to|has to|got to|give|tell|provide|share|know|necessary|needed|relevant|important|"
    r"matter|want to know|care|so nosy)(?![a-z])|(?<![a-z])(?:what|why) do (?:you|u) (?:need|want|use) (?:it|this|"
    r"that|my [a-z ]{2,30}?)(?: for)?$|(?<![a-z])(?:what is (?:this|it|that) (?:needed|used) for|"
    r"reason for (?:asking|this question)|is (?:this|that|it) (?:really )?(?:necessary|needed|required))(?![a-z])"
)
BACK = (
    r"^(?:please |can (?:i|we|you) |could (?:i|we|you) |let'?s |let me |i want to |i'd like to |take me |"
    r"i need to )*(?:back|bak|go ?back|goback|back (?:up|please|a step|one step|one)|previous(?: (?:step|question|"
    r"one|page|screen))?|last question again|undo|return|step back|go to (?:the )?(?:previous|last) (?:step|"
    r"question|one|page)|return to (?:the )?(?:previous|last) (?:step|question)|back to (?:the )?(?:previous|last|"
    r"earlier) (?:step|question|one))(?: (?:please|pls|a step|one step|one|now|again|to (?:the )?(?:previous|"
    r"last)(?: (?:question|step|one|page|screen))?))*$"
)
REPEAT = (
    r"^(?:please |sorry |can you |could you |pls )*(?:repeat|say (?:that|it) again|again|come again|pardon|"
    r"pardon me|what did you (?:say|ask)|what was (?:that|the question)(?: again)?|"
    r"what'?s the question(?: again)?|repeat (?:that|it|please|the question|the last (?:question|one|message))|"
    r"ask (?:me )?again|show (?:me )?(?:that|it|the question) again|(?:i )?(?:did ?n'?t|didnt|did not|don'?t|dont|"
    r"do not) (?:understand|get (?:that|it|you)|follow|catch that|hear(?: that| you)?)(?: (?:that|it|you|this|"
    r"the question|what you mean|your question))?|what|huh|eh|sorry|what do you mean|wdym|i'm (?:lost|confused)|"
    r"confused|once more|one more time|say that again|resend|send (?:that|it) again)(?: (?:please|pls|again|"
    r"one more time|once more))*$"
)
CANCEL = (
    r"^(?:please |ok |actually |i want to |i'd like to |i would like to |i wish to |can you |could you |let'?s |"
    r"just |i need to )*(?:cancel|cancle|cancell|stop|quit|exit|abort|end|withdraw|abandon|terminate|forget (?:it|"
    r"about it|this|the whole thing)|never ?mind|nevermind|nvm|call it off|scrap it|delete (?:my|the) application|"
    r"close (?:my|the) application|i(?:'ve| have)? changed my mind|i(?:'m| am) out|no longer (?:interested|"
    r"want (?:it|this|the loan|a loan)|need (?:it|this|the loan|a loan))|not interested(?: any ?more)?|"
    r"(?:i )?(?:don'?t|dont|do not) (?:want|need) (?:the|a|this|any|your|it) ?(?:loan|money|"
    r"any ?more)?(?: any ?more)?|leave it|start over|give up|i give up)(?: (?:please|pls|it|this|that|everything|"
    r"all|now|the|my|whole|loan|application|request|process|thing|for now|here|any ?more|it all|completely|from|"
    r"out|thanks|applying|altogether|today|then))*$|(?<![a-z])(?:cancel|withdraw|stop|abandon|scrap) (?:my|the|"
    r"this|our) (?:loan )?(?:application|request|loan|process)(?![a-z])"
)
HUMAN = (
    r"(?<![a-z])(?:(?:real|actual|live|living|proper) (?:live )?(?:person|persn|preson|human|humna|people|agent|"
    r"someone|somebody|one)|human(?:s| being| please| pls| agent| help| support| operator| advis[oe]r)?(?= |$|"
    r"[^a-z])(?! resources| rights| error)|humna|humman|hooman|humen|humam|hunam|customer (?:service|services|"
    r"support|care|servce|sevice)|(?:talk|speak|speek|spk|tlak|chat|talking|speaking|connect(?: me)?|"
    r"transfer(?: me)?|put me through|pass me(?: on)?|hand me over|get me|switch me|escalate)(?: (?:directly|now|"
    r"please|straight))? (?:to|with|through to|over to)? ?(?:an? |the |your |one of your |some |any )?(?:real |"
    r"actual |live |proper |different )?(?:person|persn|preson|persson|human|someone|some one|somebody|some body|"
    r"sb|agent|advis[oe]r|representative|rep|manager|supervisor|staff|staff member|member of staff|"
    r"member of your (?:team|staff)|colleague|operator|team|people|guy|lady|man|woman|assistant|specialist|expert|"
    r"loan officer|officer|people|anyone|anybody|them|specialists|boss|team member|consultant)(?![a-z])|(?:call|"
    r"phone|ring|telephone|contact) me(?: back)?(?= ?(?:$|[^a-z ]| (?:please|pls|back|now|asap|later|on|at|"
    r"tomorrow|today|when|about|instead|urgently|this|as soon|to)))|give me a (?:call|ring|bell|buzz)|(?:can|"
    r"could|will|would) (?:someone|somebody|anyone|anybody|you|u|a person) (?:please |pls )?(?:call|phone|ring|"
    r"help me in person|get in touch|contact me|speak to me|talk to me)|(?:want|need|prefer|like|get|require|have|"
    r"is there|see) (?:to (?:speak|talk|chat) (?:to|with) )?(?:an? |the |some |your |any )?(?:real |actual |"
    r"live )?(?:person|persn|preson|human|agent(?! fee)|operator|advis[oe]r|someone|somebody|representative|"
    r"customer service)(?= (?:please|pls|now|to|who|here|instead|on|not|i can)|$|[^a-z ])|someone (?:i can|"
    r"to) (?:talk|speak) to|person to (?:talk|speak) to|(?:stop|enough|fed up|sick|tired).{0,20}(?:bot|robot|"
    r"machine)|(?:not|no) (?:a |more |to a )?(?:bots?|robots?|machines?|chatbots?|ai)(?: please)?|hate (?:bots|"
    r"robots|talking to (?:a )?(?:bot|machine|robot)s?)|^(?:agent|operator|person|representative|advis[oe]r|staff|"
    r"support|help ?desk|call ?cent(?:re|er)|helpline|human|somebody|someone|manager|supervisor|rep)(?: please|"
    r" pls| now)?$|phone number (?:to|i can) (?:call|ring)|number (?:to|i can) (?:call|ring)|(?:speak|"
    r"talk) in person)"
)
NOT_HUMAN = (
    r"(?<![a-z])(?:(?:don'?t|do not|dont|no need to|no|without|not|rather not|didn'?t|never) (?:want |need |have |"
    r"like )?(?:to )?(?:a |an |any |the )?(?:talk|speak|human|person|agent|call|phone|ring|real person|contact|"
    r"connect|transfer)|(?:are|r) (?:you|u) (?:a |an )?(?:real |actual |live )?(?:human|person|bot|robot)|"
    r"am i (?:talking|speaking|chatting) (?:to|with)|is (?:this|it|that) (?:a |an )?(?:real |actual |"
    r"live )?(?:human|person|bot))"
)
STATUS = (
    r"(?<![a-z])(?:(?:what(?:'s| is|s)? (?:the |my )?(?:loan |application |current )*|check (?:on )?(?:the |"
    r"my )?(?:loan |application )*|know (?:the |my )?(?:loan |application )*|(?:the |my )?(?:loan |"
    r"application ))(?:status|progress|state)|^(?:status|progress|update|updates|tracking)(?: please| pls)?$|"
    r"status (?:of|update|check)|where(?:'s| is|s| are)? (?:is )?(?:my|the|our) (?:loan |credit )?(?:application|"
    r"applicaton|aplication|loan|money|request|funds|case|decision|offer)|any (?:news|updates?|progress|word|"
    r"decision)(?: yet)?|(?:has|have) (?:it|my (?:loan|application)|the (?:loan|application|bank|lender)|they|"
    r"you) (?:been )?(?:approved|gone through|decided|accepted|processed|made a decision|come through|heard|"
    r"finished)|(?:is|was) (?:it|my (?:loan|application)|the (?:loan|application)) (?:been )?(?:approved|through|"
    r"done|ready|accepted|processed|decided)(?: yet)?|(?:have|did) (?:you|they) (?:received?|got|get|seen?|"
    r"looked? at) (?:my|our) (?:application|documents?|papers|form)|how(?:'s| is) (?:my|the|our) (?:loan |"
    r")(?:application|loan|request) (?:going|doing|getting on|coming along|progressing)|(?:heard|hear) (?:nothing|"
    r"anything)|(?:still )?waiting (?:for|on) (?:my|the|a|your|an) (?:decision|answer|loan|money|application|"
    r"response|reply|result)|track (?:my|the) (?:application|loan)|when (?:will|do|am|can) (?:i|"
    r"we) (?:going to )?(?:get|receive|hear|know|expect|have) (?:the |my |a |an |about my |back )?(?:money|loan|"
    r"funds|decision|answer|result|reply|application|response|outcome|payout)|did i get (?:it|the loan|approved|"
    r"accepted)|am i approved|i applied (?:last|on|a|two|three|[0-9]|yesterday|already|for a loan (?:last|on|"
    r"a few|two|yesterday)))(?![a-z])"
)
LANGUAGE = (
    r"^(?:please |can (?:we|you|i) |could (?:we|you) |let'?s |i want to |i'd like to |i would like to |hi |"
    r"hello )*(?:(?:in|to|use|speak|switch to|change to|talk|write|reply in|continue in|do you speak|"
    r"change language to|switch language to|change (?:the )?language|language|switch (?:the )?language|have (?:it|"
    r"this) in|speak to me in|talk to me in|go on in) ?)+(?:in )?(?:english|englsh|chinese|mandarin|"
    r"simplified chinese|another language)?(?: (?:please|pls|instead|if possible))*$|^(?:english|chinese|"
    r"mandarin)(?: please| pls| version)?$"
)
GREETING = (
    r"^(?:hi|hii+|hello|hallo|helo|hey|heya|hiya|hi there|hello there|hey there|good (?:morning|afternoon|evening|"
    r"day)|morning|afternoon|evening|greetings|yo|howdy|hullo|dear (?:sir|madam|team|all)|namaste)(?: (?:there|"
    r"all|everyone|team|lendline|sir|madam|bot|friend|mate|again))*$"
)
GREETING_LEAD = (
    r"^(?:hi|hii+|hello|hallo|helo|hey|heya|hiya|good (?:morning|afternoon|evening|day)|greetings)(?![a-z])"
)
COMPLAINT = (
    r"(?<![a-z])(?:complain(?!ing about me)|complains?|complaints?|compliant(?= about| against|$)|complant|"
    r"complaining|disgusting|disgraceful|outrageous|appalling|unacceptable|ridiculous|terrible (?:service|"
    r"experience|company)|awful (?:service|experience|company)|worst (?:service|experience|company|app|bank|"
    r"lender)|(?:this|it|you)(?:'s| is| are|'re)? (?:a joke|a disgrace|rubbish|useless|hopeless|pathetic|crap|"
    r"garbage|shit|bullshit)|rubbish service|poor service|bad service|shocking service|fed up with (?:you|this)|"
    r"(?:report|sue) (?:you|your company|lendline)|ombudsman|(?:very|really|extremely|so) (?:unhappy|dissatisfied|"
    r"disappointed|angry|annoyed|frustrated)(?: with)?|(?:treated|been treated) (?:badly|unfairly|like)|"
    r"raise (?:a )?(?:formal )?(?:grievance|issue with)|waste of (?:my )?time|incompetent|ripped me off)(?![a-z])"
)
DISTRESS = (
    r"(?<![a-z])(?:suicid\w*|kill(?:ing)? (?:myself|my self)|end (?:it all|my life)|take my (?:own )?life|"
    r"(?:do not|don'?t|dont) want to (?:live|be alive|go on living|be here any ?more)|want to die|better off dead|"
    r"no reason to live|can'?t go on|cant go on|self[- ]?harm|hurt myself|scam(?:s|m?ed|mers?|ming)?|fraud(?:s|"
    r"ster|sters|ulent|ulently)?|phish\w*|identity theft|stole(?:n)? (?:my )?(?:identity|money|details|card|"
    r"account|phone)|someone (?:is using|used|has used|took|opened|applied|has applied|"
    r"has taken) .{0,30}(?:my name|in my name|details|identity)|in my name without|(?:didn'?t|did not|"
    r"never) (?:apply|applied|take out|took out|sign|ask for) (?:for )?(?:this|that|any|a|the) ?(?:loan|"
    r"application|one|credit)?|hacked|been hacked|conned|tricked (?:me|into)|deceived|cheated|debt collectors?|"
    r"bailiffs?|loan sharks?|collectors? (?:keep|are|is|were)|enforcement agents?|(?:threaten(?:ed|ing|s)?|"
    r"harass(?:ed|ing|es|ment)?|intimidat\w+|blackmail\w*)|(?:can'?t|cannot|can not|cant|unable to|couldn'?t|"
    r"struggling to|struggle to|not able to) (?:afford to )?(?:pay|repay|make|meet|keep up|feed|afford)(?: (?:my|"
    r"the|our|back|it back|off|for|it|this|them|with))*(?: (?:loan|debts?|bills?|rent|instal?ments?|payments?|"
    r"repayments?|family|kids|children|food|any ?more|anymore|month|next|card|mortgage|money))|can'?t (?:repay|"
    r"pay (?:it |them )?back|pay any ?more)|cannot (?:repay|pay back)|losing (?:my|the) (?:home|house)|lose (?:my|"
    r"the|our) (?:home|house)|evict(?:ed|ion)|repossess\w*|going under|drowning in debt|in (?:serious |deep |"
    r"severe )?financial (?:difficulty|difficulties|trouble|hardship)|hardship|at (?:my )?wits'? end|desperate|"
    r"going bankrupt|go bankrupt|bankrupt soon|gambling (?:problem|addiction|debts?))(?![a-z])"
)
EXISTING = (
    r"(?<![a-z])(?:(?:pay|paid|paying|repay|repaid|repaying|settle|settling|clear) (?:(?:off|back|"
    r"down) )?(?:early |some of )?(?:my|our|the) (?:existing |current |old |whole |outstanding |"
    r"business )?(?:loan|instal?ment|balance|loan back|loan off|debt with you|loan early)|(?:pay|paying|repay|"
    r"settle|clear) (?:my|our|the|it) (?:loan )?(?:off )?early|early (?:repayment|settlement) (?:of|on|for) (?:my|"
    r"our)|my (?:last|next|first|monthly|missed|late) (?:instal?ment|payment|repayment|direct debit)|(?:missed|"
    r"late with|behind (?:on|with)|skipped?) (?:a|my|the|an) (?:instal?ment|payment|repayment)|my (?:existing|"
    r"current|old|previous|active|outstanding) (?:loan|borrowing)|(?:i|we) (?:already )?(?:have|got|took out|took|"
    r"had|'ve got) (?:a|an|my|our|the|one) (?:loan|existing loan|current loan) (?:with (?:you|lendline)|from you|"
    r"already|last|in)|(?:the|my|our) loan (?:i (?:have|took|got)|that i (?:have|took|got)|you gave|from last|"
    r"from you|with you|is (?:paid|finished|running|nearly))|(?:my|our) (?:loan )?(?:repayment|repayments|"
    r"repayment (?:date|schedule|plan)|instalments?|outstanding balance|loan balance|loan account|loan statement|"
    r"settlement figure|payoff amount|direct debit)|how much (?:do i|is|do we)(?: still)? (?:owe|left|have left)|"
    r"(?:still )?owe(?: on my loan| you)|balance on my loan|(?:change|move) my (?:repayment|payment) (?:date|day)|"
    r"(?:take|have) a payment (?:holiday|break)|next (?:instal?ment|payment) (?:due|date)|top up my (?:loan|"
    r"existing))(?![a-z])"
)
APPLY = (
    r"(?<![a-z])(?:apply|aply|applying|(?:i|we)(?:'d| would)? ?(?:like|want|need|wanna|am looking for|"
    r"'m looking for|'re looking for|require|wish|are looking for|was looking for|were looking for|could do with|"
    r"am after|'m after|would love)(?: to)?(?: get| have| take out| take| borrow| apply for| request|"
    r" raise)?(?: (?:some|a|an|the|any|more|small|quick|business|new|about|another|bit of|little|extra|"
    r"short[- ]term))* ?(?:loan|loans|money|finance|financing|funding|funds|cash|credit|capital|borrow|advance|"
    r"overdraft|£|\$|€|[0-9])|borrow|(?:can|could|may|will|would|how (?:do|can|would)) (?:i|we|you|"
    r"u) (?:please )?(?:get|have|take out|apply|borrow|lend|give me|finance|take)(?: (?:me|us|for))?(?: (?:a|an|"
    r"some|any|the|business|small|quick))* ?(?:loan|money|finance|funding|credit|£|\$|€|[0-9]|$)|lend (?:me|us)|"
    r"loan (?:for|of|to|please)|need (?:a |some |money|funds|cash|funding|finance|financing|capital)|new (?:loan|"
    r"application)|^(?:a )?(?:loan|business loan|small business loan|loan please|loan application|apply|start|"
    r"begin|get started|let'?s start|start (?:an |the |my )?application)$|looking (?:for|to) (?:a |an |some |"
    r"borrow|get )|(?:get|take out|want|need) (?:a |an )?(?:small |business |short[- ]term |quick )*(?:loan|"
    r"advance|credit line|line of credit)|refinanc\w+|consolidat\w+)(?![a-z])"
)
QUESTION = (
    r"^(?:(?:and|but|so|also|ok|okay|well|hi|hello|hey|sorry|please|just|then|oh|btw|by the way|quick question|"
    r"one question|question|first|i have a question|can you tell me|could you tell me|tell me)[ :]+)*(?:(?:what|"
    r"wat|whats|what's|how|hows|how's|when|whens|where|wheres|where's|who|whos|who's|whose|which|whether|"
    r"why)(?![a-z])(?! (?:ever|a (?:nice|good|great|lovely)|soever))|(?:can|could|do|does|did|is|are|am|was|were|"
    r"will|would|should|may|must|shall|have|has|had|isn'?t|aren'?t|don'?t|doesn'?t|won'?t|can'?t|wouldn'?t|"
    r"couldn'?t) (?:i|you|u|we|it|they|he|she|there|this|that|the|my|your|our|a|an|any|anyone|someone|lendline|"
    r"people|interest|checking|applying|these|those|all)(?![a-z]))|(?<![a-z])(?:i (?:want|need|would like|"
    r"'d like) to (?:know|ask)|i(?:'m| am) wondering|i wonder|wondering|(?:can|could) you (?:explain|tell)|"
    r"tell me (?:about|how|what|more)|explain (?:the|how|what|to me)|how (?:much|many|long|does|do|is|are|can|"
    r"will|would|about) .{0,60}$)(?![a-z])"
)
WONDERING = r"(?<![a-z])(?:or not|right|correct|ok|okay|yes|no)\?$"
CORRECT = (
    r"(?<![a-z])(?:make (?:it|that)(?! (?:clear|quick|snappy|fast))|chang(?:e|ed|ing)(?! (?:of|my mind|language|"
    r"the language|to english|to chinese))|correction|correct (?:it|the|my|that to|this)|to correct|should (?:be|"
    r"have been|say|read)|shd be|i mean(?:t)?(?! (?:it|well))|amend|update (?:my|the|it)|instead(?! of)|"
    r"i made (?:a|an) (?:mistake|error|typo)|(?:my|a) mistake|typo|mistyped|misspoke|wrong (?:number|amount|"
    r"figure|one|term|date|email|phone|name|answer|button)|(?:is|was|are|were|that's|it's|the) (?:wrong|incorrect|"
    r"not right|not correct)|revise|edit (?:my|the)|scratch that|put (?:the wrong|wrong|it wrong)|"
    r"entered (?:the )?wrong|typed (?:the )?wrong|rather than|instead of|let'?s (?:make|do|say)|"
    r"on second thoughts?|i need to (?:fix|correct)|replace|no wait|sorry,? (?:it'?s|i mean|not|make|that|its|£|"
    r"\$|[0-9])|not .{1,24}(?:,| but| - ) ?(?:it'?s |is |but |rather )?[£$€a-z0-9]|actually)(?![a-z])"
)
