"""Questions in many voices, written by hand one by one: how people really ask about a receipt, a
bill or a letter that lies before them. They join the phrases of `field_phrases.py`.

Each row reads `key = question|question`. `ELSEWHERE` holds questions about things that no document
here has a field for: unless a page happens to print such a label, the honest answer is that it is
not there.
"""
# ruff: noqa: E501 - a word list, one row per field

_ROWS = """
total = so what do I actually have to hand over|bottom line, how much?|how deep do I have to dig into my pocket|what does the whole lot set me back|my wife asks what we paid in the end|what's the figure at the bottom|final figure including everything|what sum left my account for this|can u tell me how much i payed|how much money in all please, I can't read it|what did the shopping come to|the amount I need to reimburse, please|how much should I put in the expense report|all in, what's it cost|sum of this bill?|how much is written as the final amount|what was rung up in total|and the grand total is?|tot amt|I want to know the complete price with tax
company = who's the merchant on this|what's the trading name of the shop|I forgot where I got this, which store was it|which outfit charged me|tell me who I gave my money to|the place's name please|what business printed this|under what name does the shop run|where did my husband go shopping|name on the letterhead?|which chain is it|who should I complain to, what firm|which company stands at the top|who's behind this paper|what's the vendor called|which retailer is this|name of the establishment|what enterprise does this come from
date = what day did this take place|which date do I put in my books for it|when did we go there|on what day was I charged|how long ago, what is the date|when was that again|the day it was made out please|date stamped on it?|dated when|I need to know when I was there|what's the calendar date here|was that in may or june, what's the date|which day, month and year does it say
invoice_date = when was I invoiced|which day did they bill me|date the bill was written|when did this invoice go out|the day of invoicing please|what is it dated
address = where do I go if I want to bring it back|how do I get there, which street|what's their street and town|where in town is that shop|where's the branch located|which branch address is that|tell me the postal address of the seller|the place is at what address|give me the location so I can drive there|what address do they give for themselves|street and number of the store please|where does this business have its premises|what city and street is it in
phone = what number should I dial|I want to ring them up, number?|is there somewhere I can call, which number|their digits please|how can I get someone on the line|phone contact of the shop|hotline?|whats there phone no|give me the landline|which telephone do they print
email = what address do I send a mail to|where do I mail my complaint electronically|e-mail of these people please|which email should I use to reach them|their electronic mail
website = do they have a page on the internet, what's the address|what do I type in the browser|link to their site|online address of the shop|where on the web are they
time = what time of day did I pay|was it morning or evening, what time|what hour was it stamped|exact time please|at which minute did they print it|clock time on the slip
invoice_number = which number do I quote when I call about this bill|the bill's running number|the invoice's id please|what do I write as payment reference, the invoice no|number at the top of the invoice|how is this invoice numbered|inv no pls
receipt_number = the slip's own number please|which number identifies this receipt|what's the ticket no printed on the receipt|the number I need for a refund|running number of the bill|receipt id pls
order_number = under what order did I buy it|what's our PO for this|which order number do I give customer service|the order id please
due_date = when's the last moment to pay|till when do they want their money|how much time have I got to pay, until which date|what's the cut-off for paying|when will I be late with this|latest day I can transfer it|payment needs to be made by when|what's the deadline here|pay by?
tax = what share goes to the state|how much of it is VAT|what did the government get|the tax part in money please|how much is the gst amount|value added tax, how much|how much sales tax did they slap on|tax charged, in figures
subtotal = what was it before they added anything|amount without the tax please|how much were the goods alone|net amount?|before tax, what's the sum
discount = did I get something off, how much|what was knocked off the price|how much cheaper did it get by the rebate|savings on this, how much|reduction in money please
change = what did the cashier hand me back|how much was left from my banknote|coins and notes I got back, how much|what was returned to me|money back?|how much did she give me in return
cash = what note did I pay with|how much did I put on the counter|cash handed over please|what did I give the cashier|how much did the customer tender
payment_method = did I use my card or what|by what means was it settled|how did the customer pay for it|what kind of payment was used|was it plastic or cash
cashier = who stood at the register|which clerk was it|name of the lady at the checkout|who took my money, the person|served by?|which staff member sold it to me
card_number = which of my cards did I use, the digits|ending digits of the card please|the masked card number
table_number = where in the restaurant did we sit, table?|what table is this bill from|table no please
guests = how many of us were there according to the bill|number of people at the table|for how many was it
tax_number = what's the shop's VAT registration|tax identification of the seller please|which gst id do they have|the number they are registered under for tax
customer = who's the bill made out to|who ought to pay this|name of the buyer please|whom did they invoice|which client is it for|who is named as the customer|made out to?
customer_address = where does the person who has to pay live|address the bill was sent to|the client's street and town
customer_number = my number with them please|which client number do I have there|the customer id they gave me
account_number = the account this bill belongs to|which contract or account number do I give|my account with them, number?
iban = which IBAN do I put into my banking app|where does the transfer go to, account|the bank details, just the IBAN|account to wire the money to
payment_terms = under what conditions must I pay|how many days do they give me|terms for paying please
delivery_date = on what day did the goods come|when does it arrive at my place|date it was shipped please
delivery_fee = what did the courier cost|how much for bringing it to me|freight, how much
service_charge = what did they add for serving us|service, how much in money|how much is the obligatory service
tip = what did we leave the waiter|how much extra for the staff|gratuity in money?
recipient = who is supposed to get this letter|whom are they writing to|whose name stands in the address field|dear who|the addressee please
recipient_address = where was this letter mailed to|address in the window of the envelope|where does the person written to live
sender = who is writing to me|which person is behind this letter|who do I answer|the writer's name please|from who is it
subject = what do they want from me, the subject line|in one line, what's it regarding|what matter is this letter about|the re line please|headline of the letter
reference = which sign do I quote in my reply|their ref please|what file is this under|the case number they give
signature = whose name is under the letter|who put pen to paper at the bottom|signed off by whom|the signer please|who signs for them
name = who does this paper belong to|what's the person's whole name|name filled in on top|who is the person here|the name that was entered please
birth_date = when is this person's birthday|how old, what date of birth|day they were born please
home_address = where is this person at home|which street do they live in|residence given on the form
occupation = what does she do for work|which trade or job did they fill in|the person's line of work
nationality = what nationality is filled in|which citizenship does the person hold|passport from which country
passenger = whose name is on the ticket|who gets on board with this|traveller's name please
departure_time = when does my train go|what time should I be off|by when must I be on board, when does it leave|leaving at?
arrival_time = when am I there|what time do we get in|getting there at?
origin = where do we start from|the city I leave from|boarding place please
destination = where is this thing taking me|final stop of my trip|to where is the ticket
seat = where do I have to sit down|my seat please|which place is reserved for me
gate = where do I go to get on the plane|which gate should I run to
platform = which platform should I wait on|what track do I need
booking_reference = the code I need to check in online|my booking's letters and numbers please|confirmation no
event = what am I going to watch|name of the concert or film please|which show did we book
venue = where must I go for the show|which hall or theatre|the place it happens
event_date = which evening is the show|what day should I keep free|date of the performance please
event_time = what time must I be there for the start|curtain up at?|when does it kick off
price = what did one pay for this ticket|how pricey was it|cost of the ticket please|what's it cost to go
period = for which stretch of time is this bill|from what day to what day does it run|which months are covered here|billing window please
meter_number = the number on my meter please|which device was read
current_reading = the newest meter reading please|where does the meter stand now|latest reading?
previous_reading = where did the meter stand before|reading from last time please
consumption = how many kilowatt hours did I burn|how much water or power went through|my usage for the period please
opening_balance = what did I have when the month began|balance to begin with please
closing_balance = what's left at the bottom of the statement|how rich am I at the end|balance to finish with
account_holder = to whom does this bank account belong|whose money is it|holder of the account please
minimum_payment = what's the smallest amount I can get away with paying|the least to pay this month
company_number = what's the firm's registration no|under what number is it in the register
member_number = what is my loyalty id|number of my club card
doctor = who treats this person|which physician is written down
allergies = is the person allergic to something, what|which allergies did they write
emergency_contact = whom to ring if there is an accident|the emergency person please
valid_until = when does it run out|how long can I still use it|good until when|expiry please
job_title = what is this person's function|what's written as their position|their job there
department = which division is she in|what unit of the firm
opening_hours = when can I drop by|from when to when is it open|what hours do they keep
wifi = how do I log into the internet here|the wlan key please
attendees = which people were in the room|who all came
next_meeting = when will they get together again|next date they meet
contact = who's in charge if I've a question|the person to turn to please
title = what's written big at the top|the heading please|how's this page headed
mobile = cell phone of this person please|which mobile can I text
employee_id = the number on the pass please|staff id?
quantity_total = how many things in all does it print|the printed item count please
volume = how many litres went into the tank|how much did I fuel, litres
"""

