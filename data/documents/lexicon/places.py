"""Addresses, cities, stations and venues by region."""
# ruff: noqa: E501 - word lists, one row per key

from random import Random

_MY_STREETS = """
JALAN SAGU|JALAN DEDAP|JALAN PUTRA|JALAN BESAR|JALAN MELATI|JALAN SS2/|JALAN TAMPOI|JALAN MEWAH|
JALAN KENARI|JALAN PERMAS|JALAN BUKIT BINTANG|JALAN KUCHAI LAMA|JALAN IPOH|JALAN RADIN BAGUS|
LORONG SELAMAT|JALAN TEMENGGUNG|PERSIARAN JUBLI|JALAN AMPANG|JALAN GASING|LEBUH PANTAI
""".replace("\n", "").split("|")
_MY_AREAS = """
TAMAN DAYA|TAMAN SRI PUTRA|TAMAN SRI MUDA|BANDAR BUKIT RAJA|BANDAR SETIA ALAM|TAMAN JAYA|
DAMANSARA UTAMA|BANDAR SUNWAY|TAMAN MALURI|SEKSYEN 13|KAWASAN PERINDUSTRIAN TAMPOI|USJ 10|
TAMAN UNIVERSITI|BANDAR BARU BANGI|TAMAN CONNAUGHT|BUKIT JALIL|TAMAN MOLEK|SEKSYEN U13
""".replace("\n", "").split("|")
_MY_CITIES = """
81100 JOHOR BAHRU, JOHOR|40400 SHAH ALAM, SELANGOR|47400 PETALING JAYA, SELANGOR|
50450 KUALA LUMPUR|43300 SERI KEMBANGAN, SELANGOR|41050 KLANG, SELANGOR D.E|10400 GEORGETOWN, PENANG|
75200 MELAKA|30250 IPOH, PERAK|70200 SEREMBAN, NEGERI SEMBILAN|58200 KUALA LUMPUR|
43000 KAJANG, SELANGOR|47620 SUBANG JAYA, SELANGOR|81200 JOHOR BAHRU
""".replace("\n", "").split("|")
_US_STREETS = """
Main Street|Oak Avenue|Maple Drive|Washington Blvd|Lakeview Road|Market Street|2nd Avenue|
Sunset Boulevard|Elm Street|Park Avenue|Riverside Drive|Broadway|Highland Ave|Cedar Lane|
Lincoln Way|Industrial Pkwy|Mission Street|Peachtree Road|Harbor Drive|Union Square
""".replace("\n", "").split("|")
_US_CITIES = """
Springfield, IL 62704|Portland, OR 97205|Austin, TX 78701|Denver, CO 80202|Boston, MA 02116|
Seattle, WA 98101|Madison, WI 53703|Phoenix, AZ 85004|Tampa, FL 33602|Columbus, OH 43215|
San Diego, CA 92101|Brooklyn, NY 11201|Nashville, TN 37203|Omaha, NE 68102|Boise, ID 83702
""".replace("\n", "").split("|")
_UK_STREETS = """
High Street|Church Lane|Station Road|Victoria Road|Mill Lane|King Street|Queensway|The Green|
Castle Street|Park Road|Albert Street|Bridge Street|London Road|Market Place|Abbey Road|
Springfield Gardens|Chapel Hill|Manor Close|North Parade|Orchard Way
""".replace("\n", "").split("|")
_UK_CITIES = """
Leeds LS1 4AP|Bristol BS1 5TR|London SE1 7PB|Manchester M2 3WQ|Edinburgh EH1 1YZ|York YO1 8RA|
Cardiff CF10 1EP|Norwich NR2 1DE|Oxford OX1 3LU|Bath BA1 1SZ|Brighton BN1 4GH|Exeter EX1 1HS|
Sheffield S1 2HE|Glasgow G1 3SL|Cambridge CB2 1TN
""".replace("\n", "").split("|")
_IN_STREETS = """
M.G. Road|Nehru Street|Station Road|Gandhi Nagar|Park Street|Brigade Road|Linking Road|
Residency Road|Anna Salai|Sector 18|Hill Road|Commercial Street|Laxmi Road|Ring Road
""".replace("\n", "").split("|")
_IN_CITIES = """
Bengaluru 560001|Mumbai 400050|New Delhi 110001|Chennai 600002|Pune 411005|Kolkata 700016|
Hyderabad 500081|Ahmedabad 380009|Kochi 682011|Jaipur 302001|Noida 201301|Surat 395003
""".replace("\n", "").split("|")
_DE_STREETS = """
Hauptstraße|Bahnhofstraße|Gartenweg|Lindenallee|Schillerstraße|Goethestraße|Marktplatz|
Am Stadtpark|Kirchgasse|Mühlenweg|Rosenstraße|Bergstraße|Industriestraße|Poststraße
""".replace("\n", "").split("|")
_DE_CITIES = """
10115 Berlin|80331 München|50667 Köln|20095 Hamburg|70173 Stuttgart|60311 Frankfurt am Main|
04109 Leipzig|01067 Dresden|28195 Bremen|30159 Hannover|90402 Nürnberg|79098 Freiburg|1010 Wien
""".replace("\n", "").split("|")
_FR_STREETS = """
rue de la Paix|avenue Victor Hugo|boulevard Voltaire|rue des Lilas|place du Marché|
rue Pasteur|chemin des Vignes|rue du Moulin|avenue de la Gare|quai Saint-Michel|rue Nationale
""".replace("\n", "").split("|")
_FR_CITIES = """
75011 Paris|69002 Lyon|13001 Marseille|31000 Toulouse|33000 Bordeaux|44000 Nantes|59800 Lille|
67000 Strasbourg|34000 Montpellier|35000 Rennes|06000 Nice|1050 Bruxelles
""".replace("\n", "").split("|")
_ES_STREETS = """
Calle Mayor|Avenida de la Constitución|Calle del Sol|Plaza España|Paseo de Gracia|Calle Luna|
Calle San Juan|Avenida del Mar|Calle Real|Ronda Norte|Calle de Alcalá
""".replace("\n", "").split("|")
_ES_CITIES = """
28013 Madrid|08007 Barcelona|41001 Sevilla|46002 Valencia|48001 Bilbao|29005 Málaga|
50003 Zaragoza|18009 Granada|15001 A Coruña|30001 Murcia
""".replace("\n", "").split("|")
_IT_STREETS = """
Via Roma|Via Garibaldi|Corso Italia|Piazza Dante|Via Verdi|Via dei Mille|Viale Europa|
Via Mazzini|Largo Augusto|Via San Marco|Via della Repubblica
""".replace("\n", "").split("|")
_IT_CITIES = """
00184 Roma|20121 Milano|10123 Torino|50122 Firenze|40121 Bologna|80133 Napoli|30124 Venezia|
16121 Genova|37121 Verona|35122 Padova
""".replace("\n", "").split("|")
_NL_STREETS = """
Dorpsstraat|Kerkstraat|Stationsweg|Molenlaan|Nieuwe Gracht|Prinsengracht|Marktplein|
Schoolstraat|Wilhelminalaan|Havenkade|Beukenlaan
""".replace("\n", "").split("|")
_NL_CITIES = """
1012 AB Amsterdam|3511 LX Utrecht|3011 GC Rotterdam|2511 CV Den Haag|5611 EM Eindhoven|
9711 LM Groningen|6211 CK Maastricht|2312 HA Leiden|8011 PK Zwolle
""".replace("\n", "").split("|")
_SE_STREETS = (
    "Storgatan", "Kungsgatan", "Drottninggatan", "Skolgatan", "Hamngatan", "Parkvägen",
    "Björkvägen", "Strandvägen", "Torggatan",
)  # fmt: skip
_SE_CITIES = (
    "111 22 Stockholm", "411 05 Göteborg", "211 34 Malmö", "753 10 Uppsala", "582 23 Linköping",
    "0155 Oslo", "5003 Bergen", "7011 Trondheim",
)  # fmt: skip

