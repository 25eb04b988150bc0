#!/usr/bin/env python3
"""Writes the generated gazetteers of this folder from open data.

    build.py OPENDATA JIEBA_DICT CORPUS.jsonl.gz LABELS.jsonl.gz

OPENDATA    the folder of open data named in ../README.md
JIEBA_DICT  dict.txt of jieba, to see which names are also common words
CORPUS      news items {"id", "text"}: how often a name occurs at all
LABELS      spans [start, end, PER|LOC|ORG|TIME] of a tagger by document id: how often it then is a name

Only strings that stand in OPENDATA are written; corpus and labels give weights and decide what is left out.
"""
import collections
import csv
import gzip
import json
import os
import re
import sys

OPEN, DICT, CORPUS, LABELS = sys.argv[1:5]
HERE = os.path.dirname(os.path.abspath(__file__))

PROVINCE_SHORT = {"内蒙古自治区": "内蒙古", "广西壮族自治区": "广西", "西藏自治区": "西藏", "宁夏回族自治区": "宁夏",
                  "新疆维吾尔自治区": "新疆", "香港特别行政区": "香港", "澳门特别行政区": "澳门"}
ABBREVIATIONS = dict(zip("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新港澳台",
    "110000 120000 130000 140000 150000 210000 220000 230000 310000 320000 330000 340000 350000 360000 370000 410000 "
    "420000 430000 440000 450000 460000 500000 510000 510000 520000 520000 530000 530000 540000 610000 610000 620000 "
    "620000 630000 640000 650000 810000 820000 710000".split()))
PEOPLES = sorted(("蒙古族 回族 藏族 维吾尔 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克 哈萨克族 傣族 "
    "黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 "
    "仡佬族 锡伯 锡伯族 阿昌族 普米族 塔吉克 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 "
    "鄂伦春 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 各族 蒙古").split(), key=len, reverse=True)
# Short forms of counties and cities that mean something else more often than not.
COMMON_WORDS = set("""东方 和平 白银 友好 友谊 前进 前锋 解放 红旗 向阳 工农 共和 互助 合作 复兴 振兴 富裕 富民 光明 宏伟 爱民 惠民 民乐 民权 平安
安全 安定 安居 安宁 太平 永和 团结 新城 新市 新兴 新建 新化 新星 新源 老城 老边 城区 郊区 矿区 城中 城北 城西 城东 城关 市中 市南 市北 路北 路南 江北
江南 河东 河西 河北 河南区 港北 港南 港口 海港 海城 湖里 南部 南城 南岸 北区 东区 西区 中区 西市 中方 大方 大名 大关 大安 大同区 大足 公安 台前 延长 建设
建安 开化 定边 得荣 比如 杂多 清新 明光 名山 天涯 天元 天台 天长 天等 天全 万全 全南 全州 兴业 乐业 和顺 和政 政和 信丰 分宜 四会 会同 会理 通道 道孚
双塔 双桥 双清 二道 三元 三台 三水 五常 五大连池 八宿 六合 九台 七里河 石门 石林 龙门 龙泉 温泉 清水 清流 曲水 响水 桃源 花园 下花园 梅花 白云 蓝田
金沙 金山 金水 银州 玉泉 宝塔 铁山 铁门关 铁东 铁西 青山 南山 西山 东山 西湖 东湖 运河 滨海 滨江 沿河 河口 江口 山亭 高平 高台 高明 高要 高安 平原 平房
平台 平山 平度 平果 无为 武功 修文 修武 文圣 文昌 文成 文明 长寿 永寿 万寿 福山 福利 中站 站前 回民 新会 社旗 灯塔 仓山 鼓楼 钟楼 城口 城步 方正 方山
方城 正定 安平 太和 同心 同德 同仁 德保 德惠 保德 保康 保靖 谢家集 田东 田林 特区 林区 林口 木兰 水富 水城 富源 资源 资中 资兴 利通 利辛 通化县 交口 交城
长子 长治县 凤凰 麒麟 龙江 龙口 海岸 海曲 岱岳 东至 东源 西和 西平 西安区 东安 东明 南和 南关 南明 北安 北关 北镇 中山 中原 中牟 中江 中卫县 前郭 后湖 左云
右玉 上高 上思 上犹 上党 下陆 乡宁 乡城 康乐 康平 安康 安乐 永康 永安 永福 永新 永兴 永丰 吉安 吉首 昌图 富平 富宁 临高 高密""".split())


