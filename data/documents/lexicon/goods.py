"""Things sold: printed names with the word people use for them, by trade and language.

Written as "printed name/spoken name" (spoken defaults to the printed name in lower case).
"""
# ruff: noqa: E501 - word lists, one row per key

from dataclasses import dataclass
from functools import cache
from random import Random

_GOODS = {
    "grocery": """
Fresh Milk 1L/milk|Whole Wheat Bread/bread|Free Range Eggs 12s/eggs|Salted Butter 250g/butter|
Cheddar Cheese 200g/cheddar|Basmati Rice 5kg/rice|Brown Sugar 1kg/sugar|Sunflower Oil 2L/oil|
Tomato Ketchup/ketchup|Spaghetti 500g/spaghetti|Green Apples/apples|Bananas loose/bananas|
Orange Juice 1.5L/orange juice|Greek Yogurt/yogurt|Chicken Breast/chicken|Minced Beef 500g/beef|
Salmon Fillet/salmon|Frozen Peas/peas|Instant Noodles 5pk/noodles|Corn Flakes/corn flakes|
Peanut Butter/peanut butter|Strawberry Jam/jam|Honey 350g/honey|Dark Chocolate/chocolate|
Potato Chips/chips|Mineral Water 6x1.5/mineral water|Cola Can 330ml/cola|Ground Coffee/coffee|
Green Tea 25 bags/green tea|Dish Soap/dish soap|Toilet Paper 10 rolls/toilet paper|
Washing Powder 3kg/washing powder|Shampoo 400ml/shampoo|Toothpaste/toothpaste|Carrots 1kg/carrots|
Potatoes 2kg/potatoes|Red Onions/onions|Garlic/garlic|Lemons 4pc/lemons|Avocado/avocado|
Mushrooms 250g/mushrooms|Tofu 300g/tofu|Soy Sauce/soy sauce|Curry Powder/curry powder|
Coconut Milk/coconut milk|Sardines in Oil/sardines|Tuna Chunks/tuna|Baked Beans/baked beans|
Plain Flour 1kg/flour|Sea Salt/salt|Black Pepper/pepper|Olive Oil 500ml/olive oil|Grapes/grapes|
Watermelon/watermelon|Cucumber/cucumber|Lettuce/lettuce|Vanilla Ice Cream/ice cream|Biscuits/biscuits|
Cat Food 1kg/cat food|Batteries AA 4pk/batteries|Kitchen Towels/kitchen towels|Bin Bags 20s/bin bags|
Plastic Bag/plastic bag|Newspaper/newspaper|Oat Drink/oat drink|Muesli 750g/muesli|Ham 150g/ham
""",
    "hardware": """
Claw Hammer 16oz/hammer|Cordless Drill 12V/drill|Wood Screws 4x40/screws|Wall Paint White 5L/paint|
Paint Brush 2in/paint brush|Masking Tape/masking tape|Super Glue/glue|Measuring Tape 5M/measuring tape|
LED Bulb 9W/bulb|Extension Cord 3M/extension cord|PVC Pipe 20mm/pipe|Door Hinge 4"/hinge|
Padlock 50mm/padlock|Garden Hose 15M/hose|Work Gloves/gloves|Safety Goggles/goggles|
Spirit Level/spirit level|Sandpaper P120/sandpaper|Cable Ties 100s/cable ties|Allen Key Set/allen keys|
Adjustable Spanner/spanner|Screwdriver Set/screwdrivers|Hacksaw/hacksaw|Ladder 6 Step/ladder|
Cement 25kg/cement|Silicone Sealant/sealant|Wire Nails 2"/nails|Wall Plug 6mm/wall plugs|
Stretch Film/stretch film|Water Tap/tap|Power Socket 13A/socket|Paint Roller/roller|
Duct Tape/duct tape|Utility Knife/knife|Shelf Bracket/bracket|Bucket 10L/bucket|Mop/mop|
Doorbell/doorbell|Light Switch 1G/light switch|Insulation Foam/foam|Epoxy Putty/putty
""",
    "stationery": """
A4 Paper 500s/paper|Ball Pen Blue/pen|2B Pencil/pencil|Eraser/eraser|Ruler 30cm/ruler|
Exercise Book 80p/exercise book|Ring File/ring file|Sticky Notes/sticky notes|Highlighter Yellow/highlighter|
Stapler/stapler|Staples No.10/staples|Scissors/scissors|Glue Stick/glue stick|Correction Tape/correction tape|
Gift Wrap/gift wrap|Birthday Card/birthday card|Envelope DL 50s/envelopes|Calculator/calculator|
Modelling Clay/clay|Water Colours 12/water colours|Marker Black/marker|Whiteboard/whiteboard|
Desk Calendar/calendar|Notebook A5/notebook|Crayons 24/crayons|Paper Clips/paper clips|
Laminating/laminating|Photocopy A4/photocopy|Binding Comb/binding|Picture Frame/picture frame|
Colour Pencils/colour pencils|Clipboard/clipboard|Thumb Tacks/thumb tacks|Address Labels/labels
""",
    "clothing": """
Cotton T-Shirt/t-shirt|Slim Jeans/jeans|Wool Sweater/sweater|Rain Jacket/jacket|Leather Belt/belt|
Running Shoes/running shoes|Ankle Socks 3pk/socks|Summer Dress/dress|Silk Scarf/scarf|Baseball Cap/cap|
Polo Shirt/polo shirt|Chino Shorts/shorts|Winter Coat/coat|Knit Gloves/gloves|Swim Trunks/swim trunks|
Pyjama Set/pyjamas|Denim Skirt/skirt|Hooded Sweatshirt/hoodie|Sandals/sandals|Boots/boots|
Tie Navy/tie|Blouse White/blouse|Cardigan/cardigan|Leggings/leggings|Handbag/handbag|Umbrella/umbrella
""",
    "electronics": """
USB-C Cable 1m/usb-c cable|Wireless Mouse/mouse|Mechanical Keyboard/keyboard|HDMI Adapter/hdmi adapter|
Power Bank 10000/power bank|Bluetooth Speaker/speaker|Noise Cancelling Headphones/headphones|
Phone Case/phone case|Screen Protector/screen protector|Memory Card 64GB/memory card|
Laptop Stand/laptop stand|27" Monitor/monitor|Webcam HD/webcam|Wall Charger 30W/charger|
Smart Watch/smart watch|Tablet 10"/tablet|Router AC1200/router|External SSD 1TB/ssd|
Desk Lamp LED/desk lamp|Printer Ink Black/ink|E-Reader/e-reader|Game Controller/controller|
Graphics Card/graphics card|Earbuds/earbuds|Tripod/tripod|Smart Plug 2pk/smart plugs
""",
    "pharmacy": """
Paracetamol 500mg/paracetamol|Ibuprofen 200mg/ibuprofen|Vitamin C 1000mg/vitamin c|Cough Syrup/cough syrup|
Throat Lozenges/lozenges|Hand Cream/hand cream|Sun Lotion SPF50/sun lotion|Bandage 5cm/bandage|
Plasters 20s/plasters|Face Mask 50s/face masks|Hand Sanitizer/sanitizer|Eye Drops/eye drops|
Nasal Spray/nasal spray|Lip Balm/lip balm|Digital Thermometer/thermometer|Multivitamins/multivitamins|
Antihistamine/antihistamine|Baby Wipes/baby wipes|Dental Floss/dental floss|Mouthwash/mouthwash|
Cotton Buds/cotton buds|Insect Repellent/insect repellent|Antacid Tablets/antacid|Fish Oil Caps/fish oil|
Contact Lens Fluid/lens fluid|Amoxicillin 250mg/amoxicillin|Zinc 15mg/zinc|Razor Blades/razor blades
""",
    "fuel": """
Unleaded 95/unleaded|Super E10/super|Diesel/diesel|Premium 97/premium|RON95/ron95|E5/e5|
Diesel B7/diesel|Regular 87/regular|LPG/lpg|Ultimate Diesel/diesel
""",
    "fuel_extra": """
Car Wash/car wash|Screen Wash 2L/screen wash|Engine Oil 1L/engine oil|Coffee to go/coffee|
Chewing Gum/chewing gum|Sandwich/sandwich|Energy Drink/energy drink|Ice Scraper/ice scraper|Air Freshener/air freshener
""",
    "food": """
Nasi Lemak/nasi lemak|Chicken Rice/chicken rice|Roti Canai/roti canai|Mee Goreng/mee goreng|
Beef Burger/burger|Cheeseburger/cheeseburger|Margherita Pizza/margherita|Caesar Salad/caesar salad|
Fish and Chips/fish and chips|Grilled Salmon/salmon|Club Sandwich/club sandwich|French Fries/fries|
Onion Rings/onion rings|Tomato Soup/tomato soup|Garlic Bread/garlic bread|Spaghetti Carbonara/carbonara|
Lasagne/lasagne|Chicken Tikka/chicken tikka|Butter Naan/naan|Vegetable Biryani/biryani|Pad Thai/pad thai|
Spring Rolls/spring rolls|Dim Sum Set/dim sum|Beef Noodles/beef noodles|Ramen/ramen|Sushi Platter/sushi|
Ribeye Steak/steak|Lamb Chops/lamb chops|Mushroom Risotto/risotto|Pancakes/pancakes|Eggs Benedict/eggs benedict|
Avocado Toast/avocado toast|Veggie Wrap/veggie wrap|Buffalo Wings/wings|Nachos/nachos|Tacos al Pastor/tacos|
Quesadilla/quesadilla|Chocolate Cake/chocolate cake|Cheesecake/cheesecake|Apple Pie/apple pie|
Tiramisu/tiramisu|Ice Cream Sundae/sundae|Fruit Salad/fruit salad|Mango Sticky Rice/mango sticky rice|
Masala Dosa/dosa|Paneer Masala/paneer|Falafel Plate/falafel|Hummus/hummus|Shepherd's Pie/shepherd's pie|
Satay Ayam/satay|Char Kuey Teow/char kuey teow|Tom Yam Soup/tom yam|Croissant/croissant|Blueberry Muffin/muffin
""",
    "drinks": """
Espresso/espresso|Cappuccino/cappuccino|Flat White/flat white|Latte Macchiato/latte|Iced Lemon Tea/iced tea|
Teh Tarik/teh tarik|Kopi O/kopi o|Milo Ais/milo|Lime Juice/lime juice|Sparkling Water/sparkling water|
Cola/cola|Ginger Ale/ginger ale|Draught Beer 0.5/beer|House Red Wine/red wine|White Wine 0.2/white wine|
Hot Chocolate/hot chocolate|Mango Lassi/lassi|Masala Chai/chai|Fresh Orange/fresh orange|Smoothie Berry/smoothie|
Peppermint Tea/peppermint tea|Still Water/still water|Apple Cider/cider|Gin Tonic/gin tonic|Mocha/mocha
""",
    "services": """
Website design/website design|Logo redesign/logo|Consulting hours/consulting|Office cleaning/office cleaning|
Server maintenance/server maintenance|Translation EN-DE/translation|Photography session/photography|
Garden maintenance/garden maintenance|Plumbing repair/plumbing repair|Electrical inspection/electrical inspection|
Training workshop/workshop|Annual licence/licence|Cloud hosting/hosting|Copywriting/copywriting|
Delivery charge/delivery|Installation/installation|Furniture assembly/furniture assembly|
Catering for 40/catering|Printing brochures/brochures|Business cards 500/business cards|
Painting works/painting|Roof inspection/roof inspection|Boiler service/boiler service|
Legal advice/legal advice|Bookkeeping March/bookkeeping|Travel expenses/travel expenses|
Video editing/video editing|Data migration/data migration|Security guard/security guard|
Window cleaning/window cleaning|Pest control/pest control|Venue hire/venue hire|Equipment rental/equipment rental|
SEO audit/seo audit|Mobile app prototype/app prototype|Tile laying/tile laying|Waste removal/waste removal
""",
    "office": """
Office Chair/office chair|Standing Desk/desk|Desk Lamp/lamp|Filing Cabinet/filing cabinet|Toner Cartridge/toner|
Laptop 14"/laptop|Docking Station/docking station|Conference Phone/phone|Projector/projector|Whiteboard/whiteboard|
Copy Paper box/copy paper|Bookshelf Oak/bookshelf|Monitor Arm/monitor arm|Headset/headset|Shredder/shredder|
Coffee Machine/coffee machine|Meeting Table/table|Carpet Tiles/carpet tiles|Waste Bin/waste bin|
Steel Bolts M8/bolts|Hydraulic Pump/pump|Ball Bearing 6204/bearing|Copper Wire 50m/copper wire|
Packing Boxes/boxes|Pallet Wrap/pallet wrap|Safety Helmets/helmets|Cable Drum/cable drum|Air Filter/air filter|
Solar Panel 400W/solar panel|Inverter 5kW/inverter|Valve DN25/valve|Gasket Set/gasket|LED Panel 60x60/led panel
""",
    "salon": """
Haircut Ladies/ladies haircut|Haircut Gents/gents haircut|Hair Colouring/colouring|Manicure/manicure|
Pedicure/pedicure|Facial 60 min/facial|Swedish Massage/massage|Beard Trim/beard trim|Blow Dry/blow dry|
Waxing Legs/waxing|Hot Stone Therapy/hot stone|Eyebrow Shaping/eyebrows|Keratin Treatment/keratin|
Car Wash Basic/basic car wash|Interior Cleaning/interior cleaning|Oil Change/oil change|Tyre Rotation/tyre rotation|
Day Pass/day pass|Monthly Membership/monthly membership|Yoga Class/yoga|Swimming Lesson/swimming lesson|
Guided Tour/guided tour|Bike Rental 1 day/bike rental|Audio Guide/audio guide|Locker/locker|Sauna/sauna
""",
}
_LOCAL = {
    "de": "Vollmilch 1L|Roggenbrot|Eier 10er|Butter 250g|Gouda Scheiben|Kartoffeln 2kg|Apfelsaft|Bananen|"
    "Zwiebeln|Mehl Type 405|Zucker 1kg|Kaffee gemahlen|Mineralwasser|Schokolade|Joghurt Natur|Tomaten|"
    "Salatgurke|Hackfleisch|Brezel|Waschmittel|Pfand 0,25|Nudeln 500g|Honig|Orangen|Quark|Käsekuchen",
    "fr": "Lait demi-écrémé|Baguette|Oeufs x6|Beurre doux|Camembert|Pommes Golden|Jus d'orange|Yaourt nature|"
    "Jambon blanc|Poulet fermier|Tomates|Salade verte|Vin rouge|Chocolat noir|Farine 1kg|Sucre|Café moulu|"
    "Eau minérale|Confiture fraise|Croissant|Moutarde|Fromage de chèvre|Saumon fumé|Lessive|Haricots verts",
    "es": "Leche entera|Pan de molde|Huevos M 12|Aceite de oliva|Queso manchego|Jamón serrano|Tomates|Naranjas|"
    "Patatas 2kg|Arroz 1kg|Café molido|Agua mineral|Yogur|Pollo entero|Merluza|Chocolate|Cerveza lata|Atún|"
    "Galletas|Detergente|Manzanas|Lechuga|Cebollas|Zumo de piña|Azúcar",
    "it": "Latte intero|Pane casereccio|Uova x6|Burro|Parmigiano|Mozzarella|Prosciutto cotto|Pomodori|Pasta penne|"
    "Olio d'oliva|Acqua naturale|Caffè macinato|Biscotti|Mele|Arance|Insalata|Riso arborio|Vino bianco|Tonno|"
    "Zucchine|Gelato|Farina 00|Zucchero|Detersivo|Basilico",
    "nl": "Halfvolle melk|Volkoren brood|Eieren 10st|Roomboter|Jonge kaas|Appels Elstar|Sinaasappelsap|Bananen|"
    "Aardappelen|Gehakt|Kipfilet|Hagelslag|Pindakaas|Vla vanille|Stroopwafels|Koffie|Thee|Suiker|Tomaten|"
    "Komkommer|Drop|Bier krat|Wasmiddel|Rijst|Yoghurt",
}
_LOCAL_FOOD = {
    "de": "Wiener Schnitzel|Currywurst|Pommes|Käsespätzle|Sauerbraten|Apfelstrudel|Weizenbier 0,5|Spezi|Gulaschsuppe|"
    "Bratwurst|Kaffee|Schweinebraten|Kartoffelsalat|Radler 0,5|Apfelschorle",
    "fr": "Steak frites|Soupe à l'oignon|Croque-monsieur|Moules marinières|Salade niçoise|Crème brûlée|Café crème|"
    "Carafe de vin|Plat du jour|Tarte aux pommes|Eau gazeuse|Galette complète|Mousse au chocolat",
    "es": "Tortilla|Paella|Patatas bravas|Gazpacho|Croquetas|Calamares|Café con leche|Caña|Flan|Menú del día|"
    "Pulpo a la gallega|Churros|Agua con gas|Sangría",
    "it": "Pizza Margherita|Spaghetti alle vongole|Lasagne|Bruschetta|Insalata mista|Tiramisù|Panna cotta|Caffè|"
    "Acqua frizzante|Coperto|Saltimbocca|Gnocchi|Birra media|Vino della casa",
    "nl": "Pannenkoek|Bitterballen|Kroket|Patat met mayo|Erwtensoep|Appeltaart|Koffie verkeerd|Tosti ham kaas|"
    "Uitsmijter|Biertje|Verse muntthee|Poffertjes|Saté met friet",
}
RANGES = {
    "grocery": (0.6, 9), "hardware": (1.5, 60), "stationery": (0.4, 15), "clothing": (6, 90),
    "electronics": (7, 260), "pharmacy": (2, 28), "fuel": (1.3, 2.1), "fuel_extra": (1.5, 14),
    "food": (4, 26), "drinks": (1.8, 9), "services": (40, 900), "office": (12, 600), "salon": (8, 90),
}  # fmt: skip
"""Unit prices in dollars or euros; currencies scale them."""


