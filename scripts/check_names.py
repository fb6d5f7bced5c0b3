#!/usr/bin/env python3
"""List the forms of seeds/names that name more than one entity, so that a new name is not taken for another by accident.

    python3 scripts/check_names.py            forms shared by states, organizations, persons, weapons and large places
    python3 scripts/check_names.py --all      the small places too

What is wrong with a table (columns, ids, references, numbers) the program itself says when it reads it.
"""
import argparse
import collections

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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="small places too")
    args = parser.parse_args()
    for (form, _), entities in sorted(forms(0 if args.all else LARGE).items()):
        if len(entities) > 1:
            print(form, *sorted(entities), sep="\t")


if __name__ == "__main__":
    main()
