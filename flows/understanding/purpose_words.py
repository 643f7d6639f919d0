"""Words for what the money is for, by the published purpose code (CFPB small-business lending data points).

Things that last are equipment; what is sold on, used up or paid month by month is working capital.
"""

from collections.abc import Mapping
from types import MappingProxyType

PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        "property_to_let": (r"buy[- ]to[- ]let|rental propert(?:y|ies)|property to let|出租房|投资房|买房出租"),
        "property_own_use": (
            r"(?:buy(?:ing)?|purchas(?:e|ing)) (?:the |my |a |our |own )*(?:shop )?(?:premises|building|property|"
            r"freehold|warehouse)|commercial mortgage|买(?:个|间|下)?(?:店面|商铺|厂房|铺面|门面|写字楼|房)|"
            r"购(?:买)?(?:商铺|店面|厂房|门面|房)"
        ),
        "acquisition": (
            r"acquir\w+|acquisition|buy(?:ing)? (?:a|another|the|out)(?: my)? (?:business|company|partner|"
            r"competitor|franchise)(?:'s share)?|buy ?out|tak(?:e|ing) over (?:a|the|another) (?:business|shop|"
            r"store|company)|收购|盘店|盘下|盘个店|接手(?:一家|别人)"
        ),
        "refinance": (
            r"re-?financ\w*|consolidat\w+|(?:pay(?:ing)? off|repay(?:ing)?|clear(?:ing)?|settle) (?:my |our |the |"
            r"some |an? |all )*(?:existing |other |old |current |previous |expensive |"
            r"another )*(?:bank )?(?:loans?|debts?|credit cards?|borrowing)|还旧债|还(?:其他|别的|之前的|旧的|"
            r"原来的|别家的?|"
            r"银行)(?:贷款|债|借款|网贷)|还信用卡|还网贷|债务(?:重组|置换|整合)|借新还旧|转贷|还债|置换贷款"
        ),
        "line_increase": (
            r"(?:increase|raise|extend) (?:my |our |the )(?:credit )?(?:limit|line)|提额|提高额度|增加额度"
        ),
        "overdraft": (r"overdrafts?|透支"),
        "expansion": (
            r"renovat\w*|renavat\w*|refurb\w*|re-?fit(?:ting)?|redecorat\w*|expan(?:d|ding|sion)|expantion|"
            r"(?:(?:open(?:ing)?|start(?:ing)?) (?:up )?)?(?:a |an |our |my |the )?(?:second|third|2nd|3rd|new|"
            r"another|extra) (?:shop|store|location|branch|site|outlet|restaurant|cafe|salon|unit)|"
            r"fit(?:ting)?[- ]?out|extend(?:ing)? the (?:shop|store|kitchen|premises)|(?:new|bigger|larger|"
            r"second) premises|扩张|扩大|扩店|扩建|扩展|扩充|(?:开|弄|搞)?(?:个|一家)?分店|第[二三四2]家(?:分)?店|"
            r"开(?:家|个|一家)?新店|新店(?:面)?|"
            r"(?:再|又)(?:开|弄|搞)(?:一?[家间个])?[\u4e00-\u9fff]{0,6}店|(?:重新|店面|店铺|门店|铺面|门面)?(?:装修|"
            r"翻新|装潢|翻修)(?!公司|队|行业|"
            r"工程队|材料店|生意|的$)"
        ),
        "start_up": (
            r"start[- ]?up(?: costs?)?|start(?:ing)? (?:a|my|our|my own|up a) (?:own |new |small )?(?:business|"
            r"company)|launch(?:ing)? (?:a|my|our)(?: new)? (?:business|company|shop)|创业|启动资金|开店(?:用|资金)|"
            r"初创|起步资金"
        ),
        "vehicles": (
            r"vans?|trucks?|lorry|lorries|vehicles?|vehicals?|cars?(?! ?wash)|motorbikes?|motorcycles?|scooters?|"
            r"pick-?up|"
            r"trailers?|delivery bikes?|prius|transits?|sprinters?|货车|车辆|面包车|汽车|卡车|电动车|三轮车|冷藏车|"
            r"送货车|(?:餐|吊|叉|铲|推|"
            r"冷链|洒水|物流|工程|快餐|早餐)车|皮卡|拖车|轿车|"
            r"(?:买|购|换)(?:一?辆|台|个)?(?:新|二手)?车"
        ),
        "equipment": (
            r"equipments?|equiptment|equipement|machin(?:e|es|ery)|mach?ines?|ovens?|fridges?|freezers?|"
            r"refrigerators?|dishwashers?|(?:a|the|new|our|my|electronic|cash|second) till|tills|computers?|"
            r"laptops?|tools|furniture|printers?|mixers?|boilers?|fryers?|cookers?|stoves?|grills?|shelv(?:es|"
            r"ing)|display cases?|(?:coffee|espresso|sewing|ice|washing) machines?|设备|机器|烤箱|烤炉|冰箱|冰柜|雪柜|"
            r"冷柜|冷库|咖啡机|"
            r"收银机|电脑|家具|桌椅|货架|炉子|灶台|空调|机床|仪器|工具|厨具|打印机|缝纫机|洗衣机|和面机"
        ),
        "working_capital": (
            r"stocks?(?: up)?|re-?stock(?:ing)?|inventory|invetory|inventry|working capital|cash ?flow|supplies|"
            r"(?:raw )?materials?|suppliers?|payroll|wages|salaries|rent(?! (?:a|an|another|bigger|out)(?![a-z]))|"
            r"bills|running costs|day[- ]to[- ]day|"
            r"operating (?:costs?|expenses)|overheads|ingredients|goods|merchandise|(?:进|囤|屯|备|补|拿|铺|压|订|"
            r"办)(?:一?[点些批])?货|进(?:一?[点些批])?(?:面料|布料|水果|蔬菜|菜|海鲜|鱼|肉|粮食|大米|米|面粉|茶叶?|"
            r"酒|烟|药|五金|建材|木材|书|衣服|服装|女装|男装|童装|"
            r"鞋|食材|饮料|零食|日用品|百货|商品|新品|配件)|备货|补货|囤货|屯货|拿货|铺货|"
            r"采购(?![\u4e00-\u9fff]{0,4}(?:设备|机|车|柜|炉))|"
            r"资金周转|周转|流动资金|材料[款费]|尾款|原材料|原料|货款|备料|发工资|"
            r"付工资|(?:交|付)(?:房租|租金|水电费?)|日常(?:经营|运营|开支)|经营周转|库存|存货|年货|买(?:点|些|"
            r"一批)?(?:货(?!车|架|柜|梯|运| ?van)|材料|原料|食材)|垫资|"
            r"现金流"
        ),
    }
)
"""Words that speak of a purpose in most sentences about money."""