@dataclass(frozen=True)
class Good:
    """A thing sold: its printed name, what people call it, and its trade."""

    name: str
    spoken: str
    trade: str


@cache
def goods(trade: str, lang: str = "en") -> tuple[Good, ...]:
    """All goods of a trade; in another language where that trade has a list in it."""
    local = {"grocery": _LOCAL, "food": _LOCAL_FOOD}.get(trade, {}).get(lang)
    if local is not None:
        return tuple(Good(name, _plain(name), trade) for name in local.split("|"))
    entries = [e.strip() for e in _GOODS[trade].replace("\n", "").split("|")]
    pairs = [(*entry.split("/", 1), "")[:2] for entry in entries]
    return tuple(Good(name, spoken or name.lower(), trade) for name, spoken in pairs)


def _plain(name: str) -> str:
    """A name without the sizes printed after it, in lower case."""
    kept = [word for word in name.split() if not any(char.isdigit() for char in word)]
    return " ".join(kept).lower()


def pick_goods(rng: Random, trades: list[str], count: int, lang: str = "en") -> list[Good]:
    """Distinct goods of the trades whose spoken names do not occur in one another."""
    chosen: list[Good] = []
    pools = [goods(trade, lang) for trade in trades]
    for _ in range(count * 4):
        if len(chosen) == count:
            break
        good = rng.choice(rng.choice(pools))
        if not any(clash(good.spoken, other) for other in chosen):
            chosen.append(good)
    return chosen


def clash(spoken: str, other: Good) -> bool:
    """Whether a spoken name shares a word with another good, so that it would be ambiguous."""
    words = set(spoken.split())
    return bool(words & (set(other.spoken.split()) | set(other.name.lower().split())))
