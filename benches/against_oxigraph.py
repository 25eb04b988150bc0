#!/usr/bin/env python3
"""Asks jinxiu and oxigraph the same fifty questions of the same store, and lets both write it out.

    cargo install oxigraph-cli --version 0.5.13 --locked
    python3 benches/against_oxigraph.py graph --jinxiu jinxiu --oxigraph oxigraph

The questions are those of queries/ and queries/cube with their defaults, prefixes declared, without those that ask another
endpoint. A time is that of the whole process, results as TSV, the least of the rounds, which is what a program needs where other
work on the machine has its turns too; the two programs take turns. Where there is much other work the processor time tells more
than the clock. Both see the same rows, or the line says so.
"""

import argparse
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent.parent
ALL = "SELECT * { ?s ?p ?o }"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=pathlib.Path, help="the folder of a store")
    parser.add_argument("--jinxiu", default=shutil.which("jinxiu") or "jinxiu", help="the program")
    parser.add_argument("--oxigraph", default=shutil.which("oxigraph") or "oxigraph", help="the program")
    parser.add_argument("--rounds", type=int, default=5, help="how often each question is asked")
    parser.add_argument("--no-export", action="store_true", help="questions only")
    parser.add_argument("--no-questions", action="store_true", help="export only")
    return parser.parse_args()


def prefixes(jinxiu):
    lines = subprocess.run([jinxiu, "prefixes"], capture_output=True, text=True, check=True).stdout
    rows = [line.split("\t") for line in lines.splitlines()[1:]]
    return "".join(f"PREFIX {row[0].rstrip(':')}: <{row[1].strip('<>')}>\n" for row in rows)


def questions(head):
    """Fifty questions: name and text."""
    found = []
    for path in sorted((HERE / "queries").glob("*.rq")) + sorted((HERE / "queries/cube").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        if "SERVICE" in text:
            continue
        values = dict(re.findall(r"^# @param (\w+) (\"[^\"]*\"\S*|\S+)", text, re.M))
        values = {name: value.replace("@zh", "@zh-hans") for name, value in values.items()}
        values |= {"lang": '"zh-hans"', "script": '"zh-hans"'}
        text = re.sub(r"\$(\w+)", lambda m: values.get(m[1], m[0]), text)
        found.append((path.stem, head + text))
    return found[:50]


def timed(command):
    """Seconds by the clock, seconds of processor time, and what was printed."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    took, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode not in (0, 1):
        sys.exit(f"{command[0]}: {run.stderr.decode().strip()}")
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, run.stdout


def first_row(command):
    """Seconds until the first row after the header."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        run.stdout.readline()
        run.stdout.readline()
        took = time.perf_counter() - begun
        run.kill()
    return took


def in_turn(rounds, measure, commands):
    """What was measured of each command, the commands taking turns."""
    return list(zip(*[[measure(command) for command in commands] for _ in range(rounds)]))


def least(runs):
    """The least time by the clock and the least processor time."""
    return [min(run[place] for run in runs) for place in (0, 1)]


def peak(command):
    """Seconds, and the most memory in MB."""
    pid, begun = os.posix_spawnp(command[0], command, os.environ), time.perf_counter()
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def version(program):
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return f"{said.strip()} ({program})"


def main():
    args = arguments()
    store = str(args.store)
    print(f"{version(args.jinxiu)} against {version(args.oxigraph)}")

    def both(text):
        return ([args.jinxiu, "query", "-q", "--store", store, "--format", "tsv", text],
                [args.oxigraph, "query", "--location", store, "--results-format", "tsv", "--query", text])

    if not args.no_questions:
        ask(args, both)
    if not args.no_export:
        export(args, store)


def ask(args, both):
    rows = []
    for name, text in questions(prefixes(args.jinxiu)):
        commands = both(text)
        lines = [len(timed(command)[2].splitlines()) for command in commands]
        (ours, our_work), (theirs, their_work) = map(least, in_turn(args.rounds, timed, commands))
        rows.append((ours, theirs, our_work, their_work))
        note = "" if lines[0] == lines[1] else f"  rows differ: {lines[0]} and {lines[1]}"
        print(f"{name:24} {1000 * ours:9.1f} ms {1000 * theirs:9.1f} ms  {ours / theirs:5.2f}   processor "
              f"{1000 * our_work:9.1f} ms {1000 * their_work:9.1f} ms  {our_work / their_work:5.2f}{note}", flush=True)
    for what, place in (("by the clock", 0), ("of processor time", 2)):
        ours, theirs = (sum(row[place + side] for row in rows) for side in (0, 1))
        ratios = [row[place] / row[place + 1] for row in rows]
        print(f"{len(rows)} questions {what}: {ours:.2f} s and {theirs:.2f} s, {ours / theirs:.2f} times; "
              f"median {statistics.median(ratios):.2f}, worst {max(ratios):.2f}")
    ours, theirs = map(min, in_turn(args.rounds, first_row, both(ALL)))
    print(f"first row of all: {1000 * ours:.0f} ms and {1000 * theirs:.0f} ms")
    table = [args.jinxiu, "query", "-q", "--store", str(args.store), "--format", "table", ALL]
    print(f"first row of all in a table: {1000 * min(first_row(table) for _ in range(args.rounds)):.0f} ms")


def export(args, store):
    """Quads, then triples, the graphs merged: what queries see is the default graph of the store."""
    with tempfile.TemporaryDirectory(dir=args.store.parent) as folder:
        for syntax, graph in (("nq", []), ("ttl", ["--graph", "default"])):
            files = [os.path.join(folder, f"{name}.{syntax}") for name in ("jinxiu", "oxigraph")]
            commands = ([args.jinxiu, "export", "-q", "--store", store, "-o", files[0]],
                        [args.oxigraph, "dump", "--location", store, "--file", files[1], *graph])
            for command, file in zip(commands, files):
                seconds, memory = min(peak(command) for _ in range(2))
                size = os.path.getsize(file)
                print(f"{pathlib.Path(command[0]).name} {command[1]} {syntax}: {size / 1e6:.0f} MB of text in "
                      f"{seconds:.1f} s, {memory:.0f} MB of memory", flush=True)
                os.remove(file)


if __name__ == "__main__":
    main()
