#!/usr/bin/env python3
"""Makes a large store of a small one: its documents again and again under other names, until there are so many quads.

    python3 benches/large_store.py graph large --quads 10000000
    python3 benches/against_oxigraph.py large --no-questions
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import tempfile

# What is called after a document; entities, periods and indicators are shared by all copies, as they are by documents.
OWN = re.compile(r"/id/(graph|document|statement|passage|selector|figure|slice|import)/")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", help="the folder of a store")
    parser.add_argument("large", type=pathlib.Path, help="the folder of the new store")
    parser.add_argument("--quads", type=int, default=10_000_000, help="at least so many quads in named graphs")
    parser.add_argument("--jinxiu", default=shutil.which("jinxiu") or "jinxiu", help="the program")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.large.parent) as folder:
        small, many = pathlib.Path(folder, "small.nq"), pathlib.Path(folder, "many.nq")
        subprocess.run([args.jinxiu, "export", "-q", "--store", args.store, "-o", str(small)], check=True)
        lines = [line for line in small.read_text(encoding="utf-8").splitlines(True)
                 if re.search(r"/id/graph/[^ ]*> \.$", line)]
        copies = -(-args.quads // len(lines))
        with many.open("w", encoding="utf-8") as out:
            for copy in range(copies):
                out.writelines(OWN.sub(rf"/id/\1/c{copy}-", line) for line in lines)
        print(f"{copies} times {len(lines)} quads")
        subprocess.run([args.jinxiu, "import", str(many), "--store", str(args.large)], check=True)


if __name__ == "__main__":
    main()
