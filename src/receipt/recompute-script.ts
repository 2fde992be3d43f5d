import type { FigureRecords } from './figure-records.js'

/** A script in Python, without packages, that computes figures anew from their records and compares. */
export const recomputeScript = ({ keys, numbers }: FigureRecords): string => `#!/usr/bin/env python3
"""Computes the figures of rows.csv anew from the records in records.csv, and says whether they are the same.

Run it in this folder, with Python 3.8 or later: python3 recompute.py
"""
import csv
import sys
from collections import defaultdict

# Columns of rows.csv that are keys, the column of records.csv that each is of, and how many characters of a day it has.
KEYS = [
${keys.map(({ figure, record, length }) => `    (${python(figure)}, ${python(record)}, ${length ?? 'None'}),`).join('\n')}
]
# Columns of rows.csv that are numbers, the column of records.csv that each is of, and how it is computed.
NUMBERS = [
${numbers.map(({ figure, record, how }) => `    (${python(figure)}, ${record === null ? 'None' : python(record)}, ${python(how)}),`).join('\n')}
]


def read(name):
    with open(name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compute(how, records, column, total):
    if how == "count":
        return len(records)
    if how == "share":
        return round(len(records) / total, 6) if total else None
    # An empty cell is not known, and no part of a sum.
    known = [float(record[column]) for record in records if record[column] != ""]
    if not known:
        return None
    return {"sum": sum, "min": min, "max": max, "mean": lambda all: sum(all) / len(all)}[how](known)


records = read("records.csv")
kinds = defaultdict(list)
for record in records:
    kinds[tuple(record[column][:length] for _, column, length in KEYS)].append(record)

rows = read("rows.csv")
wrong = 0
for row in rows:
    kind = tuple(row[figure] for figure, _, _ in KEYS)
    for figure, column, how in NUMBERS:
        found = compute(how, kinds.get(kind, []), column, len(records))
        given = float(row[figure]) if row[figure] != "" else None
        same = found == given or (None not in (found, given) and abs(found - given) <= 1e-6 * max(1, abs(found)))
        if not same:
            wrong += 1
            print("Not the same:", ", ".join(kind) or "all", figure, "is", given, "and computes to", found)
        elif len(rows) <= 50:
            print(", ".join(kind) or "all", figure, found if found is None or found % 1 else int(found), sep="\\t")

print(f"{len(records)} records, {len(kinds)} kinds, {len(rows)} rows, {wrong} numbers that are not the same.")
sys.exit(1 if wrong else 0)
`

/** A text as Python writes it; names of columns are made of the names of fields. */
const python = (text: string): string => JSON.stringify(text)
