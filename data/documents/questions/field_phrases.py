"""How people ask for a field: nouns for it, and whole questions of their own.

Each row reads `key = noun|noun || question|question`; nouns go into the shared patterns of
`patterns.py`, questions stand alone. `{doc}` is a word for the document at hand.
"""
# ruff: noqa: E501 - a word list, one row per field

from .voices import VOICES

_ROWS = """
total = total|grand total|total amount|amount to pay|final amount|total price|full amount|bill total|final total|overall total|amount due || how much did I pay|what's the damage|how much is it|how much is it all together|how much was it in total|what do I owe|how much do I have to pay|what did this cost|what did it all come to|how much money is that altogether|what did they charge|how much did the whole thing cost|what was the bill|final sum please|how much to pay|total cost?|how much was spent|what's the sum I have to pay|how much is the {doc} for|how much does this {doc} amount to|how much in the end
subtotal = subtotal|sub total|amount before tax|net amount|price before tax || how much is it without tax|what's the amount before tax and extras|how much before taxes|how much was it before tax was added|net sum|what did the goods come to before tax|whats the sub-total
tax = tax|tax amount|VAT|GST|sales tax|amount of tax || how much tax|how much tax did I pay|how much VAT is in there|how much of that is tax|what went to the taxman|how much GST was charged|tax paid?|what's the tax on this|how much did they add for tax
discount = discount|reduction|rebate|price reduction || how much was the discount|how much did I save|what discount did I get|how much was taken off|was something taken off, how much|how much money off|saved how much
rounding = rounding|rounding adjustment|rounding amount || how much was it rounded by|what's the rounding difference|how many cents rounding|by how much did they round
service_charge = service charge|service fee || how much is the service charge|how much did they add for service|what do they charge for service|how much service was added
tip = tip|gratuity|tip amount || how much tip was left|how much did I tip|what was the gratuity|how big was the tip|how much went to the waiter
delivery_fee = delivery fee|shipping cost|shipping|postage|delivery charge || how much was the shipping|what does delivery cost|how much for delivery|what did they charge for shipping|how much is postage
cash = cash given|amount tendered|cash received|cash amount || how much cash did I give|how much cash was handed over|with how much did the customer pay|what did I hand over|how much was paid in cash|how much did they hand the cashier
change = change|change given|change due || how much change did I get|what did I get back|how much was given back|how much money came back|change received?|what change was due|how much did I get back
date = date|issue date|day|date of purchase|date of the document || when was it issued|when was this|what day was it|when did I buy this|which day is on the {doc}|when is this {doc} from|what is the date on the {doc}|when was this printed|date?|from when is this|when did this happen|what's the date on it
invoice_date = invoice date|date|issue date|date of the invoice || when was it issued|when was the invoice written|what date is on the invoice|when did they send the bill|when was I billed|from when is this invoice|which day was this invoice made|when was this {doc} issued
due_date = due date|payment deadline|pay-by date|deadline for payment || by when must I pay|when do I have to pay|until when can I pay|when is it due|when is payment due|what's the last day to pay|how long do I have to pay this|when does the money have to be there|pay until when|what is the latest date for payment
time = time|time of day|hour || what time was it|at what time was this|when exactly during the day|what time was it printed|at what hour|what time did I buy it|what does the clock time say
invoice_number = invoice number|invoice no|bill number|number of the invoice|invoice id || which invoice is this|invoice no?|what number does the invoice have|what's the invoice #|under what number was it billed|give me the invoice ref
receipt_number = receipt number|receipt no|bill number|transaction number|document number|slip number || what number does the receipt have|what's the receipt #|which receipt number is it|transaction id?|what's the number of this {doc}
order_number = order number|order no|PO number|purchase order || what's the order #|which order does this belong to|what order is it for|order no?|what is the PO
customer = customer|client|customer name|name of the client|recipient || who is this for|who has to pay|who was billed|who is it addressed to|who is the buyer|billed to whom|who got this {doc}|who is the customer|to whom was it sent|who bought this
customer_address = customer address|billing address|address of the customer|client's address || where does the customer live|where is the client based|to which address was it billed|what is the buyer's address|address of the recipient
customer_number = customer number|customer id|client number|customer no || what's my customer number|under which customer number|what's the client id|customer no?
delivery_date = delivery date|date of delivery|shipping date || when was it delivered|when did it ship|when will it be delivered|which day was the delivery|delivered when
payment_terms = payment terms|terms of payment|terms || under what terms do I pay|how many days for payment|what are the conditions of payment|terms?
iban = IBAN|bank account|account to pay to|bank account number || where should I send the money|which account do I transfer to|to what account do I pay|what's the bank account|IBAN?
bank = bank|bank name|name of the bank || which bank is it|what bank do they use|at which bank is the account|who is their bank
bank_name = bank|bank name|name of the bank || which bank is this from|what bank issued this|whose statement is it|which bank sent this
phone = phone number|telephone number|phone|contact number|tel || how can I call them|what number do I call|how do I reach them by phone|number to ring?|what's their phone|can I call them, what number|telephone?|whats the tel no|what is the number to call
mobile = mobile number|cell number|mobile phone|cell phone || what's the mobile|which cell number|how do I reach them on the mobile|handphone number?
fax = fax number|fax || where can I fax it|what's their fax|number for faxes|fax no?
email = email|email address|e-mail|mail address || where can I email them|what's their email|how do I write to them|which mail address do they have|email?|how can I contact them by mail
website = website|web address|url|homepage || what's their website|where can I find them online|which web page|do they have a site, which|site?
tax_number = tax number|VAT number|GST number|tax id|tax registration number || what's the seller's tax id|under which VAT number are they registered|gst reg no?|which tax registration does the shop have|vat id pls
company_number = company number|registration number|company registration number || what's the company reg no|under which number is the company registered|registration no of the firm|company id?
company = company|shop|store|seller|company name|name of the shop|vendor|business || who is this from|which shop|where did I buy this|who issued this|who sold this|what's the name of the store|what company is it|which place is this from|who sent this|who do I pay|what shop was I in|who is the seller|where was this bought|which business is this|name of the company?|who made this {doc}|from which company
valid_from@timetable = validity|start of validity|effective date || from when is it valid|since when does this timetable hold|when did the timetable change|as of when is it valid
price@report = admission|price|entrance fee|cost|entry fee || how much is it to get in|what does it cost|how much is the entry|what do I pay at the door|is it free or what does it cost
company@badge = company|organisation|employer|institution || which company is it|who issued it|where does the person work or study|which organisation is the badge from|what institution is on it
company@card = company|firm|employer|company name|business || which company is the person with|where does the person work|what company is it|whose card is this, which firm|which business is on the card|who do they work for
company@timetable = company|operator|organisation|name of the company || who runs it|which company is it|whose timetable is this|which operator|what organisation is it from
company@other = company|company name|organisation|business|name of the company || who is this from|who issued this|what company is it|which business is this|from which company|what organisation is behind this|who runs this|which firm is on it|name of the firm?|whose {doc} is this, which company
company@menu = restaurant|restaurant name|place|name of the restaurant|cafe || which restaurant is this|what's the place called|whose menu is this|where is this menu from|what is the name of the restaurant|which cafe is it
company@ticket = company|operator|carrier|company name|provider || who runs it|which company is it with|who issued the ticket|with whom do I travel|whose ticket is it, which company|name of the operator?
company@letter = company|company name|organisation|sender company|firm || who is this from|which company wrote this|who sent this letter|from which company does it come|what organisation is behind this|which firm wrote|whose letterhead is it
address@other = address|location|company address|their address|office address || where are they located|where is this place|what's the address|in which street is it|where can I find them|where is the company based|what is their address|which address is printed|adress?
date@other = date|issue date|day|date of the document || when was it issued|when was this written|what is the date on the {doc}|date?|from when is this|what's the date on it|when is this {doc} from|which day is on the {doc}|how old is this {doc}, what date
time@other = time|time of day|hour || what time is given|at what time|what's the time on it
address = address|shop address|location|address of the seller|company address || where is the shop|where are they located|where is this place|what's the address of the store|in which street is it|where can I find them|where is the seller|where is the company based|what is their address|which address is printed at the top|adress?
cashier = cashier|cashier name|person at the till|staff member || who served me|who was at the till|who rang it up|who was the cashier|served by whom|which employee was it|name of the cashier?|who handled the sale
table_number = table number|table || which table was it|at what table did we sit|what table were we at|table no?|which table had this bill
guests = number of guests|guests|covers|number of people || how many people ate|for how many persons|how many guests were there|how many were we|how many pax
payment_method = payment method|way of payment|means of payment|payment type || how was it paid|how did I pay|what did they pay with|cash or card|paid by what|in what way was it paid
card_number = card number|number of the card|card digits || what are the digits of the card|which card number was used|last digits of the card|what's the card no
member_number = member number|membership number|loyalty card number || what's my member id|which loyalty number|membership no?|what number is the loyalty card
quantity_total = total quantity|number of pieces|item count || how many pieces in total|what's the total quantity printed|what item count is printed|how many units altogether according to the {doc}
volume = volume|litres|amount of fuel|quantity of fuel || how many litres|how much fuel did I get|how much petrol|how many litres did I fill up
unit_price = price per litre|unit price|litre price || what did a litre cost|how much per litre|what's the price of one litre
pump = pump number|pump || which pump|at which pump did I fill up|pump no?|what pump was it
account_number = account number|account no|contract number|customer account || what's my account number|which account is it|account no?|under which account is this|number of the account
period = billing period|period|statement period|time span || what period does it cover|from when to when|which months is this for|for which time is this|what time frame does the {doc} cover
meter_number = meter number|meter id|number of the meter || which meter|what's my meter number|meter no?|which meter was read
previous_reading = previous reading|old meter reading|last reading || what was the meter before|what did the meter say last time|previous meter value|old reading?
current_reading = current reading|new meter reading|present reading || what does the meter say now|latest meter value|current meter?|what was read this time
consumption = consumption|usage|amount used || how much did I use|how much was consumed|how many units did we use|what's my usage|how much energy or water was used
arrears = previous balance|outstanding balance|arrears || how much do I still owe from before|what was unpaid from last time|how much is left from the last bill|any old debt, how much
opening_balance = opening balance|starting balance|balance at the start || how much was on the account at the beginning|what did the account start with|balance in the beginning|what was the old balance
closing_balance = closing balance|final balance|balance at the end|new balance || how much is left on the account|how much money do I have at the end|what's the balance now|how much is on the account|ending balance?
minimum_payment = minimum payment|minimum amount due || what is the least I must pay|how much do I have to pay at least|min payment?
credit_limit = credit limit|card limit || how much can I spend on the card|what's my limit|limit of the card?
account_holder = account holder|name of the account holder|owner of the account || whose account is it|who owns the account|whose {doc} is this|in whose name is it|who is the customer
passenger = passenger|passenger name|name of the traveller|traveller || who is travelling|who is flying|whose ticket is it|who is the ticket for|in whose name is the ticket|who's the passenger
origin = origin|departure station|starting point|place of departure || where does it leave from|where does the trip start|from where do I go|where do I get on|from which city|starting where
destination = destination|arrival station|place of arrival || where does it go|where am I going|where is the trip to|to which city|where do I get off|where will I arrive|going where
departure_time = departure time|time of departure || when does it leave|what time do I leave|at what time does it depart|when do we set off|when must I be at the station|leaves when
arrival_time = arrival time|time of arrival || when do I arrive|when does it get there|at what time am I there|when will we be there|arrives when
boarding_time = boarding time|time of boarding || when does boarding start|when can I board|when must I be at the gate|boarding when
travel_date = travel date|date of travel|date of the trip|date || which day do I travel|when is the trip|on what day is it valid|when am I going|what's the date of the journey|travelling when
seat = seat|seat number || where do I sit|which seat do I have|what's my seat|which seat is mine|seat no?|where am I sitting
gate = gate|gate number || which gate|where do I board|to which gate do I go|from what gate does it leave|gate?
coach = coach|carriage|coach number || which coach|in what carriage is my seat|which wagon do I get in|coach no?
platform = platform|track|platform number || from which platform|which track does it leave from|on what platform do I wait|platform?
class = class|travel class || which class is it|in what class do I travel|first or second class
flight_number = flight number|flight || which flight is it|what's my flight|flight no?|which flight am I on
train_number = train number|train || which train is it|what train do I take|train no?|number of the train
booking_reference = booking reference|booking code|reservation code|PNR|confirmation code || what's my booking ref|under which code is it booked|reservation number?|what code do I need for check-in
ticket_number = ticket number|ticket id|number of the ticket || what number is on the ticket|ticket no?|what's the ticket's serial number
price = price|ticket price|fare|price paid || how much was the ticket|what did the ticket cost|how much is it|how much did I pay for it|what's the fare|cost?|how much does it cost
event = event|show|name of the event|performance || what is the ticket for|what am I going to see|which show is it|what's on|what is playing|what event is this
venue = venue|location|place|hall || where is it|where does it take place|where do I have to go|in which hall is it|where will it be held|what's the place of the event
event_date = event date|date of the event|date || when is it|on which day does it take place|what day is the event|when does it happen|when should I be there
event_time = start time|starting time|time || when does it start|what time does it begin|at what time is it|at what o'clock|starts when
doors = door time|opening of the doors|doors || when do the doors open|when can I get in|from when is admission|doors at?
row = row|row number || which row|in what row do I sit|row no?|what row am I in
section = section|block|area || which block|in what section is my seat|which part of the hall|section?
organizer = organiser|host|promoter || who organises it|who is behind the event|who is hosting this|organised by whom
plate = licence plate|plate number|registration of the car || which car|what's the plate|number plate?|for which car is it
name = name|full name|name of the applicant || who is it about|who filled this in|whose form is it|what's the person called|what is the name|who is this|whose {doc} is it|name pls
first_name = first name|given name || what's the person's first name|how is the person called by first name|forename?
last_name = last name|surname|family name || what's the family name|surname?|what's the person's last name
birth_date = date of birth|birth date|birthday || when was the person born|when were they born|DOB?|what's the birthday|born when
nationality = nationality|citizenship || which country is the person from|what passport do they have|citizen of which country|what nationality is given
occupation = occupation|profession|job || what does the person do for a living|what do they work as|what job is stated|profession?
gender = sex|gender || is it a man or a woman|what gender is ticked|male or female?
marital_status = marital status|family status || is the person married or single|what marital status is ticked|married or not, what is ticked
home_address = home address|address|postal address || where does the person live|where do they live|what's the street they live in|which address did they give|living where
emergency_contact = emergency contact|contact in an emergency || who should be called in an emergency|who is the next of kin|who to call if something happens
doctor = doctor|physician|GP || who is the doctor|which doctor treats them|name of the doctor?|who is the attending physician
allergies = allergies|known allergies|allergy || what is the person allergic to|any allergies noted, which|allergic to what
reason = reason|purpose|reason given || why was it filled in|why did they come|what's the purpose of the request|for what reason|why?
signature = signature|signatory|name of the signer || who signed it|who signed this|by whom is it signed|whose signature is on it|signed by?|who put their name under it
start_date = start date|first day|beginning || when does it start|from which day|starting when|when is the first day
end_date = end date|last day|end || when does it end|until which day|what's the last day|ends when
department = department|division|team || which department|what department is the person in|where in the company do they work|dept?
job_title = job title|position|role || what's their position|what does the person do there|what is the role|which job do they have|title of the person
employee_id = ID number|employee number|staff number|ID || what's the id|which staff number|what number is on the badge|id no?|badge number
valid_until = expiry date|validity|date of expiry || until when is it valid|when does it expire|how long is it good for|expires when|valid till?
issue_date = issue date|date of issue || when was it issued|from when is it valid|on which day was it handed out
blood_group = blood group|blood type || what blood does the person have|which blood group|blood?
recipient = recipient|addressee|person addressed || who is it addressed to|who is the letter for|who gets this|to whom is it written|who should read this|for whom is it
sender = sender|writer|author || who is it from|who wrote this|who sent it|from whom is the letter|who's the sender
subject = subject|topic|subject line || what is it about|what's this {doc} about|what does it concern|regarding what|about what
recipient_address = recipient address|address of the recipient|address of the addressee || where was it sent|to which address was the letter sent|where does the recipient live
reference = reference|reference number|file number || what's the ref|which reference should I quote|ref no?|under which file number
attendees = attendees|participants|people present || who was there|who took part|who attended|who was present at the meeting
chair = chair|chairperson|head of the meeting || who led the meeting|who chaired it|who was in the chair
minutes_by = minute taker|secretary of the meeting || who took the minutes|who wrote the minutes|minutes by whom
next_meeting = next meeting|date of the next meeting || when do they meet again|when is the next one|when's the next session
contact = contact|contact person|person to ask || who can I ask|who do I contact with questions|whom should I get in touch with|who answers questions
opening_hours = opening hours|business hours|hours || when are they open|until when are they open|what time do they open|when can I go there|open when
valid_from = validity date|date of the prices|effective date || from when do the prices hold|as of when is it valid|since when are these the prices
wifi = wifi password|wifi code || what's the wifi|how do I get on the wifi|password for the internet
route = line|route|route number || which line is it|what bus is this|which route is the timetable for
prepared_by = author|author of the report || who prepared it|who wrote the report|compiled by whom|who is it by
school = school|institution|organisation || which school is it|what institution is it from|which school issued it
days = number of days|days requested || how many days were asked for|how many days off|how long is the leave
""".strip()


def _parse(rows: str) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    nouns, questions = {}, {}
    for row in rows.splitlines():
        key, rest = row.split(" = ", 1)
        left, right = rest.split(" || ", 1)
        nouns[key] = tuple(left.split("|"))
        questions[key] = (*right.split("|"), *VOICES.get(key, ()))
    return nouns, questions


NOUNS, QUESTIONS = _parse(_ROWS)
"""Key -> nouns for it, and key -> whole questions."""
