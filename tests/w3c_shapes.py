#!/usr/bin/env python3
"""Holds `jinxiu check` against the W3C's tests of SHACL, those of its core and those that say constraints in SPARQL.

    w3c_shapes.py PROGRAM SUITE

SUITE is the folder data-shapes-test-suite/tests of https://github.com/w3c/data-shapes, or test/resources/sht_tests of the sources
of pySHACL (`pip download --no-binary :all: --no-deps pyshacl`). Needs rdflib. A test is passed where `check` reports the same set of
results: focus, path, severity, component and value; blank nodes and composite paths count as alike. Exit code 0 if all are passed.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import rdflib
from rdflib.namespace import RDF

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
rdflib.NORMALIZE_LITERALS = False


def spelt(term):
    """A term as reports print it."""
    return "" if term is None else "_" if isinstance(term, rdflib.BNode) else str(term)


def expected(graph, report):
    """The set of results that a test expects, or that the shapes are refused."""
    if report == SHT.Failure:
        return "refused"
    properties = [SH.focusNode, SH.resultPath, SH.resultSeverity, SH.sourceConstraintComponent, SH.value]
    rows = ([spelt(graph.value(result, p)) for p in properties] for result in graph.objects(report, SH.result))
    return {(focus, path, severity.rsplit("#")[-1], component, value) for focus, path, severity, component, value in rows}


def reported(program, data, shapes):
    """The set of results that the program reports, or that it refuses the shapes."""
    command = [program, "check", "--data", str(data), "--shapes", str(shapes), "--format", "json", "-q"]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 1):
        return "refused"
    blank = lambda text: "_" if text.startswith("_:") else text
    path = lambda text: "_" if any(sign in text for sign in "^|/*+?() ") and "<" in text else text
    rows = json.loads(run.stdout)["results"]
    return {(blank(r["focus"]), path(r["path"] or ""), r["severity"], r["constraint"], blank(r["value"] or "")) for r in rows}


def with_base(source, folder):
    """A copy of a file that says relative to what its IRIs are."""
    copy = pathlib.Path(folder) / source.name
    copy.write_text(f"@base <{source.as_uri()}> .\n" + source.read_text(encoding="utf-8"), encoding="utf-8")
    return copy


def tests(suite):
    """Each test: its name, the files of data and shapes, what is expected."""
    for path in sorted(suite.rglob("*.ttl")):
        graph = rdflib.Graph().parse(path, publicID=path.as_uri())
        for test in sorted(graph.subjects(RDF.type, SHT.Validate)):
            action, result = graph.value(test, MF.action), graph.value(test, MF.result)
            files = [graph.value(action, p) for p in (SHT.dataGraph, SHT.shapesGraph)]
            files = [pathlib.Path(str(file).removeprefix("file://")) for file in files]
            yield path.relative_to(suite).with_suffix(""), *files, expected(graph, result)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("suite", type=lambda path: pathlib.Path(path).resolve())
    args = parser.parse_args()
    counts = {}
    for name, data, shapes, wanted in tests(args.suite):
        with tempfile.TemporaryDirectory() as folder:
            found = reported(args.program, with_base(data, folder), with_base(shapes, folder))
        passed, all_ = counts.get(name.parts[0], (0, 0))
        counts[name.parts[0]] = (passed + (found == wanted), all_ + 1)
        if found != wanted:
            print(f"{name}\n  expected {wanted}\n  found    {found}")
    for part, (passed, all_) in counts.items():
        print(f"{part}: {passed} of {all_}")
    sys.exit(any(passed < all_ for passed, all_ in counts.values()))


if __name__ == "__main__":
    main()
