#!/usr/bin/env python3
"""Compares the figures that jinxiu and jionlp find in the same texts, in one run.

    pip install jionlp
    python3 benches/against_jionlp.py data/samples
    python3 benches/against_jionlp.py TEXTS --gold gold.jsonl     # texts with annotations: which stated values are found

jionlp finds amounts of money and times; percentages, counts and areas have no function in it, and it does not say whose value
it is or what it measures. So the comparison is of values alone, by kind of unit, and of times that stand in web addresses.
"""

import argparse
import contextlib
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import time

KINDS = {"CNY": "money", "USD": "money", "EUR": "money", "HKD": "money", "JPY": "money", "%": "percent", "pp": "percent",
         "count": "count", "person": "count"}
CURRENCY = {"元": "CNY", "美元": "USD", "欧元": "EUR", "港元": "HKD", "日元": "JPY"}
ADDRESS = re.compile(r"(?:https?://|www\.)[\w./?=&%#:~+-]+")


def kind(unit):
    return KINDS.get(unit, "other")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=pathlib.Path, help="a folder of .txt files in UTF-8, or one such file")
    parser.add_argument("--gold", type=pathlib.Path, help="annotations, one extraction a line")
    parser.add_argument("--jinxiu", default=shutil.which("jinxiu") or "jinxiu", help="the program")
    return parser.parse_args()


def by_jinxiu(program, texts):
    """Values by document, and the seconds it took, start of the program included."""
    begun = time.perf_counter()
    run = subprocess.run([program, "-q", "--jobs", "1", "extract", texts, "--format", "jsonl"], capture_output=True, text=True)
    took = time.perf_counter() - begun
    if run.returncode != 0:
        sys.exit(f"{program}: {run.stderr.strip()}")
    found = {}
    for line in run.stdout.splitlines():
        extraction = json.loads(line)
        found[extraction["id"]] = [(o["value"], o["unit"]) for o in extraction["observations"]]
    return found, took


def numbers(detail):
    """One number, or both ends of a range."""
    stated = detail.get("num")
    for number in stated if isinstance(stated, list) else [stated]:
        with contextlib.suppress(TypeError, ValueError):
            yield float(number)


def by_jionlp(texts):
    """Amounts of money by document, times with their places, and the seconds it took, loading not included."""
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp
        jionlp.ner.extract_money("1元", with_parsing=True)
        jionlp.ner.extract_time("2021年", with_parsing=False)
    money, times, begun = {}, {}, time.perf_counter()
    for name, text in texts.items():
        found = jionlp.ner.extract_money(text, with_parsing=True)
        money[name] = [(n, CURRENCY.get(m["detail"].get("case"), "?")) for m in found for n in numbers(m["detail"])]
        times[name] = [tuple(t["offset"]) for t in jionlp.ner.extract_time(text, with_parsing=False)]
    return money, times, time.perf_counter() - begun


def table(rows):
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths)).rstrip())


def counts(found):
    totals = dict.fromkeys(["money", "percent", "count", "other"], 0)
    for values in found.values():
        for _, unit in values:
            totals[kind(unit)] += 1
    return totals


def same(a, b):
    return a[1] == b[1] and abs(a[0] - b[0]) <= 1e-6 * max(1.0, abs(b[0]))


def against_gold(path, ours, theirs):
    print("\nvalues that people annotated, and how many of them each finds in the same document")
    total, by_us, by_them = (dict.fromkeys(["money", "percent", "count", "other"], 0) for _ in range(3))
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        values = {(o["value"], o["unit"]) for o in gold["observations"] if o.get("value") is not None}
        for value in values:
            total[kind(value[1])] += 1
            # A fall is annotated as negative growth; a tool that gives the bare number has found it too.
            bare = (abs(value[0]), value[1])
            by_us[kind(value[1])] += any(same((abs(v), u), bare) for v, u in ours.get(gold["id"], []))
            by_them[kind(value[1])] += any(same((abs(v), u), bare) for v, u in theirs.get(gold["id"], []))
    table([("kind", "annotated", "jinxiu", "jionlp")] + [(k, total[k], by_us[k], by_them[k]) for k in total]
          + [("all", sum(total.values()), sum(by_us.values()), sum(by_them.values()))])


def main():
    args = arguments()
    files = sorted(args.texts.glob("*.txt")) if args.texts.is_dir() else [args.texts]
    texts = {file.stem: file.read_text(encoding="utf-8").removeprefix("\ufeff") for file in files}
    ours, our_seconds = by_jinxiu(args.jinxiu, str(args.texts))
    theirs, times, their_seconds = by_jionlp(texts)
    print(f"{len(texts)} texts, {sum(map(len, texts.values()))} characters\n\nfigures found, by unit")
    a, b = counts(ours), counts(theirs)
    table([("kind", "jinxiu", "jionlp")] + [(k, a[k], b[k]) for k in a] + [("all", sum(a.values()), sum(b.values()))])
    inside = sum(any(m.start() <= s and e <= m.end() for m in ADDRESS.finditer(texts[n])) for n in times for s, e in times[n])
    print(f"\ntimes that jionlp reads inside web addresses: {inside} of {sum(map(len, times.values()))}")
    print(f"seconds: jinxiu {our_seconds:.2f} (all stages, start included), jionlp {their_seconds:.2f} (money and times, loaded)")
    if args.gold:
        against_gold(args.gold, ours, theirs)


if __name__ == "__main__":
    main()
