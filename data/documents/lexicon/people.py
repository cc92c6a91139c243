"""Names, job titles and departments of people on documents."""

from random import Random

FIRST = """
Anna|Ben|Clara|Daniel|Eva|Frank|Grace|Henry|Isabel|Jack|Karen|Liam|Maria|Noah|Olivia|Peter|
Quentin|Rachel|Samuel|Tina|Umar|Victor|Wendy|Xavier|Yusuf|Zoe|Aisha|Bilal|Chen|Deepa|Emeka|
Farah|Goran|Hana|Ivan|Jun|Kavita|Lars|Mei Ling|Nadia|Omar|Priya|Ravi|Siti|Tomas|Uma|Vikram|
Wei|Yuki|Zainab|Alice|Bruno|Camille|Diego|Elena|Fatima|Giulia|Hugo|Ingrid|Jonas|Katja|Lucia|
Marco|Nina|Oscar|Paula|Rosa|Stefan|Teresa|Ulrich|Vera|Walter|Ahmad|Nurul|Azman|Suresh|Lim|
Anita|Colin|Dorothy|Edward|Fiona|George|Harriet|Ian|Joan|Keith|Louise|Martin|Nigel|Pauline|
Robert|Sheila|Thomas|Ursula|Vincent|William|Amir|Beatriz|Chloe|Dmitri|Esther|Felix|Gabriela|
Hassan|Irene|Jamal|Kwame|Leila|Mateo|Naomi|Otto|Pia|Rahul|Sofia|Tariq|Valeria|Yara|Adele
""".replace("\n", "").split("|")
LAST = """
Adams|Baker|Carter|Davies|Evans|Fischer|Garcia|Hughes|Ibrahim|Jensen|Khan|Lopez|Meyer|Nguyen|
O'Brien|Patel|Quinn|Rossi|Schmidt|Tanaka|Ueda|Vargas|Weber|Xu|Young|Zimmermann|Abdullah|Bianchi|
Chong|Dubois|Eriksson|Ferrari|Gomez|Hansen|Iyer|Jones|Kowalski|Lee|Martin|Novak|Okafor|Petrov|
Ramirez|Sharma|Tan|Umarov|Visser|Wong|Yilmaz|Zhang|Andersen|Becker|Costa|de Vries|Edwards|
Fernandez|Gupta|Hoffmann|Ismail|Johansson|Krishnan|Laurent|Moreau|Nair|Osman|Park|Richter|
Silva|Turner|Van Dijk|Wagner|Yamada|Ahmed|Bauer|Clarke|Dupont|Ellis|Fontana|Green|Harris|
Jackson|Keller|Lindberg|Murphy|Nowak|Oliveira|Parker|Reddy|Santos|Thompson|Walsh|Wright|
Ali|Brown|Cheng|Das|Fraser|Goh|Haddad|Kaur|Lambert|Mahmood|Ng|Ortiz|Pereira|Robinson|Singh|
Taylor|Watson|Yeo|Bergmann|Coleman|Dietrich|Kim|Larsen|Mitchell|Rahman|Stewart|Torres|White
""".replace("\n", "").split("|")
TITLES = ("Mr", "Ms", "Mrs", "Dr", "Mr.", "Ms.", "Mrs.", "Dr.", "Prof.")
JOBS = """
Managing Director|Head of Sales|Senior Engineer|Account Manager|Chief Financial Officer|
Office Manager|Project Lead|Marketing Director|Consultant|Architect|Attorney at Law|Dentist|
Store Manager|Customer Service Manager|Product Designer|Software Engineer|Data Analyst|
HR Manager|Operations Manager|Branch Manager|Real Estate Agent|Interior Designer|Photographer|
Regional Manager|Sales Executive|Technician|Nurse|Librarian|Research Assistant|Lecturer|
Secretary|Accountant|Quality Inspector|Founder|Purchasing Manager|Physiotherapist|Electrician|
Event Planner|Translator|Financial Adviser|Veterinarian|Chief Executive Officer|Principal
""".replace("\n", "").split("|")
DEPARTMENTS = """
Finance|Human Resources|Engineering|Marketing|Sales|Operations|Research|Logistics|Security|
Customer Care|Legal|Design|Procurement|Facilities|Quality|IT Support|Administration|Radiology|
Maintenance|Communications|Public Affairs|Production|Warehouse|Training
""".replace("\n", "").split("|")
OCCUPATIONS = """
teacher|engineer|nurse|driver|student|accountant|chef|plumber|retired|shop assistant|designer|
carpenter|lawyer|journalist|mechanic|farmer|pharmacist|electrician|social worker|musician
""".replace("\n", "").split("|")
NATIONALITIES = """
British|German|French|Spanish|Italian|Dutch|Malaysian|Indian|American|Polish|Turkish|Swedish|
Kenyan|Brazilian|Japanese|Irish|Canadian|Portuguese|Greek|Nigerian
""".replace("\n", "").split("|")


def person(rng: Random, title: bool = False) -> str:
    """A full name, with a form of address if asked."""
    name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    if rng.random() < 0.08:
        first, last = name.split(" ", 1)
        name = f"{first} {rng.choice('ABCDEGHJKLMPRST')}. {last}"
    return f"{rng.choice(TITLES)} {name}" if title else name


def handle(name: str) -> str:
    """A name as part of an e-mail address."""
    plain = name.lower().replace("'", "").replace(".", "").split()
    return f"{plain[0]}.{plain[-1]}"
