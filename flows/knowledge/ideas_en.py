"""English words and phrases that mean the same to a person at a lending counter or a help desk, as data.

A line is one idea, named by its first word; an indented line goes on with it. A phrase has at most
four words, is compared by its stems, and the longest that fits wins. Add only what hardly ever means
anything else.
"""

IDEAS = """
# Money and loans
money, cash, fund, dough, finance, financing, capital, sum of money
loan, lending, borrowing
borrow, lend me
apply, application, applicant, sign up, request, put in a request, ask for a loan
repay, repayment, pay back, paying back, paid back, pay it back, pay them back, pay you back, payback, pay off,
  paying off, paid off, pay it off, pay down, settle, settlement, clear the loan, clear it, give back, return the
  money, give the loan back, return it
early, sooner, ahead of time, ahead of schedule, in advance, before the end, earlier, before time, prepay,
  prepayment, before it is due, before its due
instalment, installment, monthly payment, payment each month, payments each month, pay each month, pay every month,
  pay per month, a month, monthly repayment, monthly amount, monthly figure, regular payment
pay, payment, paid
cost, price, expensive, pricey, dear, how much will it cost, altogether, in total, overall, add up
fee, charge, extra cost, hidden cost, commission, surcharge
interest, interest rate, rate of interest
apr, annual percentage rate, annualised rate, annualized rate, yearly rate, annual rate
rate, percentage, percent
term, duration, loan length, length, period, tenor, number of months, how many months, how many years
amount, sum, how much money, figure
limit, ceiling, maximum, max, cap, most i can
less, lower, low, small, smaller, too little, not enough, insufficient, below, reduced, decrease, go down, went
  down, half of what, dropped, way below
more, higher, bigger, larger, increase, raise, extra, go up, additional
free, no charge, free of charge, costs nothing
cheap, cheapest, cheaper, best value, save money, saves money, save interest
disburse, disbursed, disbursement, paid out, pay out, payout, money arrive, receive the money, get the money, get my
  money, money come, money in my account, funds arrive, have the money, have the cash, get the cash, transfer the
  loan, loan arrive, money sent, money been sent, in my bank, get paid, in my account, on my account
debt, existing loan, other loan, owe, owing, liabilities, another loan, other credit, loan elsewhere, borrowings,
  indebted
balance, left to pay, outstanding, still owe, remaining, remainder, how much is left
late, miss, missed, overdue, arrears, default, forgot to pay, skip a payment, skip one payment, pay late
cantpay, cant pay, cannot pay, unable to pay, cant repay, cannot repay, cant afford, cannot afford, not able to pay
hardship, struggling, struggle, financial difficulty, financial trouble, cant cope, failing business, in trouble,
  desperate, up to my neck
bankrupt, bankruptcy, insolvency, insolvent, court, lawsuit, legal proceeding, sued, litigation, legal trouble,
  legal case, court case, being sued
collateral, security for the loan, as security, pledge, secured, put up, asset, mortgage my
unsecured, without collateral, no collateral, without security
guarantee, guarantor, personal guarantee, vouch for, personally liable, liable, stand surety
payday, due date, payment date, payment due, when do i pay, which day
directdebit, direct debit, automatically taken, collected, collect, collection, standing order, auto pay, automatic
  payment, take the money from, debit, debited
profit, earning, loss
revenue, turnover, sale, income, gross
season, seasonal, quiet month, slow month, christmas, summer
spend, spending, expense, purchase, buy, bought
purpose, what for, use of the loan, use the money, use the loan, use it for, spend it on, money is for, loan is for,
  need the money for, need it for
stock, inventory, goods
equipment, tool
vehicle, car, van, truck
compare, comparison, side by side, weigh up, which is better, which one is better
choose, pick, select, decide between, go for, best option, should i take, recommend, suggest, option
difference, differ, different, versus, vs, not the same, dont match, do not match, doesnt match, mismatch,
  contradict, disagree, conflict, two values, two numbers
example, sample, for instance, show me how
calculate, calculation, calculator, compute, work out, formula, worked out, figured out, maths
lump, lump sum, in one go, all at once, at the end, one payment, single payment, at maturity, on the last day
# Applying and deciding
reject, refuse, refusal, rejection, decline, denied, deny, denial, turned down, turn down, turned me down, knocked
  back, knocked me back, said no, say no, says no, not approved, turndown, unsuccessful, didnt get the loan, did not
  get the loan, wont lend, wouldnt lend
approve, approval, get accepted, get approved, be approved, be accepted, get the loan, loan granted, grant, will
  they say yes, given the loan, give me the loan
chance, likely, likelihood, probability, odds, predict, prospects, certain, for sure
accept, take the offer, agree to the offer, say yes, said yes
offer, deal, quote, proposal
eligible, qualify, eligibility, entitled, meet the criteria, am i allowed, good enough, fit the criteria
condition, criteria, criterion, requirement, rule, prerequisite, needed to apply, required to apply
decide, decision, verdict, outcome, judge, makes the decision
review, reviewed, reviewing, assess, assessment, look at it again, being looked at, evaluated, being processed, in
  process
lender, funder, bank that lends, finance company, provider
reason, why, explanation, how come, what for, cause, grounds, for what reason
mean, meaning, definition, define, explain, what is a, whats a, stand for, meant by, what does it mean
dispute, appeal, challenge, contest, object, disagree with, reconsider, second look, look again, reconsidered
reapply, apply again, try again, another go, have another go, second attempt, apply once more, new application,
  second try, give it another try
new, newly opened, just opened, just started, recently opened, start up, startup, young, recently started, brand
  new, opened
old, age, years old, how old
history, past
score, credit score, credit rating, credit record, credit file, credit history, rating, credit report, bureau,
  creditworthiness
creditcheck, credit check, credit search, hard search, soft search, hard check, soft check, check my credit,
  enquiry, inquiry, run a check
affect, hurt, harm, damage, impact, influence, effect, lower my
bad, poor, terrible, blacklisted, not good, weak, awful
company, business, shop, firm, enterprise, organisation, organization, startup company
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
family, wife, husband, spouse, son, daughter, relative, brother, sister, mother, father
name, called, legal name
industry, sector, trade, line of business, field of business
bank, bank account, account
inflow, money in, money coming in, deposit, comes in, incoming
sign, signature, signing, signatures, countersign
binding, bound, obliged, obligation, commit, committed, have to take, must i take
contract, agreement, paperwork to sign
# The conversation and its tools
status, progress, where is my application, any news, any update, update on, how far along, how is it going, hows it
  going, where do things stand, any word, any progress, news, happening with my application, happening with my loan
howlong, how long, how many days, how many weeks, how soon, how quickly, how fast, time does it take, waiting time,
  how many hours, how much time, how long will it take
when, by when, what date, what time, which date, at what point
wait, waiting, pending, hold up, holdup, delay, taking so long, takes so long, ages, slow, still nothing
quick, fast, speed, rapid, urgent, urgently, asap, right away, immediately, hurry
later, another time, come back, tomorrow, tonight, next week, resume, pick up where, pick it up, carry on, continue,
  go on, finish later, where i left off, another day, some other time
pause, interrupt, take a break, busy right now, leave it for now, stop for now
save, saved, lose, lost, remember, keep my answers
start, begin, get started, set off, getting started, first step
restart, start again, start over, from scratch, begin again
next, next step, what now, now what, what happens now, what happens next, then what, after that, afterwards, whats
  next, what comes next, what follows
step, stage, procedure, process, walk me through, how does it work, how does this work, how it works, how do you
  work
cancel, call off, abort, scrap, cancellation, canceled, cancelled, terminate, bin it, drop it
withdraw, withdrawal, pull out, pull my application, take back my application, back out, dont want it anymore, dont
  want the loan, no longer want, no longer need, do not want the loan, not interested anymore, no longer interested
mindchange, changed my mind, change my mind, second thoughts, regret, cooling off, cooling off period
stop, halt, quit, end, cease
change, edit, correct, fix, amend, modify, alter, update, correction, put right, rectify, adjust, replace, different
  answer
mistake, wrong, incorrect, typo, inaccurate, mistyped, not right, isnt right, not correct, false, erroneous, by
  accident, accidentally, messed up
undo, reverse, reopen, get it back, restore, reversed, open it again
previous, previous question, go back, step back, last question
submit, submitted, submission, sent off, hand in, handed in, sent it in, send it in, sent my application, after i
  sent it, gone to the lender, sent to the lender, went through, go through
receive, received, arrived, reached
expire, expired, ran out, run out, timed out, lapse, too late, expiry, out of date, no longer valid, missed the
  deadline
valid, validity, deadline, valid until, how long do i have, time to decide, open until, last day to, until when,
  till when
think, consider, think about, think it over, sleep on it
again, twice, repeat, second time, same question, already gave, already told, already sent, already answered, once
  more, keep asking, repeating, over and over, already asked, asked me before
many, too many, lots of, how many, loads of, several, multiple, more than one
question, form, questionnaire, field
type, typing, enter, write, key in, input
document, paper, paperwork, file, doc, papers
photo, picture, pic, image, snap, photograph, snapshot, camera, take a photo
screenshot, screen shot, scan, scanned
blurry, blurred, unreadable, cant read, cannot read, not readable, illegible, fuzzy, out of focus, could not be
  read, couldnt read
upload, attach, attachment, send a document, send the document, send a file, send the file, submit a document,
  sending files
format, pdf, jpg, jpeg, png, csv, file type
statement, bank statement, account statement, bank transaction, transaction
fail, failing, error, not working, doesnt work, does not work, isnt working, didnt work, wont work, wont send,
  broken, problem, stuck, crash, went wrong, wont load, not loading, wont open, cant upload, cannot upload, cant
  connect, cannot connect, not possible, nothing happens, hangs, freezes, frozen, issue, glitch, bug
link, connect, hook up, connection, linked, integrate, sync, pair
mandatory, do i have to, must i, am i forced, required, compulsory, optional, necessary, obligatory, voluntary,
  forced
skip, leave out, refuse a source, miss out, ignore it
source, data source
accepted, valid document, acceptable, alright, ok to, allowed
person, human, agent, representative, advisor, adviser, operator, real person, staff, colleague, support team,
  customer service, customer support, member of staff, human being, employee of yours, support
talk, speak, chat with, talking, call me, ring me, phone me, contact, reach, get in touch, get hold of, put me
  through, transfer me, hotline, helpline
bot, robot, machine, ai, artificial intelligence, chatbot, computer, automated, automatic, algorithm, software,
  program
llm, language model, gpt, chatgpt, openai, large language model, neural network
hours, opening hours, working hours, open at, weekends, weekend, sunday, saturday, business hours, office hours,
  available
reply, respond, response, answering me, replied, get back to me, hear back, hear from, write back, answered me
nobody, no one, noone, not anyone
complain, complaint, grievance, ombudsman, file a complaint, lodge a complaint, report you
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
fetch, collect, gather, pull, obtain, retrieve, download from, pulled, take from, read from, grab
see, look at, view, read, viewed, look into, visible, who can see, access to my data, shown to, go through
passon, share with, shared with, pass on, give away, hand over, disclose, share my, passed to, passed on, given to,
  third party, third parties, forward my
sell, sold, resell, flog, selling, marketing, advertising, advertise, adverts, spam, spam calls, marketers
keep, store, retain, hold on to, hang on to, retention, kept, stored, keep hold
delete, erase, remove, wipe, get rid of, forget me, deletion, erasure, forgotten, destroy, removed
copy, download, export, duplicate, printout, print
everything, all of it, the lot, whole thing, all my
safe, secure, security, trust, trustworthy, legit, legitimate, genuine, safely, securely, reliable, for real,
  protected, protect, protection, encrypted, encryption
fraud, scam, scammed, scammer, cheated, con, fake, phishing, swindle, fraudster, pretends to be, impersonate,
  impersonating, posing as, suspicious, identity theft, fishy, in my name, under my name, using my name, with my
  name
password, passcode, pin, login details, bank login, credentials, pin code, login, log in, log on
otp, one time code, one time password, verification code, sms code, security code, text code, confirmation code
consent, permission, authorise, authorize, authorisation, authorization, give access, allow access, allowed, permit
  you, agreed to, agree to, press allow, permissions
revoke, take back permission, take back my permission, remove access, withdraw consent, withdraw my consent,
  withdraw permission, undo consent, stop sharing, disconnect, unlink, cut off, remove your access, stop fetching,
  stop access, cancel my consent, cancel consent
receipt, proof of consent, overview, list of, log
privacy, private, confidential, gdpr, data protection, confidentiality
verify, verification, confirm, unverifiable, could not verify, couldnt verify, check my identity, kyc, verified,
  validate
cashflow, cash flow, money in and out
exposure, aggregate exposure, total debt, too much debt, owe too much, overindebted
programme, program, scheme
draft, unfinished, incomplete, not sent yet, half finished
action, needs something from me, wants something from me, action required, action needed, my turn, something from
  me, more documents, another thing
who, whom, whose, which person, which people
where, in which place, find, locate, look up
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
fillin, fill in, fill out, complete the application, complete the form, filling in, completing
youoffer, do you offer, you offer, do you provide
"""