def rows(path):
    with open(os.path.join(OPEN, path), encoding="utf-8") as file:
        return list(csv.DictReader(file))


def evidence():
    """Name → how often it stands in the corpus, how often a label begins and ends with it or begins with it."""
    labels = {}
    with gzip.open(LABELS, "rt", encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            labels[item["id"]] = item["spans"]
    texts = []
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        for line in file:
            item = json.loads(line)
            if item["id"] in labels:
                texts.append((item["text"], labels[item["id"]]))
    return texts


def short_form(name):
    """The name without its suffix, where two or more characters remain."""
    for suffix in ("特别行政区", "自治州", "自治县", "自治旗", "地区", "林区", "特区"):
        if name.endswith(suffix) and len(name) > len(suffix):
            stem = name[: -len(suffix)]
            while True:
                for people in PEOPLES:
                    if stem.endswith(people) and len(stem) - len(people) >= 2:
                        stem = stem[: -len(people)]
                        break
                else:
                    break
            return stem if len(stem) >= 2 and stem != name else None
    for suffix in "市县区盟旗":
        if name.endswith(suffix) and len(name) >= 3:
            return name[:-1]
    return None


class Counts:
    """Occurrences of candidate names in the corpus, with the labels they carry."""

    def __init__(self, names, texts):
        longest = max(map(len, names))
        names = set(names)
        self.seen = collections.Counter()
        self.documents = collections.Counter()
        self.whole = collections.Counter()
        self.inside = collections.Counter()
        for text, spans in texts:
            kinds = {}
            for start, end, kind in spans:
                for at in range(start, end):
                    kinds[at] = (start, end, kind)
            here = set()
            for at in range(len(text)):
                for size in range(2, min(longest, len(text) - at) + 1):
                    name = text[at: at + size]
                    if name in names:
                        self.seen[name] += 1
                        here.add(name)
                        span = kinds.get(at)
                        if span and span[:2] == (at, at + size):
                            self.whole[name, span[2]] += 1
                        elif span and span[0] == at and span[1] > at + size:
                            self.inside[name, span[2]] += 1
            self.documents.update(here)

    def weight(self, name, kinds, default):
        """0 to 9: how often what is written so is a name of these kinds."""
        seen = self.seen[name]
        good = sum(self.whole[name, kind] + self.inside[name, kind] for kind in kinds)
        return round(9 * (good + default / 9 * 4) / (seen + 4))


# Characters that the folded view writes differently, and rare ones that no simplified form is agreed on.
FOLDED = str.maketrans("乾塚於氾洩濛", "干冢于泛泄蒙")
RARE = re.compile("[磑瀂礐篢鮀鴜鷺鮜]")


def write(file_name, head, sections):
    """Sections: kind → list of (name, canonical, code, weight); a field equal to its default is left empty."""
    with open(os.path.join(HERE, file_name), "w", encoding="utf-8") as out:
        for line in head.strip().split("\n"):
            out.write(f"# {line}\n")
        for kind, entries in sections.items():
            out.write(f"@{kind}\n")
            folded = {(name.translate(FOLDED), *rest) for name, *rest in entries if not RARE.search(name)}
            for name, canonical, code, weight in sorted(folded):
                fields = [name, "" if canonical == name else canonical, code, "" if weight == 9 else str(weight)]
                while len(fields) > 2 and not fields[-1]:
                    fields.pop()
                out.write("\t".join(fields) + "\n")


def main():
    texts = evidence()
    common = {}
    with open(DICT, encoding="utf-8") as file:
        for line in file:
            word, count, tag = line.split()
            common[word] = (int(count), tag)

    # divisions
    divisions = []
    for row in rows("gb2260/province.csv"):
        name = row["name"]
        divisions.append(("province", name, row["code"], PROVINCE_SHORT.get(name, name.rstrip("省市"))))
    for row in rows("gb2260/city.csv"):
        divisions.append(("city", row["name"], row["code"], short_form(row["name"])))
    counties = rows("gb2260/area.csv")
    bearers = collections.Counter(row["name"] for row in counties)
    for row in counties:
        divisions.append(("county", row["name"], row["code"], short_form(row["name"])))
    shorts = collections.Counter(short for _, _, _, short in divisions if short)
    towns = collections.defaultdict(set)
    for row in rows("gb2260/town.csv"):
        if re.search("(镇|乡|街道|苏木)$", row["name"]) and 3 <= len(row["name"]) <= 12 and "?" not in row["name"]:
            towns[row["name"]].add(row["code"] + row["town"][:3])
    former = former_names({name for _, name, _, _ in divisions})
    zones = [(row["stat_code"], row["name_zh"]) for row in rows("zones/zones_with_statistical_code.csv")]
    etdz = [row["name_zh"] for row in rows("zones/national_etdz_232.csv")]
    organizations = []
    with open(os.path.join(OPEN, "gazetteers/hanlp_organizations.txt"), encoding="utf-8") as file:
        for line in file:
            fields = line.split()
            if len(fields) == 3 and len(fields[0]) >= 3:
                organizations.append((fields[0], fields[1], int(fields[2])))
    with open(os.path.join(OPEN, "gazetteers/company_short_names.txt"), encoding="utf-8") as file:
        companies = [line.strip() for line in file if 2 <= len(line.strip()) <= 10]

    wanted = [short for _, _, _, short in divisions if short] + [name for name, *_ in former]
    wanted += list(towns) + [name for name, *_ in organizations] + companies
    counts = Counts([name for name in wanted if len(name) <= 12], texts)

    def place_weight(name, level=""):
        count, tag = common.get(name, (0, ""))
        plain = count > 0 and not tag.startswith(("ns", "nr", "nz", "nt", "vn", "x"))
        weight = counts.weight(name, ("LOC", "ORG"), 4 if plain else 7)
        if name in COMMON_WORDS:
            return min(weight, 2)
        return max(weight, 6) if level == "city" else weight

    sections = collections.defaultdict(list)
    for level, name, code, short in divisions:
        sections[level].append((name, name, code, 4 if name in ("城区", "郊区", "矿区", "新城区") else 9))
        if short and short != name:
            sections[level].append((short, name, code, 9 if level == "province" else place_weight(short, level)))
    for mark, code in ABBREVIATIONS.items():
        name = next(name for level, name, c, _ in divisions if c == code)
        sections["abbreviation"].append((mark, name, code, 3))
    write("divisions.tsv", "Provinces, cities and counties of China with their short forms and GB/T 2260 codes.\n"
          "name, full name (empty: the same), code, weight 0 to 9 (empty: 9)", sections)

    kept = []
    for name, codes in towns.items():
        stem = re.sub("(镇|乡|街道|苏木)$", "", name)
        ambiguous = len(stem) < 2 or re.fullmatch("(城镇|集镇|小城镇|[东西南北中]街道|各街道|新乡|老乡|同乡|下乡|家乡|水乡|故乡|[一二三四五六七八九十]镇)", name)
        if not ambiguous:
            kept.append((name, name, next(iter(codes)) if len(codes) == 1 else "", 8 if len(codes) == 1 else 7))
    write("towns.tsv", "Towns, townships and subdistricts; a code where only one bears the name.\nname, full name, code, weight",
          {"town": kept})

    write("former.tsv", "Names that divisions bore until a year since 1980.\nname, present name, year of the change, weight",
          {"former": [(name, now, str(year), place_weight(name) if len(name) <= 3 else 8) for name, now, year in former]})

    # zones
    entries = set()
    for code, name in zones:
        entries.add((name, name, code, 9))
    known = {name for _, name in zones}
    for name in etdz:
        if name not in known:
            entries.add((name, name, "", 9))
    for code, name in [(c, n) for c, n in zones] + [("", n) for n in etdz if n not in known]:
        for long, short in ZONE_SHORT:
            if name.endswith(long):
                entries.add((name[: -len(long)] + short, name, code, 9))
    bare = re.compile("^(国家级?|省级|市级)?(经济技术|高新技术产业|高新技术|高新|经济|工业|科技|循环|新型|综合|农业|产业|物流|旅游|化工|现代|生态|创新|保税|出口加工)*(开发区|高新区|经开区|园区|园|工业区|产业园区|示范区|新区|农场|基地|管理区|度假区|加工区|区|经济区)$")
    entries = {(n, f, c, 2 if bare.match(n) else w) for n, f, c, w in entries if len(n) >= 3}
    entries = {e for e in entries if not re.search("街道|办事处|社区|管委会|居委会|[0-9]|镇$|乡$|村$", e[0])}
    write("zones.tsv", "Development zones of China with statistical codes, and their usual short forms.\nname, full name, code, weight",
          {"zone": list(entries)})

    # organizations and companies
    kinds = {"ntu": "university", "nts": "organization", "nth": "organization", "nto": "organ", "ntc": "company", "ntcb": "company",
             "ntcf": "company", "ntch": "company", "nit": "organization", "nt": "organization"}
    sections = collections.defaultdict(list)
    for name, tag, count in organizations:
        if tag == "ntu" and re.search("(大学|学院)$", name) and len(name) <= 10 and count >= 2:
            sections["university"].append((name, name, "", 9))
            continue
        seen = counts.seen[name]
        kind = kinds[tag]
        if re.search("(公司|集团|银行|股份|企业|厂|证券|保险|航空|酒店|超市)$", name):
            kind = "company"
        good = counts.whole[name, "ORG"]
        bad = GENERIC.search(name) or name in common and not common[name][1].startswith("nt")
        if not bad and (count >= 10 or seen >= 2) and (seen == 0 or good / seen >= 0.34):
            weight = counts.weight(name, ("ORG",), 6)
            if weight >= 4:
                sections[kind].append((name, name, "", weight))
    write("organizations.tsv", "Bodies and companies that news names often.\nname, full name, code, weight", sections)

    divided = {short for _, _, _, short in divisions if short} | {name for _, name, _, _ in divisions}
    entries = []
    for name in set(companies):
        seen = counts.documents[name]
        good = counts.whole[name, "ORG"]
        count, tag = common.get(name, (0, ""))
        if seen < 2 or good < 1 or good / counts.seen[name] < 0.3 or name in divided or NO_COMPANY.search(name) or GENERIC.search(name):
            continue
        if count > 0 and not tag.startswith(("nt", "nz")) and good / counts.seen[name] < 0.7:
            continue
        entries.append((name, name, "", counts.weight(name, ("ORG",), 4)))
    write("companies.tsv", "Short names of companies that news names repeatedly and that are not common words.\nname, full name, code, weight",
          {"company": entries})

    industries()
    person_characters()


ZONE_SHORT = [("经济技术开发区", "经开区"), ("高新技术产业开发区", "高新区"), ("高新技术开发区", "高新区"), ("高新技术产业园区", "高新区"),
              ("高新技术产业园", "高新区"), ("高新技术产业开发区", "高新技术开发区"), ("经济技术开发区", "经济开发区"),
              ("经济开发区", "经开区"), ("循环化工园区", "化工园区"), ("出口加工区", "加工区"), ("旅游度假区", "度假区")]
GENERIC = re.compile("^(业|东|西|南|北|各|该|本|某|全|市|县|区|州|省|系统|自来水|热力|联合|有限|责任|股份|集团|公司|三甲|驻|代表|记者)"
                     "|(队|代表团|俱乐部|联队|球队|男篮|女排|女篮|男足|女足|车队|家庭|小组)$")


NO_COMPANY = re.compile("(大学|网|报|局|会|联|部|委|院|行业)$|^(世界银行|国务院|中肯|切尔西|阿森纳|申花|永居|天玑)")


def former_names(current):
    with open(os.path.join(OPEN, "gb2260/historical_changes_v1.json"), encoding="utf-8") as file:
        events = json.load(file)["events"]
    found = {}
    for event in events:
        old, new = event["old"]["name"], event["new"]["name"]
        if old and new and old != new and old not in current and len(old) >= 3 and "直辖" not in old and old != "市辖区":
            found[old] = (old, new, event["year"])
    with open(os.path.join(OPEN, "gb2260/aliases.json"), encoding="utf-8") as file:
        for alias in json.load(file)["historical"]:
            if len(alias["alias"]) >= 2 and alias["alias"] not in current:
                found.setdefault(alias["alias"], (alias["alias"], alias["canonical"], alias.get("year") or ""))
    return sorted(found.values())


def industries():
    entries = []
    for row in rows("industry/gbt4754_2017.csv"):
        name, code, level = row["name_zh"], row["code"], row["level"]
        if re.search("^(其他|未列明)|未列明|[、（）]|及其他|^其他", name) or len(name) < 2 or len(name) > 14:
            if level != "division" or len(name) > 14:
                continue
        weight = {"section": 9, "division": 8, "group": 4, "class": 3}[level]
        if name.endswith(("业", "制造业")):
            weight = max(weight, 8)
        entries.append((name, name, code, weight))
        if level in ("group", "class") and name.endswith("制造") and "、" not in name and len(name) >= 4:
            entries.append((name + "业", name, code, 9))
        if name.endswith("制造业") and len(name) > 5 and "、" not in name:
            entries.append((name[:-3], name, code, 3))
    write("classification.tsv", "Titles of GB/T 4754-2017 without lists and remainders, and the forms they take in running text.\n"
          "name, title, code, weight", {"industry": entries})


def person_characters():
    surnames, given = [], []
    with open(os.path.join(OPEN, "gazetteers/hanlp_person_name_characters.txt"), encoding="utf-8") as file:
        for line in file:
            fields = line.split()
            name, roles = fields[0], dict(zip(fields[1::2], map(int, fields[2::2])))
            if not all("\u4e00" <= c <= "\u9fff" for c in name):
                continue
            if len(name) <= 2 and roles.get("B", 0) >= (3 if len(name) == 1 else 5):
                surnames.append((name, roles["B"]))
            if len(name) == 1 and roles.get("C", 0) + roles.get("D", 0) + roles.get("E", 0) >= 5:
                given.append((name, roles.get("C", 0), roles.get("D", 0), roles.get("E", 0)))
    with open(os.path.join(HERE, "person_characters.tsv"), "w", encoding="utf-8") as out:
        out.write("# How often a character stands in personal names: as surname, first, second and only character of the given name.\n")
        out.write("# character, surname, first, second, only\n")
        merged = {name: [count, 0, 0, 0] for name, count in surnames if len(name) == 1}
        for name, first, second, only in given:
            merged.setdefault(name, [0, 0, 0, 0])[1:] = [first, second, only]
        for name, numbers in sorted(merged.items()):
            out.write("\t".join([name, *map(str, numbers)]) + "\n")


if __name__ == "__main__":
    main()