STATIONS = """
Northgate|Lakeside|Central Station|Harbour Quay|Millbrook|Ashford|Kingsbridge|Westport|Elmwood|
Riverton|Oldtown|Fairview|Stonebridge|Greenfield|Eastham|Havenport|Brookdale|Redhill|Summerfield|
Castleton|Marlow|Whitby|Thornton|Linden Park|Airport T2|University|Museum Square|City Hall
""".replace("\n", "").split("|")
TRAIN_CITIES = """
London|Manchester|Leeds|York|Edinburgh|Berlin|Hamburg|München|Paris|Lyon|Marseille|Madrid|
Barcelona|Milano|Roma|Amsterdam|Utrecht|Brussels|Vienna|Zurich|Basel|Prague|Copenhagen|Kuala Lumpur|
Ipoh|Chennai|Mumbai|Boston|New York|Chicago|Oslo|Stockholm|Göteborg|Lisboa|Porto|Bordeaux
""".replace("\n", "").split("|")
AIRPORTS = """
London LHR|Paris CDG|Frankfurt FRA|Kuala Lumpur KUL|Singapore SIN|New York JFK|Boston BOS|
Amsterdam AMS|Madrid MAD|Rome FCO|Delhi DEL|Mumbai BOM|Chicago ORD|Dublin DUB|Vienna VIE|
Oslo OSL|Stockholm ARN|Zurich ZRH|Lisbon LIS|Istanbul IST|Dubai DXB|Bangkok BKK|Tokyo HND|
Los Angeles LAX|Seattle SEA|Toronto YYZ|Athens ATH|Berlin BER
""".replace("\n", "").split("|")
VENUES = """
Riverside Arena|The Old Theatre|City Concert Hall|Apollo Rooms|Grand Pavilion|Harbour Stage|
Town Hall|Lakeside Amphitheatre|Blue Note Club|Royal Gallery|Sports Palace|Kulturhaus Mitte|
Teatro Verdi|Salle Molière|Community Centre|Botanical Garden|Museum of Design|Hall 4|
St. Mary's Church|Rooftop Garden|Convention Centre|Westfield Stadium|Library Auditorium
""".replace("\n", "").split("|")
ROOMS = """
Room 1|Room 12|Room 204|Hall A|Hall B|Studio 2|Lab 3|Library|Gym|Auditorium|Seminar Room|
Room 3.14|Workshop|Music Room|Main Stage|Garden Room|Pool|Court 2|Room B07|Annex
""".replace("\n", "").split("|")


