"""Looks at every answer of a run of schemathesis, and counts what they were by operation into the file that TOLD names."""

import atexit
import json
import os
from collections import Counter

import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

DAYS = ["2022-01-20", "2022-01", "2022", "2019/2024", "1900-01-01", "9999-12-31", "2022-02-30", "", "yesterday"]
TIMES = ["2026-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z", "2026-13-01T00:00:00Z", ""]
schemathesis.graphql.scalar("Date", st.sampled_from(DAYS).map(nodes.String))
schemathesis.graphql.scalar("DateTime", st.sampled_from(TIMES).map(nodes.String))
schemathesis.graphql.scalar("URL", st.sampled_from(["https://example.org/", "x", ""]).map(nodes.String))

told = {}


def codes_of(errors):
    return {error.get("extensions", {}).get("code", "NO_CODE") for error in errors}


@schemathesis.check
def answered_or_refused(ctx, response, case):
    seen = told.setdefault(case.operation.label, Counter())
    seen["cases"] += 1
    seen[f"status {response.status_code}"] += 1
    kind = response.headers.get("content-type", ["nothing"])[0].split(";")[0]
    if not kind.endswith("json"):
        seen["other"] += kind not in ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        seen[kind] += 1
        return
    try:
        body = json.loads(response.content)
    except ValueError:
        seen["broken"] += 1
        raise AssertionError(f"The answer is not JSON: {response.text[:300]}") from None
    errors = body.get("errors") if isinstance(body, dict) else None
    if not errors:
        seen["answered"] += 1
        return
    for code in codes_of(errors):
        seen[code] += 1
    if "NO_CODE" in codes_of(errors):
        raise AssertionError(f"An error has no code: {response.text[:300]}")
    if response.status_code >= 500:
        raise AssertionError(f"The server failed: {response.text[:300]}")


@atexit.register
def tell():
    with open(os.environ["TOLD"], "w", encoding="utf-8") as file:
        json.dump(told, file)