ELSEWHERE = (
    "who is the patient?", "what's the passport number?", "how much interest is charged?", "who is the landlord?",
    "when does the contract end?", "what's the temperature?", "how many people attended?", "which hotel room is it?",
    "what's the tracking number?", "what is the return policy?", "how long is the warranty?", "who is the president?",
    "what is the exchange rate?", "how many calories does it have", "what's the weight of the parcel", "which vessel is it",
    "what is the policy number of the insurance", "what diagnosis was made?", "which medicine was prescribed", "how high is the rent",
    "what's the deposit", "who is the notary", "what are the ingredients?", "how many bedrooms are there", "what's the mileage of the car",
    "what grade did the student get?", "who is the teacher", "how many pages does the book have", "what's the serial number of the device",
    "which size are the shoes", "what colour is it", "how tall is the person", "what's the person's weight", "what language is spoken there",
    "which hospital is it", "what's the salary", "how many shares were sold", "what's the population", "who won the match",
    "what is the score", "what's the speed limit", "how far is it in kilometres", "what is the recipe for it", "who is the author of the book",
    "which court is responsible", "who is the lawyer", "what is the case about", "what's the swift code", "which currency should I change into",
    "what's the zip file password", "how do I open the box", "what does the logo look like?", "what is the meaning of life",
    "how many stars does the hotel have", "what's the check-in date", "which airline lounge may I use", "what is my blood pressure",
    "what is the area of the flat", "how many employees does the firm have", "what's the share capital", "who founded the company",
    "is there a lift in the house", "what is the username", "what is the pin of my card", "what's the CVC",
)  # fmt: skip


def _parse(rows: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for row in rows.strip().splitlines():
        key, rest = row.split(" = ", 1)
        found[key] = tuple(rest.split("|"))
    return found


VOICES = _parse(_ROWS)
"""Key -> questions in people's own words."""
