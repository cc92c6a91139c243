"""Company names by region and trade, with their web and mail addresses."""
# ruff: noqa: E501 - word lists, one row per key

from random import Random

from .people import LAST

_STEMS = """
Sunrise|Golden Leaf|Blue River|Silverline|Northwind|Green Valley|Red Maple|Harbour|Oakfield|
Starlight|Evergreen|Royal|Pioneer|Summit|Crystal|Lotus|Phoenix|Atlas|Horizon|Heritage|Unity|
Prime|Metro|Coral|Amber|Falcon|Orchid|Mercury|Vista|Liberty|Castle|Anchor|Aurora|Bright|Cedar|
Delta|Eagle|Fortune|Galaxy|Happy|Ivory|Jade|Kingfisher|Lighthouse|Magnolia|Neptune|Olive|Pearl|
Quantum|Rainbow|Sapphire|Tiger|Union|Victoria|Willow|Zenith|Apex|Bluebird|Copper|Dragon|Ever
""".replace("\n", "").split("|")
_MY_STEMS = """
AIK HUAT|SOON HUAT|YONGFATT|TEO HENG|SAM SAM|INDAH|MEWAH|SRI MUDA|LIAN HING|KEDAI PAPAN|BINTANG|
HONG LEE|SENG HENG|WAH SENG|MAJU JAYA|SETIA|PERMAI|CAHAYA|GERBANG|BERKAT|TAI FATT|LIGHTROOM|
UNIHAKKA|99 SPEED|KOPI LAMA|RESTORAN WAN|SYARIKAT PERNIAGAAN|POPULAR|NASI KANDAR PELITA
""".replace("\n", "").split("|")
_TRADES = {
    "grocery": "Market|Supermarket|Grocers|Mini Mart|Fresh Foods|Food Store|Mart|Hypermarket",
    "hardware": "Hardware|Tools & Paint|Hardware & Electrical|DIY Centre|Building Supplies|"
    "Home Improvement|Machinery",
    "stationery": "Stationery|Books & Stationery|Office Supplies|Bookshop|Paper House|Gift & Deco",
    "clothing": "Fashion|Clothing|Textiles|Shoes|Outfitters|Boutique",
    "electronics": "Electronics|Digital|Computers|Mobile World|Audio|Tech Store",
    "pharmacy": "Pharmacy|Drugstore|Chemist|Apothecary|Health Care|Farmasi",
    "fuel": "Petrol Station|Fuel|Service Station|Oil|Gas & Go|Energy Station",
    "restaurant": "Restaurant|Bistro|Kitchen|Cafe|Diner|Grill|Noodle House|Curry House|Pizzeria|"
    "Steakhouse|Tea House|Bakery Cafe",
    "services": "Consulting|Design Studio|Engineering|Cleaning Services|Logistics|Media|"
    "IT Solutions|Legal Services|Landscaping|Printing|Plumbing|Catering|Architects|Security",
    "utility": "Energy|Power & Light|Water|Gas Supply|Telecom|Broadband|Electricity Board|Networks",
    "bank": "Bank|Savings Bank|Credit Union|Trust Bank|Building Society",
    "transport": "Rail|Railways|Bus Lines|Express|Airways|Airlines|Ferries|Transit|Coaches",
    "school": "Primary School|High School|College|Academy|Language School|Sports Club|"
    "Community Centre",
}
_LOCAL_TRADES = {
    "de": {"grocery": "Markt|Feinkost|Lebensmittel|Biomarkt", "restaurant": "Gasthaus|Café|Imbiss",
           "pharmacy": "Apotheke|Drogerie", "fuel": "Tankstelle", "services": "Handwerk|Beratung|Technik|Gartenbau"},
    "fr": {"grocery": "Marché|Épicerie|Primeur", "restaurant": "Brasserie|Bistrot|Café|Crêperie",
           "pharmacy": "Pharmacie", "fuel": "Station", "services": "Conseil|Plomberie|Imprimerie|Traiteur"},
    "es": {"grocery": "Mercado|Supermercado|Frutería", "restaurant": "Restaurante|Taberna|Cafetería",
           "pharmacy": "Farmacia", "fuel": "Estación de Servicio", "services": "Servicios|Asesoría|Talleres"},
    "it": {"grocery": "Alimentari|Mercato|Supermercato", "restaurant": "Trattoria|Ristorante|Pizzeria|Bar",
           "pharmacy": "Farmacia", "fuel": "Stazione", "services": "Studio|Servizi|Impianti"},
    "nl": {"grocery": "Supermarkt|Buurtwinkel|Versmarkt", "restaurant": "Eetcafé|Restaurant|Pannenkoekenhuis",
           "pharmacy": "Apotheek|Drogist", "fuel": "Tankstation", "services": "Advies|Techniek|Schilderwerken"},
}  # fmt: skip
_SUFFIXES = {
    "my": "SDN BHD|SDN. BHD.|(M) SDN BHD|ENTERPRISE|TRADING|TRADING CO|(M) SDN. BHD.|S/B||MARKETING",
    "us": "Inc.|LLC|Co.|Corp.||||& Sons",
    "uk": "Ltd|Limited|PLC||& Sons|Ltd.|",
    "in": "Pvt. Ltd.|Private Limited|& Co.|Traders|Enterprises|LLP|",
    "de": "GmbH|KG|e.K.|GmbH & Co. KG|AG|OHG|",
    "fr": "SARL|SAS|SA|EURL|",
    "es": "S.L.|S.A.|S.L.U.|",
    "it": "S.r.l.|S.p.A.|s.n.c.|",
    "nl": "B.V.|V.O.F.|N.V.|",
    "se": "AB|AS|HB|",
}
_CACHE: dict[tuple[str, str], list[str]] = {}


def _trades(trade: str, region: str) -> list[str]:
    if (trade, region) not in _CACHE:
        local = _LOCAL_TRADES.get(region, {}).get(trade)
        _CACHE[trade, region] = (local or _TRADES[trade]).split("|")
    return _CACHE[trade, region]


def company(rng: Random, region: str, trade: str) -> str:
    """A company name of a trade (see `_TRADES`) with the region's legal form."""
    kind = rng.choice(_trades(trade, region))
    roll = rng.random()
    if region == "my" and roll < 0.55:
        stem = rng.choice(_MY_STEMS)
    elif roll < 0.3:
        stem = rng.choice(LAST)
        if rng.random() < 0.25:
            stem = f"{stem} & {rng.choice(LAST)}"
    else:
        stem = rng.choice(_STEMS)
        if rng.random() < 0.15:
            stem = f"{stem} {rng.choice(_STEMS)}"
    if region in ("fr", "es", "it") and rng.random() < 0.5:
        name = f"{kind} {stem}"
    elif rng.random() < 0.06:
        name = f"The {stem} {kind}"
    else:
        name = f"{stem} {kind}"
    suffix = "" if trade == "school" else rng.choice(_SUFFIXES[region].split("|"))
    name = f"{name} {suffix}".strip()
    return name.upper() if region == "my" else name


def domain(rng: Random, name: str, region: str) -> str:
    """A web domain for a company name, under the reserved and the region's endings."""
    words = [w for w in name.lower().replace("&", "").split() if w.isascii() and w.isalnum()]
    stem = rng.choice(["", "-"]).join(words[:2]) or "shop"
    ending = {"uk": "co.uk", "us": "com", "my": "com.my", "in": "in"}.get(region, region)
    return f"{stem}.{rng.choice(['com', ending, 'example'])}"