THINGS: Mapping[str, str] = MappingProxyType(
    {
        "property_own_use": (
            r"(?:房东|业主)[^,，]{0,4}卖[^,，]{0,3}(?:铺|店|房)|买下[^,，]{0,5}(?:铺面?|店面|门面)|"
            r"buy(?:ing)? (?:the |my |our |a |this )*(?:shop|unit|place|land|plot|office) (?:i|we) (?:rent|lease)|"
            r"freehold|把(?:租的|这个|现在的|这间)?(?:铺面?|店面?|门面|厂房|商铺)买下来?|买下(?:这个|这间|"
            r"现在的)?(?:铺面?|店面|门面|厂房|商铺)"
        ),
        "acquisition": (
            r"把[^,，]{1,8}(?:店|厂|馆|摊|公司)[买盘接顶]过来|"
            r"(?:buy|purchas|acquir)(?:e|ing)? (?:an? |the )?(?:neighbou?ring |nearby |rival |local )(?:[a-z']+ ){0,3}"
            r"(?:business|shop|store|company|firm|cleaners?|bakery|salon|caf[eé])|"
            r"买[^,，]{0,5}股份?|(?:brother|sister|partner|cousin|dad|father|mother|mum)'?s share|"
            r"goodwill|"
            r"(?:tak(?:e|ing) over|tak(?:e|ing) on|buy(?:ing)?(?: out)?|purchas(?:e|ing)|"
            r"acquir\w+) (?:[a-z']+ ){0,3}(?:competitor|rival|(?:my |the |our )?(?:business )?partner)(?:'s)?|"
            r"tak(?:e|ing) over (?:[a-z']+ ){0,3}(?:shop|store|salon|caf[eé]|restaurant|takeaway|chip shop|chippy|"
            r"pub|bar|garage|bakery|barbers?|kiosk|stall|nail bar|business|company|firm|practice|round|franchise)|"
            r"buy(?:ing)? (?:an? |the )?(?:existing|going|established|retiring)(?: [a-z]+)? (?:shop|store|salon|"
            r"caf[eé]|restaurant|takeaway|chip shop|chippy|pub|bar|garage|bakery|barbers?|kiosk|stall|nail bar|"
            r"business|company|firm|practice|round|franchise)|buy(?:ing)? (?:him|her|them|my \w+) out|buyout|顶下|"
            r"盘下[^,，]{0,8}(?:铺子?|店面?|馆|厂|摊)|"
            r"接盘|买下(?:对面|隔壁|别人)[^,，]{0,4}店|合伙人的?股份"
        ),
        "refinance": (
            r"(?:credit )?cards? to (?:clear|pay off)|debts? to (?:clear|pay off)|"
            r"合并(?:贷款|债务|借款)|"
            r"(?:clear|pay(?:ing)?|settl(?:e|ing)|get rid of|wip(?:e|ing) (?:out|off)|replac(?:e|ing)|merg(?:e|"
            r"ing)|swap(?:ping)?)(?: off| back| down)? (?:[a-z'-]+ ){0,4}(?:loans?|debts?|credit cards?|cards?|"
            r"overdraft|lenders?|advance|finance|borrowing)|cheaper loan|loan ?shark|把[^,，]{0,8}(?:信用卡|网贷|"
            r"贷款|债|欠款|"
            r"高利贷)[^,，]{0,3}[还清换]|还(?![有欠剩要没是在差能可想会])[清完掉]?[^,，]{0,8}(?:贷款?|债|信用卡|卡债|"
            r"欠款|"
            r"网贷|高利贷|花呗|借呗)|"
            r"清卡数|(?:换|置换)[^,，]{0,4}(?:低息|"
            r"便宜|利息低)"
        ),
        "expansion": (
            r"(?:second|third|2nd|3rd|another) (?:kitchen|site|unit|branch|outlet|salon|stall|bakery|workshop)|"
            r"租[个间]?(?:更|再)?大[^,，]{0,4}(?:店面?|铺面?|地方)|rent(?:ing)? (?:a |another )?bigger [a-z]+|"
            r"(?:add(?:ing)?|more) (?:a |an |some )?(?:seating|tables|room|space|section|outdoor)[a-z ]{0,6}|"
            r"open(?:ing)? (?:up )?in [a-z]+(?: (?:too|as well|also))?|"
            r"tak(?:e|ing) on the (?:unit|shop|place) [a-z]+|do(?:ing)? (?:the|my|our) [a-z]+ up|把店(?:面|"
            r"里)?(?:重新)?装|"
            r"打通|opening (?:up )?in [a-z]+|"
            r"(?:open(?:ing)?|start(?:ing)?|launch(?:ing)?|get(?:ting)?) (?:up )?(?:another|a second|a 2nd|"
            r"one more) (?:shop|place|branch|outlet|site|salon|cafe|[a-z]+ in [a-z]+)|do(?:ing)? (?:up|"
            r"out) (?:the |my |our )?[a-z]+|spruc(?:e|ing) up|redo(?:ing)? (?:the |my |our )?[a-z]+|make ?over|"
            r"facelift|remodel\w*|shop ?fit\w*|shop ?front|new (?:floor(?:ing|s)?|roof|kitchen|bathroom|frontage|"
            r"extension|decor)|extension|knock(?:ing)? through|bigger (?:place|unit|shop|space)|mov(?:e|"
            r"ing) (?:to|into) (?:a )?(?:bigger|larger|new)|grow(?:ing)? (?:the|my|our) business|decorat\w+|"
            r"第[二三四2-4][间个]?(?:店|铺|分店)|多开[一1]?[家间]|(?:再|又|多)开|扩|换(?:个|间)?(?:大|"
            r"新)(?:点的?)?(?:店|铺|地方)|搬(?:店|到|去)|门头|"
            r"重新?装|刷墙|店面升级|升级店"
        ),
        "start_up": (
            r"(?:我的|我们的|人生)?第一家店|从零(?:开始)?[做开搞创]|(?:launch|start|build|"
            r"found)(?:ing)? (?:[a-z']+ ){1,5}from "
            r"(?:zero|scratch|nothing)|"
            r"(?:setting|set) up (?:my|our|a) (?:own )?(?:shop|store|salon|cafe|business|stall|company)|"
            r"seed (?:money|capital|funding)|start(?:ing)? (?:a|an|my|our|up|"
            r"out)(?: [a-z'-]+){0,3} (?:from scratch|business|shop|store|salon|caf[eé]|restaurant|takeaway|"
            r"chip shop|chippy|pub|bar|garage|bakery|barbers?|kiosk|stall|nail bar|business|company|firm|practice|"
            r"round|franchise)|from scratch|get(?:ting)? (?:started|(?:it|my business|the business) (?:started|"
            r"going|off the ground))|(?:my|our) first (?:shop|store|salon|caf[eé]|restaurant|takeaway|chip shop|"
            r"chippy|pub|bar|garage|bakery|barbers?|kiosk|stall|nail bar|business|company|firm|practice|round|"
            r"franchise)|(?:brand )?new business|从零开始|起步|开第一家|刚起步|启动"
        ),
        "vehicles": (
            r"keke|okada|matatu|jeepney|tricycle|"
            r"三轮(?!车)|(?:买|换)(?:一?[辆台])新的|"
            r"lorr(?:y|ies)|tuk ?tuks?|rickshaws?|e-?bikes?|cargo bikes?|mopeds?|motor ?bikes?|boda ?boda|"
            r"minibus(?:es)?|bus(?:es)?|taxis?|cabs?|campers?|hgv|forklifts?|tractors?|food ?truck|电瓶车|摩托车?|"
            r"小货|"
            r"货van|货拉拉车|拖拉机|送货的?车|冷藏货车|大巴|出租车|叉车|货柜车|换车|买车"
        ),
        "equipment": (
            r"(?:买|购|换|添|装)(?:一?[台个套件])?[\u4e00-\u9fff]{1,4}(?:机|柜|炉|灶|烤?箱|仪|锅)(?!会|构|票|场)|电?锯|"
            r"雪柜|冷气机|收银|"
            r"kit|gear|appliances?|lathes?|cnc|drills?|generators?|gensets?|inverters?|solar(?: panels?)?|panels?|"
            r"batter(?:y|ies)|signage|signs?|cctv|security cameras?|cameras?|pos(?: system)?|terminals?|kilns?|"
            r"looms?|roasters?|grinders?|(?:coffee|ice cream|espresso|vending|embroidery|packaging|packing|slush|"
            r"card) machines?|tents?|gazebos?|carts?|counters?|chairs?|tables?|booths?|treadmills?|"
            r"dryers?|washers?|(?:barber|salon|dental|massage) (?:chairs?|beds?)|welders?|welding|compressors?|"
            r"pumps?|harvesters?|incubators?|ipads?|tablets?|air ?con(?:ditioning|ditioner|s)?|a/?c|heat(?:er|ing|"
            r"ers)|extract(?:or|ion)(?: hood| fan)?|hobs?|proofers?|provers?|slicers?|mincers?|blenders?|"
            r"chillers?|cold ?rooms?|hoists?|lifts?|ramps?|saws?|presses|press|sewers|overlockers?|scales|lasers?|"
            r"scanners?|projectors?|speakers?|racks?|racking|display cabinets?|cabinets?|smart ?boards?|lamps?|"
            r"(?:[^\W买购换添修租要台万千百个的新了]{1,3}(?<!手)(?<!司)(?<!时)(?<!商)(?<!危)(?<!投)(?<!动)机|"
            r"[\u4e00-\u9fff]{1,3}[炉灶柜])(?![会构油票场遇])|冷气|太阳能板?|发电机|监控|摄像头|招牌|灯箱|美容床|"
            r"按摩床|理发椅|桌子|椅子|货架|展示柜|保温箱|冷冻柜|"
            r"车床|电梯|升降机|蒸笼|蒸箱|收款机|pos机|电磁炉|洗碗机|热水器|抽油烟机|油烟机|电器|机械|器材|装置|设施|"
            r"模具|锅炉|音响|投影|平板电脑|电动工具"
        ),
        "working_capital": (
            r"stocking up|囤[^,，]{1,4}|"
            r"供应商催[款钱]?|supplier (?:wants|needs) (?:paying|payment)|"
            r"(?:fill|stock)(?:ing)? (?:up )?(?:the |my |our )?shelves|keep(?:ing)? the lights on|给(?:员工|工人|"
            r"伙计)发[工薪]?[资水钱]?|"
            r"进[点些批]?[^,，]{0,3}装|[秋冬春夏]装|"
            r"tid(?:e|ing) (?:us|me|things|the shop) over|(?:get|see|keep)(?:ting|ing)? (?:us|me|things|the shop|"
            r"the business) (?:through|going|afloat|ticking)|(?:quiet|slow|lean) (?:season|months?|period|time|"
            r"spell)|seasonal|bridg(?:e|ing)|cash ?flow|(?:unpaid|late|outstanding) (?:invoices?|payers?|"
            r"customers?)|(?:big|large|bulk) orders?|(?:buy(?:ing)?|order(?:ing)?) (?:in )?bulk|produce|parts|"
            r"packaging|fuel|diesel|feed|fertili[sz]er|seeds?|fabrics?|cloth(?:es|ing)?|textiles?|yarn|leather|"
            r"flour|sugar|meat|fish|beans|spices|rice|veg(?:etables)?|fruit|drinks?|beers?|wines?|spirits|tyres|"
            r"oil|paint|timber|wood|cement|bricks|tiles|medicines?|cosmetics|products?|samples|collection|"
            r"stock[- ]?up|salary|wage bill|pay(?:ing)? (?:the |my |our |some )?(?:staff|workers|people|team|guys|"
            r"lads|vendors?|bills)|utilit(?:y|ies)|electric(?:ity)?(?: bill)?|gas bill|insurance|入货|来货|订货|"
            r"进料|买料|"
            r"(?:付|给|还|结)[^,，]{0,3}供应商[^,，]{0,3}|供应商的?[钱款账]|买[^,，车房机设]{1,8}(?:来|去|回来)?卖|"
            r"工钱|人工费|薪水|粮|出粮|水电费?|撑[到过][^,，]{0,3}|"
            r"熬过|过(?:冬|年关|淡季|冬天)|淡季|垫(?:款|付|钱|资)|接(?:了)?(?:一?个)?(?:大)?(?:订?单)|大单|"
            r"压(?:了)?[^,，]{0,4}货|"
            r"(?<![送拉运载供发退带百卖铺载提验])货(?![车架柜梯运款])|(?:交|付|给)(?:房|铺|店)?租|房租|租金|铺租|"
            r"采购(?![\u4e00-\u9fff]{0,4}(?:设备|机|车|柜|炉))|布料|面料|面粉|食材|水果|海鲜|肉|茶叶|酒|饲料|化肥|"
            r"种子|农药|药品|轮胎|机油|钢材|木材|水泥|瓷砖|包装|耗材|日常开支|开支|备料|物料|流动|补仓"
        ),
    }
)
"""Words that name a purpose only when it was asked for, or when they are to be bought or paid."""
