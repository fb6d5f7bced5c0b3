#!/usr/bin/env python3
"""Make seeds/names/given-names.tsv: first names with the gender that their bearers usually have.

    pip install faker==40.54.0 anyascii==0.3.3
    python3 scripts/make_given_names.py

The names are those of Faker's person providers (MIT), spelled in Latin letters by anyascii (ISC). A name that
both genders bear is left out unless nearly all locales agree. Lists in scripts that do not write vowels (Arabic, Persian,
Hebrew) are left out: no transliteration of them is what a newspaper prints.
"""
import collections
import importlib
import pathlib
import pkgutil
import re

OUT = pathlib.Path(__file__).resolve().parent.parent / "seeds" / "names" / "given-names.tsv"
# Scripts without vowels or with ideograms do not come out of a transliteration as a newspaper prints them.
# Lists that hold rare names by the thousand add more noise than names.
SKIPPED = "ar_ fa_ he_ zh_ ja_ ko_ th_ is_ ta_ si_ or_ hi_ gu_ mr_ bn_ ne_ ga_".split()
SHAPE = re.compile(r"^[A-Z][a-z]+(?:-[A-Z][a-z]+)?$")
SPELLING = [("iy", "y"), ("'", ""), ("yj", "y")]


def latin(name, anyascii):
    name = anyascii(name)
    for written, printed in SPELLING:
        name = name.replace(written, printed)
    return name


def votes():
    """How many locales give each name to women and to men."""
    import anyascii
    import faker.providers.person as person

    found = collections.defaultdict(collections.Counter)
    for module in pkgutil.iter_modules(person.__path__):
        if module.name == "en" or any(module.name.startswith(s) for s in SKIPPED):
            continue
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for gender, attribute in (("f", "first_names_female"), ("m", "first_names_male")):
            for name in set(getattr(provider, attribute, None) or ()):
                found[latin(name, anyascii.anyascii)][gender] += 1
    return found


def main():
    rows = []
    for name, count in votes().items():
        gender, most = count.most_common(1)[0]
        if SHAPE.match(name) and len(name) > 2 and most >= 3 * (sum(count.values()) - most) and most * 2 != sum(count.values()):
            rows.append(f"{name}\t{gender}")
    with open(OUT, "w", encoding="utf-8") as out:
        out.write("# First names and the usual gender of their bearers. Made by scripts/make_given_names.py: do not edit by hand.\n")
        out.write("# Data: the person providers of Faker, MIT.\nname\tgender\n" + "\n".join(sorted(rows)) + "\n")
    print(len(rows), "names")


if __name__ == "__main__":
    main()
