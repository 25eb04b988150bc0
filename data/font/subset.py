"""Cuts the font of charts out of Noto Sans SC Regular: run beside it as `python3 subset.py NotoSansSC_400Regular.ttf ../../`."""
import glob, subprocess, sys
font, root = sys.argv[1:3]
chars = set(chr(c) for c in range(0x20, 0x7F)) | set("\u3000·—–‘’“”…、。〈〉《》「」『』【】（），：；？！％＋－～〔〕℃㎡°±×÷≈≤≥≠→↑↓‰①②③④⑤⑥⑦⑧⑨⑩万亿")
# GB 2312, level 1: the characters of everyday text.
for row in range(0xB0, 0xD8):
    for cell in range(0xA1, 0xFF):
        try:
            chars.add(bytes([row, cell]).decode("gb2312"))
        except UnicodeDecodeError:
            pass
# Big5, level 1: the same in traditional script.
for row in range(0xA4, 0xC7):
    for cell in [*range(0x40, 0x7F), *range(0xA1, 0xFF)]:
        try:
            chars.add(bytes([row, cell]).decode("big5"))
        except UnicodeDecodeError:
            pass
for path in glob.glob(root + "data/gazetteer/divisions.tsv") + glob.glob(root + "data/indicators/*.toml") + glob.glob(root + "ontology/*.ttl") + glob.glob(root + "data/gazetteer/sectors.tsv"):
    chars |= {c for c in open(path, encoding="utf-8").read() if c > "\u3000" and c < "\ufb00"}
open("characters.txt", "w", encoding="utf-8").write("".join(sorted(chars)))
subprocess.run([sys.executable, "-m", "fontTools.subset", font, "--text-file=characters.txt", "--output-file=NotoSansSC-subset.ttf",
                "--no-hinting", "--layout-features=kern", "--name-IDs=0,1,2,3,4,5,6,13,14", "--drop-tables+=DSIG,vhea,vmtx,VORG,BASE,STAT", "--desubroutinize"], check=True)
print(len(chars))
