"""Sentences: letters, notices, minutes, footers, and the small print of receipts."""
# ruff: noqa: E501 - word lists, one row per key

RECEIPT_FOOTERS = """
THANK YOU, PLEASE COME AGAIN|GOODS SOLD ARE NOT RETURNABLE|THANK YOU FOR SHOPPING WITH US|
Thank you for your visit!|Please keep this receipt|Returns within 14 days with receipt|
Exchange within 7 days with original receipt|Have a nice day|www.tellusyourview.com|
GOODS SOLD ARE NOT REFUNDABLE|Customer copy|*** END OF RECEIPT ***|We value your feedback|
This is a computer generated receipt|No signature required|Follow us online|
Prices include tax where applicable|CUSTOMER COPY - RETAIN FOR YOUR RECORDS|See you again soon
""".replace("\n", "").split("|")
LOCAL_FOOTERS = {
    "de": ("Vielen Dank für Ihren Einkauf", "Es bediente Sie", "Bitte beehren Sie uns bald wieder"),
    "fr": ("Merci de votre visite", "À bientôt", "Merci et bonne journée"),
    "es": ("Gracias por su visita", "Vuelva pronto", "Conserve este ticket"),
    "it": ("Grazie e arrivederci", "Grazie per la visita", "Documento commerciale"),
    "nl": ("Bedankt voor uw bezoek", "Tot ziens", "Bewaar deze bon"),
}
PAYMENT_NOTES = """
Please quote the invoice number with your payment.|Payment is due within 30 days.|
Thank you for your business!|Goods remain our property until paid in full.|
Late payments are charged 1.5% interest per month.|All prices in the stated currency.|
If you have any questions about this invoice, please contact us.|No cash payments accepted.
""".replace("\n", "").split("|")
LETTER_SUBJECTS = """
Your application of last week|Change of our opening hours|Invitation to the annual meeting|
Confirmation of your booking|Termination of the rental contract|Reminder: outstanding payment|
Complaint about a late delivery|Offer for the renovation of your kitchen|Your new membership|
Request for documents|Noise in the stairwell|Renewal of your insurance policy|Job interview|
Repair of the heating|Thank you for your donation|Update of our terms|Parent-teacher evening|
Library books overdue|Your medical appointment|Planned power cut in your street|Scholarship award|
Delivery of your new sofa|Inspection of the smoke detectors|Reference for a former employee
""".replace("\n", "").split("|")
LETTER_OPENINGS = """
Thank you for your letter, which we have read with interest.|
We are writing to let you know about a change that concerns you.|
With reference to our telephone conversation, we confirm the following.|
We are pleased to inform you that your request has been accepted.|
Unfortunately we have to tell you that your request could not be granted.|
I hope this letter finds you well.|As agreed, please find the details below.|
We regret the inconvenience that this matter has caused you.|
It gives us great pleasure to invite you.|Following your visit we have prepared this summary.
""".replace("\n", "").split("|")
LETTER_BODIES = """
Our office will be closed on public holidays and will reopen the day after.|
Please bring a valid identity card and a copy of this letter with you.|
The work will take about three hours and access to the cellar is needed.|
All documents must reach us in writing before the date stated above.|
You do not need to do anything; the change takes effect by itself.|
A member of our team will call you to arrange a suitable time.|
The deposit will be returned within two weeks after the handover of the keys.|
Parking is available behind the building, and the entrance is step-free.|
We have credited the amount to your account and closed the matter.|
Refreshments will be served after the talk, and children are welcome.|
The technician will bring the spare parts, so one visit should be enough.|
Should you be unable to attend, please let us know as early as possible.|
Our records show that the last reading was taken in spring.|
We recommend that you keep this letter together with your contract.|
The terms remain the same in every other respect.
""".replace("\n", "").split("|")
LETTER_CLOSINGS = """
Yours sincerely,|Kind regards,|Best regards,|Yours faithfully,|With best wishes,|Sincerely,|
Respectfully,|Warm regards,
""".replace("\n", "").split("|")
NOTICE_TITLES = """
NOTICE TO ALL RESIDENTS|IMPORTANT NOTICE|PUBLIC NOTICE|WATER SUPPLY INTERRUPTION|LOST CAT|
COMMUNITY CLEAN-UP DAY|LIFT OUT OF SERVICE|FIRE DRILL|BOOK SALE|SUMMER FESTIVAL|FLEA MARKET|
ROAD CLOSURE|VOLUNTEERS WANTED|OPEN DAY|BLOOD DONATION|NEIGHBOURHOOD MEETING|CHARITY RUN|
FLU VACCINATION|CHOIR CONCERT|CAR PARK CLOSED
""".replace("\n", "").split("|")
NOTICE_BODIES = """
Please make sure that the corridors are kept clear.|Everybody is welcome, admission is free.|
We apologise for any inconvenience and thank you for your patience.|
Please bring gloves and sturdy shoes; tools are provided.|Access for residents remains possible.|
Registration is required because places are limited.|Drinks and snacks are sold on site.|
Please store enough water for the day in advance.|Dogs must be kept on a lead.|
In case of rain the event takes place indoors.|Use the stairs and follow the green signs.|
Questions are answered at the front desk during office hours.
""".replace("\n", "").split("|")
AGENDA = """
Welcome and minutes of the last meeting|Budget for the coming year|Election of the board|
New coffee machine|Schedule of the renovation|Safety training|Any other business|
Report of the treasurer|Customer feedback|Hiring plan|Website relaunch|Holiday rota|
Supplier contract|Parking spaces|Energy saving|Annual report|Donations|Recycling|Data protection
""".replace("\n", "").split("|")
EVENTS = """
An Evening of Jazz|The Magic Flute|Comedy Night|Symphony No. 5|Rock the River|Hamlet|Swan Lake|
Tango Nights|Indie Sounds Festival|The Winter Tale|String Quartet|Salsa Party|Film: Metropolis|
Stand-up Special|Gospel Choir|Science Slam|Organ Recital|Dance Gala|Folk Weekend|Chess Open|
Star Cruiser 3|The Last Lighthouse|A Quiet Harbour|Midnight Train|The Paper Moon|Wild Rivers
""".replace("\n", "").split("|")
SUBJECTS = """
Mathematics|English|History|Geography|Biology|Chemistry|Physics|Art|Music|Sport|French|German|
Spanish|Computer Science|Religion|Drama|Economics|Philosophy|Latin|Study Hall
""".replace("\n", "").split("|")
CLASSES = """
Yoga|Pilates|Spinning|Zumba|Boxing|Aqua Fit|Core Strength|HIIT|Tai Chi|Meditation|Body Pump|
Stretching|Dance Basics|Kids Judo|Circuit Training|Running Club|Rowing|Barre
""".replace("\n", "").split("|")
TALKS = """
Opening keynote|Machine learning in practice|Coffee break|Lunch|Panel discussion|Poster session|
Design for everyone|Privacy by default|Testing at scale|Energy and data centres|Closing remarks|
Robotics on the farm|Workshop: writing well|Maps and migration|Open source governance|Lightning talks|
History of printing|City planning today|Networking reception|Teaching with games
""".replace("\n", "").split("|")
TRANSACTIONS = """
Salary|Rent|Supermarket|Electricity bill|Card payment bookshop|ATM withdrawal|Transfer to savings|
Insurance|Mobile phone|Gym membership|Restaurant|Petrol station|Refund|Interest|Account fee|
Standing order|Pharmacy|Train ticket|Online order|Charity|Cheque deposit|Water bill|Dentist|
Streaming service|Cash deposit|Parking|Tax refund|Child benefit|Furniture store|Bakery
""".replace("\n", "").split("|")