def address(rng: Random, region: str) -> list[str]:
    """An address as printed, street first, one string per line."""
    number = str(rng.randint(1, 240))
    if region == "my":
        street = rng.choice(_MY_STREETS)
        if street.endswith("/"):
            street += str(rng.randint(10, 80))
        elif rng.random() < 0.5:
            street += f" {rng.randint(1, 28)}" + rng.choice(["", "", "/1", "/3", "A"])
        shape = rng.choice(["NO. {n}", "NO.{n}", "{n}", "LOT {n}", "NO {n}-G", "NO.{n} & {m}"])
        first = shape.format(n=number, m=int(number) + 2) + ", " + street + ","
        if rng.random() < 0.15:
            first = f"GROUND FLOOR, {first}"
        lines = [first]
        if rng.random() < 0.8:
            lines.append(rng.choice(_MY_AREAS) + ",")
        city = rng.choice(_MY_CITIES)
        if ", " in city and rng.random() < 0.5:
            town, state = city.split(", ", 1)
            lines += [town + ",", state + rng.choice(["", "."])]
        else:
            lines.append(city + rng.choice(["", "."]))
        return lines
    if region == "us":
        lines = [f"{int(number) * 7} {rng.choice(_US_STREETS)}", rng.choice(_US_CITIES)]
        if rng.random() < 0.2:
            lines[0] += rng.choice([", Suite 200", " #4", ", Unit B", ", Apt 12"])
        return lines
    if region == "uk":
        lines = [f"{number} {rng.choice(_UK_STREETS)}"]
        town, code = rng.choice(_UK_CITIES).split(" ", 1)
        return lines + ([town, code] if rng.random() < 0.4 else [f"{town} {code}"])
    if region == "in":
        shop = rng.choice(["Shop No. {n}, ", "{n}, ", "Plot {n}, ", "No. {n}, ", "#{n}, "])
        return [shop.format(n=number) + rng.choice(_IN_STREETS) + ",", rng.choice(_IN_CITIES)]
    if region == "fr":
        join = rng.choice([", ", " "])
        return [f"{number}{join}{rng.choice(_FR_STREETS)}", rng.choice(_FR_CITIES)]
    table = {
        "de": (_DE_STREETS, _DE_CITIES, " "),
        "es": (_ES_STREETS, _ES_CITIES, ", "),
        "it": (_IT_STREETS, _IT_CITIES, ", "),
        "nl": (_NL_STREETS, _NL_CITIES, " "),
        "se": (_SE_STREETS, _SE_CITIES, " "),
    }
    streets, cities, join = table[region]
    return [f"{rng.choice(streets)}{join}{number}", rng.choice(cities)]


def phone(rng: Random, region: str) -> str:
    """A telephone number in the manner of the region."""

    def digits(count: int) -> str:
        return "".join(rng.choice("0123456789") for _ in range(count))

    shapes = {
        "my": ["03-{4} {4}", "07-{7}", "012-{3} {4}", "+603-{8}", "03-{8}"],
        "us": ["({3}) {3}-{4}", "{3}-{3}-{4}", "1-800-{3}-{4}", "{3}.{3}.{4}"],
        "uk": ["020 7{3} {4}", "0113 {3} {4}", "01904 {6}", "+44 117 {3} {4}"],
        "in": ["+91 98{3} {5}", "080-{8}", "98{8}", "022 {4} {4}"],
        "de": ["030 / {7}", "089 {6}", "+49 40 {6}", "0221-{6}"],
        "fr": ["01 {2} {2} {2} {2}", "04.{2}.{2}.{2}.{2}", "+33 1 {2} {2} {2} {2}"],
        "es": ["91 {3} {2} {2}", "+34 93 {3} {4}", "954 {3} {3}"],
        "it": ["06 {7}", "02 {4} {4}", "+39 055 {6}"],
        "nl": ["020-{7}", "030 {3} {2} {2}", "+31 10 {7}"],
        "se": ["08-{3} {3} {2}", "031-{2} {2} {2}", "+46 40 {3} {3}"],
    }
    shape = rng.choice(shapes[region])
    for count in range(2, 9):
        while f"{{{count}}}" in shape:
            shape = shape.replace(f"{{{count}}}", digits(count), 1)
    return shape
