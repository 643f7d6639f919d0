"""English words and phrases that mean the same to a person at a lending counter or a help desk, as data.

A line is one idea, named by its first word; an indented line goes on with it. A phrase has at most
four words, is compared by its stems, and the longest that fits wins. Add only what hardly ever means
anything else.
"""

IDEAS = """
# Money and loans
money, cash, fund, dough, finance, financing, capital, sum of money, dosh
loan, lending, borrowing
borrow, lend me
apply, application, applicant, sign up, request, put in a request, ask for a loan
repay, repayment, pay back, paying back, paid back, pay it back, pay them back, pay you back, payback, pay off,
  paying off, paid off, pay it off, pay down, settle, settlement, clear the loan, clear it, give back, return the
  money, give the loan back, return it
early, sooner, ahead of time, ahead of schedule, in advance, before the end, earlier, before time, prepay, prepayment,
  before it is due, before its due, ahead of the date, before the term, before the end date, quicker than planned
instalment, installment, monthly payment, payment each month, payments each month, pay each month, pay every month,
  pay per month, a month, monthly repayment, monthly amount, monthly figure, regular payment, monthly instalment,
  per instalment, every month i pay
pay, payment, paid
cost, price, expensive, pricey, dear, how much will it cost, altogether, in total, overall, add up, set me back,
  all told, in the end, grand total, all together, all in, how dear
fee, charge, extra cost, hidden cost, commission, surcharge, hidden extra, setup cost, set up fee, arrangement fee,
  on top, sneaky
interest, interest rate, rate of interest
apr, annual percentage rate, annualised rate, annualized rate, yearly rate, annual rate
rate, percentage, percent
term, duration, loan length, length, period, tenor, number of months, how many months, how many years
amount, sum, how much money, figure
limit, ceiling, maximum, max, cap, most i can, top amount, the most
less, lower, low, small, smaller, too little, not enough, insufficient, below, reduced, decrease, go down, went down,
  half of what, dropped, way below, way less, tiny, smaller than, half of
more, higher, bigger, larger, increase, raise, extra, go up, additional, topped up, boost, bump up
free, no charge, free of charge, costs nothing
cheap, cheapest, cheaper, best value, save money, saves money, save interest
disburse, disbursed, disbursement, paid out, pay out, payout, money arrive, receive the money, get the money,
  get my money, money come, money in my account, funds arrive, have the money, have the cash, get the cash,
  transfer the loan, loan arrive, money sent, money been sent, in my bank, get paid, in my account, on my account,
  cash land, money land, hit my account, see the money, money turn up, funds land, pay me, paid to me,
  payday of the loan, send me the money, money come through, been paid
debt, existing loan, other loan, owe, owing, liabilities, another loan, other credit, loan elsewhere, borrowings,
  indebted, borrowings elsewhere, car finance, credit cards, overdraft, other borrowing, total borrowing, already owe
balance, left to pay, outstanding, still owe, remaining, remainder, how much is left
late, miss, missed, overdue, arrears, default, forgot to pay, skip a payment, skip one payment, pay late, behind on,
  behind with, a week behind, fall behind, fell behind, bounced, past the due date, after the due date,
  cant pay on time, on the day
cantpay, cant pay, cannot pay, unable to pay, cant repay, cannot repay, cant afford, cannot afford, not able to pay
hardship, struggling, struggle, financial difficulty, financial trouble, cant cope, failing business, in trouble,
  desperate, up to my neck, keep afloat, stay afloat, dried up, collapsed, going under, no customers, trade has died,
  things are tight, tight month, trouble paying, bad patch
bankrupt, bankruptcy, insolvency, insolvent, court, lawsuit, legal proceeding, sued, litigation, legal trouble,
  legal case, court case, being sued, ccj, county court, legal action, sued once, court stuff, struck off
collateral, security for the loan, as security, pledge, secured, put up, asset, mortgage my, put my house up,
  as a security, something to pledge, take my house, take my home
unsecured, without collateral, no collateral, without security
guarantee, guarantor, personal guarantee, vouch for, personally liable, liable, stand surety, on the hook, vouch,
  sign for me, stand behind, back me
payday, due date, payment date, payment due, when do i pay, which day
directdebit, direct debit, automatically taken, collected, collect, collection, standing order, auto pay,
  automatic payment, take the money from, debit, debited, by themselves, taken from my account, goes out, debit card
profit, earning, loss
revenue, turnover, sale, income, gross
season, seasonal, quiet month, slow month, christmas, summer
spend, spending, expense, purchase, buy, bought
purpose, what for, use of the loan, use the money, use the loan, use it for, spend it on, money is for, loan is for,
  need the money for, need it for, spend the loan on, do with the money, use it on, want it for, money goes on
stock, inventory, goods, supplies
equipment, tool
vehicle, car, van, truck
compare, comparison, side by side, weigh up, which is better, which one is better, stack up, measure up, up against
choose, pick, select, decide between, go for, best option, should i take, recommend, suggest, option,
  which one should, help me pick, make my mind up
difference, differ, different, versus, vs, not the same, dont match, do not match, doesnt match, mismatch,
  contradict, disagree, conflict, two values, two numbers
example, sample, for instance, show me how, sample sum, run the numbers
calculate, calculation, calculator, compute, work out, formula, worked out, figured out, maths, arithmetic, add it up,
  made up of
lump, lump sum, in one go, all at once, at the end, one payment, single payment, at maturity, on the last day,
  in one lump, single sum, pay the lot, whole lot back, in a single go
# Applying and deciding
reject, refuse, refusal, rejection, decline, denied, deny, denial, turned down, turn down, turned me down,
  knocked back, knocked me back, said no, say no, says no, not approved, turndown, unsuccessful, didnt get the loan,
  did not get the loan, wont lend, wouldnt lend, turned away, turned us down, got a no, came back no, threw it out,
  didnt get it, did not get it, wasnt accepted, not accepted, rebuffed, bounced back, they refused, kicked back, a no
approve, approval, get accepted, get approved, be approved, be accepted, get the loan, loan granted, grant,
  will they say yes, given the loan, give me the loan, get a yes, be a yes, thumbs up, green light, get it, pass
chance, likely, likelihood, probability, odds, predict, prospects, certain, for sure, reckon, do you think ill,
  shot at, hope, hopeful, likely to, in with a chance, any hope, realistic
accept, take the offer, agree to the offer, say yes, said yes
offer, deal, quote, proposal
eligible, qualify, eligibility, entitled, meet the criteria, am i allowed, good enough, fit the criteria,
  count as eligible, suitable, meant for, do i fit, the right kind, even qualify
condition, criteria, criterion, requirement, rule, prerequisite, needed to apply, required to apply, small print,
  terms and conditions, t and cs
decide, decision, verdict, outcome, judge, makes the decision, makes the call, final say, says yes or no,
  made up their mind, up to whom
review, reviewed, reviewing, assess, assessment, look at it again, being looked at, evaluated, being processed,
  in process, stuck in review, looking at it, still checking, being checked
lender, funder, bank that lends, finance company, provider
reason, why, explanation, how come, what for, cause, grounds, for what reason, how so, whats the reason,
  for which reason, on what grounds, whats the point, whats it to you, what business
mean, meaning, definition, define, explain, what is a, whats a, stand for, meant by, what does it mean,
  in plain english, in plain words, dont understand, jargon, what on earth
dispute, appeal, challenge, contest, object, disagree with, reconsider, second look, look again, reconsidered,
  complain about the decision, not fair, isnt true, got it wrong, wrong about me, wrong figures about me
reapply, apply again, try again, another go, have another go, second attempt, apply once more, new application,
  second try, give it another try, another try, have another try, another shot, try once more, retry, go again,
  second chance, second go, another attempt
new, newly opened, just opened, just started, recently opened, start up, startup, young, recently started, brand new,
  opened, just set up, only opened, only started, set up this year, began this year, started this year,
  started trading, few months old, months old, weeks old, short while, fresh, newly set up, not long
old, age, years old, how old
history, past
score, credit score, credit rating, credit record, credit file, credit history, rating, credit report, bureau,
  creditworthiness, credit standing, credit mark
creditcheck, credit check, credit search, hard search, soft search, hard check, soft check, check my credit,
  enquiry, inquiry, run a check
affect, hurt, harm, damage, impact, influence, effect, lower my, mark on, leave a mark, show up on, dent, bring down,
  count against, held against
bad, poor, terrible, blacklisted, not good, weak, awful, rubbish credit, shot, dodgy, took a beating, patchy, ropey,
  not great
company, business, shop, firm, enterprise, organisation, organization, startup company, takeaway, cafe, salon,
  restaurant, stall, pub, barber, bakery, garage, small business
soletrader, sole trader, sole proprietor, sole proprietorship, self employed, freelancer, one man
limited, ltd, llc, limited company, corporation
owner, shareholder, partner, beneficial owner, proprietor, co owner, associate, stakeholder
share, stake, ownership, percentage i own, own half
director, legal representative, signatory, authorised signatory, signatories, sign for the company
number, registration number, company number, reg number, code
register, registry, registered, registration, companies house, incorporated, incorporation
licence, license, permit, certificate, business licence
tax, vat, hmrc, taxman, tax office, taxation, fiscal
id, identity, passport, identity card, id card, driving licence, driving license, proof of identity, identification,
  residence permit
birth, birthday, date of birth, dob, born
address, premises, location, where my shop is
move, moved, relocated, relocate, moved house, new address
visit, come to my shop, inspect, inspection, send anybody, send someone
employee, worker, staff count, headcount, number of staff, workforce, people work, part timer, part time, people i
  employ, how many people work, team size
family, wife, husband, spouse, son, daughter, relative, brother, sister, mother, father, mum, dad, cousin, uncle,
  my other half
name, called, legal name
industry, sector, trade, line of business, field of business
bank, bank account, account, internet banking, banking app
inflow, money in, money coming in, deposit, comes in, incoming, paid into, coming into, goes into, whats paid in,
  money that comes in
sign, signature, signing, signatures, countersign
binding, bound, obliged, obligation, commit, committed, have to take, must i take
contract, agreement, paperwork to sign, paperwork for the loan
# The conversation and its tools
status, progress, where is my application, any news, any update, update on, how far along, how is it going,
  hows it going, where do things stand, any word, any progress, news, happening with my application,
  happening with my loan, whats new, any movement, where are we, where am i, whats going on with,
  whats happening with, hows my application, hows my loan, anything new, any changes, stage am i at, how far have,
  whats the latest, latest on
howlong, how long, how many days, how many weeks, how soon, how quickly, how fast, time does it take, waiting time,
  how many hours, how much time, how long will it take, how much longer, how long before, how long until,
  how long till, takes how long, how many minutes
when, by when, what date, what time, which date, at what point
wait, waiting, pending, hold up, holdup, delay, taking so long, takes so long, ages, slow, still nothing, not moving,
  nothing moves, forever
quick, fast, speed, rapid, urgent, urgently, asap, right away, immediately, hurry
later, another time, come back, tomorrow, tonight, next week, resume, pick up where, pick it up, carry on, continue,
  go on, finish later, where i left off, another day, some other time, after work, after closing, when im free,
  do the rest, finish it off, come back to it, in the morning, another evening
pause, interrupt, take a break, busy right now, leave it for now, stop for now, gotta go, got to go, have to run,
  got customers, serve customers, im busy
save, saved, lose, lost, remember, keep my answers, be kept, disappear, vanish, hold my place
start, begin, get started, set off, getting started, first step
restart, start again, start over, from scratch, begin again
next, next step, what now, now what, what happens now, what happens next, then what, after that, afterwards, whats
  next, what comes next, what follows
step, stage, procedure, process, walk me through, how does it work, how does this work, how it works, how do you
  work
cancel, call off, abort, scrap, cancellation, canceled, cancelled, terminate, bin it, drop it
withdraw, withdrawal, pull out, pull my application, take back my application, back out, dont want it anymore,
  dont want the loan, no longer want, no longer need, do not want the loan, not interested anymore,
  no longer interested, pull it, forget the loan, dont need the loan, dont need it, take it back, want out,
  do not need it, no longer after
mindchange, changed my mind, change my mind, second thoughts, regret, cooling off, cooling off period, get out of it,
  regret it, not sure any more, wish i hadnt, undo the agreement
stop, halt, quit, end, cease
change, edit, correct, fix, amend, modify, alter, update, correction, put right, rectify, adjust, replace,
  different answer, swap, put it right, change it, make a change
mistake, wrong, incorrect, typo, inaccurate, mistyped, not right, isnt right, not correct, false, erroneous,
  by accident, accidentally, messed up, slip, got something wrong, put the wrong, error in, made an error,
  wrong figure, messed it up, cocked up
undo, reverse, reopen, get it back, restore, reversed, open it again
previous, previous question, go back, step back, last question
submit, submitted, submission, sent off, hand in, handed in, sent it in, send it in, sent my application,
  after i sent it, gone to the lender, sent to the lender, went through, go through, sent it, sent it off, went off,
  gone off, posted it, handed it over
receive, received, arrived, reached
expire, expired, ran out, run out, timed out, lapse, too late, expiry, out of date, no longer valid,
  missed the deadline, ran over, gone stale, elapsed, timed out on me
valid, validity, deadline, valid until, how long do i have, time to decide, open until, last day to, until when,
  till when
think, consider, think about, think it over, sleep on it
again, twice, repeat, second time, same question, already gave, already told, already sent, already answered,
  once more, keep asking, repeating, over and over, already asked, asked me before, keep on asking, yet again,
  how many times, same thing
many, too many, lots of, how many, loads of, several, multiple, more than one
question, form, questionnaire, field
type, typing, enter, write, key in, input
document, paper, paperwork, file, doc, papers, letter, proof
photo, picture, pic, image, snap, photograph, snapshot, camera, take a photo
screenshot, screen shot, scan, scanned
blurry, blurred, unreadable, cant read, cannot read, not readable, illegible, fuzzy, out of focus, could not be
  read, couldnt read
upload, attach, attachment, send a document, send the document, send a file, send the file, submit a document,
  sending files, attach a file, send a photo, send my photo, get the file through, add a file
format, pdf, jpg, jpeg, png, csv, file type
statement, bank statement, account statement, bank transaction, transaction
fail, failing, error, not working, doesnt work, does not work, isnt working, didnt work, wont work, wont send, broken,
  problem, stuck, crash, went wrong, wont load, not loading, wont open, cant upload, cannot upload, cant connect,
  cannot connect, not possible, nothing happens, hangs, freezes, frozen, issue, glitch, bug, wont go through, spins,
  keeps timing out, refuses to, bombs out, stops working, doesnt do anything, doesnt respond, wont accept, wont take
link, connect, hook up, connection, linked, integrate, sync, pair, hook my bank, plug in, join up, wire up
mandatory, do i have to, must i, am i forced, required, compulsory, optional, necessary, obligatory, voluntary,
  forced, have to, must, got to, no choice, can i refuse, rather not, dont want to, dont fancy, any way around
skip, leave out, refuse a source, miss out, ignore it
source, data source
accepted, valid document, acceptable, alright, ok to, allowed
person, human, agent, representative, advisor, adviser, operator, real person, staff, colleague, support team,
  customer service, customer support, member of staff, human being, employee of yours, support, somebody, someone,
  someone real, sombody, lady, chap
talk, speak, chat with, talking, call me, ring me, phone me, contact, reach, get in touch, get hold of,
  put me through, transfer me, hotline, helpline, get through to, ring someone, ring somebody
bot, robot, machine, ai, artificial intelligence, chatbot, computer, automated, automatic, algorithm, software,
  program, is this a machine, canned, auto reply, typing this
llm, language model, gpt, chatgpt, openai, large language model, neural network, chat gpt, ai model, trained on,
  train
hours, opening hours, working hours, open at, weekends, weekend, sunday, saturday, business hours, office hours,
  available
reply, respond, response, answering me, replied, get back to me, hear back, hear from, write back, answered me,
  get an answer, somebody answer, write me back, come back to me
nobody, no one, noone, not anyone, nobody came, no answer, ignored, being ignored
complain, complaint, grievance, ombudsman, file a complaint, lodge a complaint, report you, moan, moan about,
  have a moan, kick up a fuss, raise an issue, who do i tell
unhappy, dissatisfied, not happy, angry, annoyed, furious, disappointed, unfair, unacceptable, ridiculous,
  outrageous, disgusting, rude
language, chinese, english, mandarin, translate
phone, telephone, mobile, phone number, cell, handset, sim, smartphone, device, tablet
losephone, lost my phone, phone was stolen, stolen phone, lost phone
email, e mail, mail
message, reminder, notification, notify, notifications, text me, messaging, alert, ping
often, frequently, how often, all the time, constantly
# Data, consent, safety
data, information, info, detail, record, personal data
fetch, collect, gather, pull, obtain, retrieve, download from, pulled, take from, read from, grab, take out of,
  grab from, dig up, find out about me, get hold of my
see, look at, view, read, viewed, look into, visible, who can see, access to my data, shown to, go through,
  get to look, peek, watch, snoop, monitor
passon, share with, shared with, pass on, give away, hand over, disclose, share my, passed to, passed on, given to,
  third party, third parties, forward my, pass it round, leak
sell, sold, resell, flog, selling, marketing, advertising, advertise, adverts, spam, spam calls, marketers,
  cold calls, junk mail, telemarketers
keep, store, retain, hold on to, hang on to, retention, kept, stored, keep hold, hold my data, held, hang onto,
  hold onto
delete, erase, remove, wipe, get rid of, forget me, deletion, erasure, forgotten, destroy, removed, scrub, purge,
  clear out, cleared, gone for good
copy, download, export, duplicate, printout, print, everything i filled in, what i sent, for my records, for my files,
  keep a copy, save a copy, have a copy
everything, all of it, the lot, whole thing, all my
safe, secure, security, trust, trustworthy, legit, legitimate, genuine, safely, securely, reliable, for real,
  protected, protect, protection, encrypted, encryption, above board, shady, proper company, regulated, legal,
  dependable, hacked, risky
fraud, scam, scammed, scammer, cheated, con, fake, phishing, swindle, fraudster, pretends to be, impersonate,
  impersonating, posing as, suspicious, identity theft, fishy, in my name, under my name, using my name, with my name,
  claiming to be, says hes from, says she is from, said he was from, rang me asking, money up front, pay up front,
  pay first, pay something first, send money first, asked me to pay, wants a fee, wanted money, weird message,
  strange call, strange message, pretending, hoax
password, passcode, pin, login details, bank login, credentials, pin code, login, log in, log on
otp, one time code, one time password, verification code, sms code, security code, text code, confirmation code
consent, permission, authorise, authorize, authorisation, authorization, give access, allow access, allowed,
  permit you, agreed to, agree to, press allow, permissions, what i agreed to, things i agreed to, tap allow,
  tick allow, okayed, gave the ok
revoke, take back permission, take back my permission, remove access, withdraw consent, withdraw my consent,
  withdraw permission, undo consent, stop sharing, disconnect, unlink, cut off, remove your access, stop fetching,
  stop access, cancel my consent, cancel consent, take back the permission, take it away again, stop you from,
  stop you seeing, stop looking, dont want you looking, no longer allow, no longer want you, end the access,
  pull my consent, unauthorise, take away access, lock you out, have access any longer
receipt, proof of consent, overview, list of, log
privacy, private, confidential, gdpr, data protection, confidentiality
verify, verification, confirm, unverifiable, could not verify, couldnt verify, check my identity, kyc, verified,
  validate, check out, prove, couldnt confirm, could not confirm, couldnt check
cashflow, cash flow, money in and out
exposure, aggregate exposure, total debt, too much debt, owe too much, overindebted, too much borrowing,
  borrowing too high
programme, program, scheme
draft, unfinished, incomplete, not sent yet, half finished
action, needs something from me, wants something from me, action required, action needed, my turn, something from me,
  more documents, another thing, meant to do, supposed to do, expected of me, do they want, want from me
who, whom, whose, which person, which people
where, in which place, find, locate, look up, whereabouts, where do i find, how do i find
areyou, are you, who are you, what are you, am i chatting, am i talking
help, assist, assistance, advice, guidance, help me
# Everyday words
weekday, monday, tuesday, wednesday, thursday, friday
deliver, delivery, ship, shipping, dispatch, courier
refund, money back, reimburse, reimbursement, get my money back
book, reserve, reservation, booking
broken, damaged, defect, defective, faulty
injured, injury, hurt, accident
rubbish, trash, garbage, waste, litter
fridge, freezer, refrigerator
child, kid, children, baby
appointment, time slot
join, register with, sign me up, become a member, membership
invoice, bill, receipt for payment
discount, voucher, coupon, rebate, promo code
fillin, fill in, fill out, complete the application, complete the form, filling in, completing, fill it in,
  filling this in, complete it
youoffer, do you offer, you offer, do you provide
# Names that stand for what they are
bank, barclays, natwest, hsbc, lloyds, monzo, starling, santander, revolut, tide, halifax, nationwide, rbs, chase,
  bank of america, wells fargo, citibank, deutsche bank, icici, hdfc
debt, klarna, clearpay, afterpay, pay later, buy now pay later, store card, payday loan, catalogue credit, hire purchase
score, experian, equifax, transunion, credit karma, clearscore, credit agency, credit reference
tax, irs, revenue and customs, inland revenue, self assessment, corporation tax
platform, paypal, stripe, sumup, shopify, ebay, amazon, etsy, woocommerce, zettle, square till, uber eats, deliveroo,
  just eat, online shop, web shop, marketplace
yourbusiness, plumber, barber, hairdresser, baker, bakery, cafe, florist, butcher, mechanic, electrician, builder,
  takeaway, food truck, market stall, kiosk, corner shop, salon, nail bar, pub, grocer, newsagent, tailor, carpenter
relative, wife, husband, brother, sister, dad, mum, father, mother, son, daughter, uncle, aunt, cousin, nephew, niece,
  spouse, friend of mine, mate of mine
"""
