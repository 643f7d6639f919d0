"""English words of everyday life by the topic they belong to, as data.

A line is one topic, named before the colon. Words of a topic need not mean the same: a question about a smashed
glass and an answer about a broken display only have the topic in common, which is a hint and no more. A word may
belong to several topics; it is compared by its stem.
"""

TOPICS = """
break: break broke broken crack cracked smash smashed shatter shattered damage damaged defect defective faulty scratch
  scratched torn tear rip ripped burst dent bent snapped wreck ruined glitch chipped
fall: fall fell drop dropped slip slipped trip tumble
wet: water wet rain soaked spill spilled spilt moisture liquid drown flood flooded leak leaking damp toilet sink bath
  puddle coffee tea beer juice pool
repair: repair fix fixed mend restore service maintenance technician mechanic workshop replace replacement replaced
  spare patch
work: work working function functioning operate run running fail failing failed fails dead dies stops crash crashed
  crashes freeze freezes frozen hang hangs stuck error bug glitch malfunction
glass: glass screen display monitor touchscreen window lens mirror pane
power: battery charge charging charger cable power plug socket electricity electric volt watt drain drains energy
  outlet adapter switch switches current
phone: phone phones mobile cell cellphone smartphone handset iphone android samsung pixel device telephone tablet ipad
sim: sim esim chip network provider carrier prepaid roaming operator
computer: computer computers pc pcs laptop notebook desktop mac machine workstation keyboard printer
software: app apps software program programme application tool website site web page browser online portal platform
  version update install download
internet: internet wifi wi-fi wireless wlan network online connection connect broadband router hotspot web net signal
login: login log password passcode pin code username sign account credential authenticator 2fa recovery locked reset
  access
security: secure security safe safety protect protection encrypt lock locked unlock hack hacked theft thief stolen
  steal stole nicked robbed burglar
lost: lost lose losing loss missing misplaced forgot forgotten left gone mislaid vanish vanished found find
file: file files document documents pdf csv spreadsheet excel word table attachment folder data record records
copy: copy copies copying photocopy photocopier print printing printer printout scan scanner duplicate
photo: photo photos photograph picture pictures pic image camera snap selfie film shoot
import: import export migrate move transfer transferring backup upload download load bring copy
share: share invite invitation colleague coworker teammate team member members workspace group collaborate
role: role roles permission permissions admin administrator owner editor viewer rights manager
remove: remove delete erase wipe clear drop discard trash bin eliminate deactivate rid
restore: restore recover undo undelete bring back revert retrieve accidentally trash
notify: notification notifications alert alerts email emails reminder reminders message messages mail newsletter spam
  ping bell
mail: mail post letter letters parcel package envelope stamp postage email inbox
deliver: deliver delivery delivered delivers ship shipping shipped shipment courier dispatch send sent parcel package
  tracking arrive arrives arrival home house
order: order orders ordered ordering purchase buy buying bought basket cart checkout
money: money cash pay paid payment fund coins dollars pounds euros price fee
price: price prices cost costs costing charge charges fee fees rate rates tariff expensive cheap cheaper expense quote
  much worth value
discount: discount voucher coupon promo offer sale reduction reduced concession student deal bargain rebate
refund: refund refunds refunded money back reimburse reimbursed return returned repay
return: return returns returned returning exchange swap send bring give back
pay: pay paying paid payment payments bill billing invoice card debit credit transfer paypal cash charge charged
  collect
invoice: invoice invoices bill receipt receipts vat statement accounting accountant bookkeeping tax
bank: bank banks account iban branch deposit withdraw withdrawal transfer teller atm
loan: loan loans borrow borrowed lend lent lending credit mortgage debt owe owing finance financing
instalment: instalment installment instalments installments monthly split spread bit finance leasing
tax: tax taxes vat hmrc irs duty levy deductible return
insurance: insurance insure insured cover covered coverage policy claim liability protection premium
warranty: warranty guarantee guaranteed cover covered claim
member: member members membership join joining joined register registered registration enrol enroll subscribe
  subscription sign card become
plan: plan plans tier package subscription contract tariff upgrade downgrade annual yearly monthly basic pro premium
cancel: cancel cancelled canceled cancelling cancellation terminate termination end ending quit leave leaving stop
  unsubscribe withdraw
pause: pause paused pausing freeze suspend suspended hold break interrupt holiday away
renew: renew renewal renewing renewed extend extension prolong longer again more
late: late later overdue delay delayed delays deadline due past behind miss missed fine fines penalty
fine: fine fines penalty penalties charge overdue fee
wait: wait waiting waited queue line patience long quick fast slow forever
slow: slow slowly lag lags loading load speed fast takes hang forever
time: time hour hours minute minutes day days week weeks month months year years long when until duration period
open: open opens opening opened close closes closed closing shut shuts hours time until early late
day: monday tuesday wednesday thursday friday saturday sunday weekend weekends weekday weekdays today tomorrow tonight
  daily
holiday: holiday holidays christmas easter vacation bank festive summer break new year
morning: morning evening night noon afternoon midnight early late breakfast dinner
book: book books novel novels reading read author title comic manga magazine newspaper literature audiobook ebook
  kindle
borrow: borrow borrowed borrowing lend loan loaned checkout checked lent keep
library: library librarian catalogue catalog shelf shelves branch reader
reserve: reserve reserved reservation reserving hold book booked booking slot appointment queue spot place
appointment: appointment appointments slot book schedule scheduled reschedule visit walk date calendar
ticket: ticket tickets admission entry entrance pass seat seats event concert show
room: room rooms hall space venue hire rent meeting place conference studio office
hotel: hotel room stay night check suite reception guest bed breakfast lobby hostel
bed: bed beds cot mattress crib pillow sleep blanket
travel: travel trip journey flight fly plane airport train bus station taxi ferry tour passenger
car: car cars vehicle van truck lorry auto motor drive driving driver garage parking park
park: park parking parked garage car lot space bike bicycle rack
bike: bike bikes bicycle cycle cycling scooter
route: route way directions address street map near distance far located location where find reach
child: child children kid kids baby babies toddler toddlers son daughter boy girl teenager infant little young age old
  minor
family: family mother father mum mom dad parent parents wife husband brother sister grandmother gran grandma
  grandfather grandad uncle aunt cousin partner spouse son daughter
friend: friend friends mate buddy companion guest guests visitor girlfriend boyfriend someone along
pet: pet pets dog dogs cat cats puppy animal animals leash rabbit horse
old: old elderly senior seniors pensioner retired aged
disabled: disabled disability wheelchair blind deaf accessible accessibility ramp lift mobility housebound handicap
health: health healthy doctor ill illness sick sickness medical medicine hospital clinic nurse patient disease
  treatment therapy symptom
pain: pain painful hurt hurts ache sore injury injured wound knee back shoulder headache broken leg surgery operation
pregnant: pregnant pregnancy expecting baby birth maternity
drug: drug medicine medication pill tablet prescription pharmacy chemist dose
tooth: tooth teeth dentist dental braces gum
body: body arm leg knee foot hand head back neck eye eyes ear skin hair stomach heart
hair: hair haircut barber hairdresser salon dye beard nails beauty
wash: wash washing shower showers bath clean cleaning laundry towel towels soap detergent dryer iron
clean: clean cleaning cleaner dirty tidy dust mop hygiene rubbish wipe
waste: waste rubbish trash garbage litter bin bins recycling recycle cardboard dump throw
food: food eat eating meal meals lunch dinner breakfast snack cook cooking kitchen restaurant menu bread cake cakes
  sandwich sandwiches fruit vegetable meat fish hungry vegan vegetarian
drink: drink drinks water coffee tea beer wine juice bottle thirsty alcohol bar
cook: cook cooking oven stove fridge freezer kettle microwave grill bake
clothes: clothes clothing shirt trousers shoes shoe jacket jumper dress coat wear size trunks uniform sock hat
size: size sizes fit fits big bigger small smaller large long short tight loose measure measurement dimensions
colour: colour color colours colors red blue green black white pink dark light
weight: weight kilo kilogram pounds heavy light weigh limit
sport: sport sports gym fitness train training trainer exercise workout run running yoga pilates zumba spinning swim
  swimming football tennis coach class classes
coach: coach trainer instructor teacher tutor guide show lesson lessons one personal
class: class classes course courses lesson timetable schedule workshop session sessions seminar
swim: swim swimming pool sauna steam bath trunks lifeguard hot
music: music song songs band concert radio loudspeaker sound instrument guitar piano loud
noise: noise noisy loud quiet silence sound disturb neighbours
film: film films movie movies cinema video dvd series tv television
game: game games play playing toy toys match team player
school: school schools pupil student students teacher class university college exam grade homework study studying learn
  learning
job: job jobs work working career vacancy vacancies hire hiring employ employed employee staff salary wage apply
  position internship placement
volunteer: volunteer volunteers volunteering help helping charity donate
donate: donate donation donations give giving gift charity rid unwanted away
gift: gift gifts present wrap birthday card surprise
sell: sell selling sold sale trade dealer used secondhand worth buy value exchange
suggest: suggest suggestion request recommend idea propose wish want need get order
home: home house flat apartment rent landlord tenant property building move
furniture: furniture table chair sofa shelf desk cupboard wardrobe lamp
storage: locker lockers storage store luggage suitcase bag bags deposit keep leave wallet valuables key padlock
key: key keys lock door open fob card turnstile gate entry
door: door gate entrance entry exit turnstile barrier
garden: garden plant plants flower flowers tree grass lawn seeds
weather: weather rain snow sun sunny cold warm wind storm temperature hot forecast
fire: fire smoke burn alarm emergency evacuate extinguisher
emergency: emergency urgent urgently ambulance accident help immediately rescue
police: police crime report criminal stolen thief theft officer
law: law legal lawyer court rights contract sue attorney judge regulation rule rules
rule: rule rules allowed allow may permitted forbidden prohibited must ban banned policy
paper: paper papers document documents certificate proof licence license id passport identity form
identity: id identity passport licence proof identification name card
citizen: passport visa citizen residence council registration birth marriage certificate government
address: address addresses street house moved moving postcode zip home
name: name names called surname married title
language: language languages english french german spanish chinese translate translation speak
complain: complain complaint complaints unhappy dissatisfied angry bad terrible rude problem issue
help: help helping support assistance assist advice guide explain question contact
contact: contact call phone ring email write reach number hotline speak talk chat
person: person people human someone somebody staff agent representative employee
company: company business firm enterprise organisation organization shop store trader
shop: shop shops store stores market stall mall counter retail outlet stand booth
stock: stock available availability sold out inventory shelf supply restock
change: change changes changed changing switch edit update modify alter different correct amend move
number: number numbers digits code amount count quantity
begin: begin start starts starting started first set setup trial try test
try: try trial test sample taster demo first look
more: more extra additional another add further increase extend bigger
copyright: copyright patent trademark licence rights
account: account accounts profile settings user username login
data: data information details personal privacy gdpr record
connect: connect connects connected connection link linked pair integrate integration integrations sync slack zapier
  outlook calendar api webhook
developer: api developer code token key webhook script programming endpoint limit
outage: outage down offline unavailable error slow white blank
offline: offline online internet without connection sync
rating: rating review reviews star stars feedback score comment opinion
point: point points loyalty reward rewards bonus benefit benefits
wedding: wedding marriage marry married bride party celebration ceremony
funeral: funeral death die died dead grave burial
religion: church mosque temple prayer priest religious
election: election vote voting ballot mayor president politics party
science: science space moon planet physics chemistry star universe
history: history century war king queen ancient
smoke: smoke smoking cigarette ashtray vape
light: light lights lamp bulb bright dark
heat: heat heating hot warm cold boiler radiator air conditioning temperature
tool: tool tools hammer drill screw saw equipment machine
build: build building builder construction renovate renovation roof wall paint plumber
space: space place spot room area seat table
group: group groups club party team community company society people
quiet: quiet calm silent study peaceful
toilet: toilet toilets restroom bathroom washroom
card: card cards pass badge id membership
accessory: accessory accessories case cases cover charger cable cables protector headphones earphones glass
instructions: instructions manual guide how explain show tutorial
digital: digital online electronic virtual e-book ebook ebooks download tablet app audiobook audiobooks
fast: fast quick quickly rapid express soon hurry urgent speed
unlock: unlock unlocking locked lock network sim supported foreign block blocked
block: block blocked blocking ban suspend deactivate freeze stop
"""
