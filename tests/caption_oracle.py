#!/usr/bin/env python3
"""Compares Spatium's caption metrics with pycocoevalcap and its Java programs on made-up captions.

usage: caption_oracle.py SPATIUM WORK

Tokens, METEOR's statistics and item scores must be the same; means agree to 1e-12. Exit code 77 if
pycocoevalcap or Java is missing. METEOR runs without paraphrases and with made-up tables, as its
own takes longer to read than everything else together.
"""
import contextlib
import gzip
import io
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys

try:
    import pycocoevalcap
    from pycocoevalcap.bleu.bleu import Bleu
    from pycocoevalcap.cider.cider import Cider
    from pycocoevalcap.rouge.rouge import Rouge
    from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer
except ImportError:
    print("pycocoevalcap is not installed: skipped")
    sys.exit(77)
if shutil.which("java") is None:
    print("java is not installed: skipped")
    sys.exit(77)

SPATIUM, WORK = sys.argv[1], pathlib.Path(sys.argv[2])
JAR = pathlib.Path(list(pycocoevalcap.__path__)[0]) / "meteor" / "meteor-1.5.jar"
RANDOM = random.Random(7)

OBJECTS = ("chair table couch sofa lamp door window bed cabinet shelves television TV monitor "
           "trash-can toilet fridge sink desk curtain picture boxes").split()
LOOKS = "red large small little wooden brown black dark-blue L-shaped 3-legged round old".split()
PLACES = ("next to", "near", "to the left of", "on top of", "under", "in front of", "between",
          "5-foot from", "2.5m from", "1/2 foot from")
ODD = ("it's", "isn't", "they've", "o'clock", "Mr. Smith's", "U.S.", "etc.", "(brown)", "[left]",
       '"quoted"', "'tis", "cannot", "gonna", "e.g.", "a.m.", "$5", "50%", "#1", "&", "and/or",
       "1,000", "12:30", "...", "--", ";", "!", "?!", ":)", "caf\u00e9", "\u00bd", "50\u00b0", "U-turn",
       "http://a.com/b", "AT&T", "'90s", "fig. 5", "No. 7", "x.y", "l'eau", "Ph.D.", "\u201cso\u201d")


def caption():
    words = ["the", RANDOM.choice(LOOKS), RANDOM.choice(OBJECTS), "is", RANDOM.choice(PLACES),
             "a", RANDOM.choice(OBJECTS)]
    for _ in range(RANDOM.randrange(3)):
        words.insert(RANDOM.randrange(len(words) + 1), RANDOM.choice(ODD))
    return " ".join(words) + RANDOM.choice(["", ".", " .", ", it is old.", "!"])


def varied(text):
    words = [w for w in text.split() if RANDOM.random() > 0.1]
    for i, word in enumerate(words):
        if RANDOM.random() < 0.1:
            words[i] = RANDOM.choice([word + "s", word.upper(), RANDOM.choice(OBJECTS)])
    return " ".join(words)


def spatium(rows, jar=JAR):
    """The values of golden rows."""
    file = WORK / "rows.jsonl"
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    out = subprocess.run([SPATIUM, "metric", "eval", str(file)], stdout=subprocess.PIPE,
                         env=dict(os.environ, SPATIUM_METEOR_JAR=str(jar)), check=True).stdout
    return [json.loads(line)["value"] for line in out.decode().split("\n") if line]


def write_table(path, pairs):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as table:
        table.writelines(f"0.5\n{first}\n{second}\n" for first, second in pairs)


def meteor(items, table):
    """Statistics lines of METEOR 1.5 with a paraphrase table."""
    lines = "".join(" ||| ".join(["SCORE", *gold, text]) + "\n" for text, gold in items)
    done = subprocess.run(["java", "-Xmx1G", "-jar", str(JAR), "-", "-", "-stdio", "-l", "en", "-norm",
                           "-a", str(table)], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().split("\n")[:len(items)]


def close(a, b):
    if isinstance(a, list):
        return len(a) == len(b) and all(map(close, a, b))
    return a == b or abs(a - b) <= 1e-12 * max(abs(a), abs(b))


def check_tokens():
    texts = [caption() for _ in range(600)]
    with contextlib.redirect_stderr(io.StringIO()):
        tokens = PTBTokenizer().tokenize({i: [{"caption": t}] for i, t in enumerate(texts)})
    found = spatium([{"task": "ptb_tokenize", "pred": t} for t in texts])
    return [f"tokens of {t!r}: {v!r}, not {tokens[i][0]!r}"
            for i, (t, v) in enumerate(zip(texts, found)) if v != tokens[i][0]]


def check_scores():
    gold = [[caption() for _ in range(RANDOM.randrange(1, 4))] for _ in range(150)]
    texts = [varied(RANDOM.choice(g)) for g in gold]
    value = spatium([{"task": "captions/oracle", "pred": texts, "gt": gold}])[0]
    references, results = dict(enumerate(gold)), {i: [t] for i, t in enumerate(texts)}
    want = {}
    with contextlib.redirect_stdout(io.StringIO()):
        want["BLEU"], want["BLEU_per_item"] = Bleu(4).compute_score(references, results)
        want["CIDEr"], items = Cider().compute_score(references, results)
        want["CIDEr_per_item"] = list(items)
        want["ROUGE_L"], items = Rouge().compute_score(references, results)
        want["ROUGE_L_per_item"] = list(items)
    wrong = [f"{key}: {str(value[key])[:200]}, not {str(want[key])[:200]}"
             for key in want if not close(value[key], want[key])]
    empty = WORK / "empty.gz"
    write_table(empty, [])
    for text, line, stats in zip(texts, meteor(list(zip(texts, gold)), empty), value["METEOR_stats_per_item"]):
        if line != stats:
            wrong.append(f"METEOR of {text!r}: {stats}, not {line}")
    return wrong


def check_paraphrases(letters, num_pairs, max_words):
    """Lines of few words, so that a word has many matches and the beam drops paths."""
    def phrase(low, high):
        return " ".join("x" + RANDOM.choice(letters) for _ in range(RANDOM.randint(low, high)))
    pairs = {(phrase(1, 3), phrase(1, 3)) for _ in range(num_pairs)}
    folder = WORK / "jar"
    table = folder / "data" / "paraphrase-en.gz"
    write_table(table, sorted((a, b) for a, b in pairs if a != b))
    (folder / JAR.name).unlink(missing_ok=True)
    (folder / JAR.name).symlink_to(JAR)
    items = [(phrase(1, max_words), [phrase(1, max_words)]) for _ in range(1500)]
    found = spatium([{"task": "meteor_paraphrase", "pred": text, "gt": gold} for text, gold in items],
                    folder / JAR.name)
    return [f"METEOR of {text!r} for {gold[0]!r}: {value['stats']}, not {line}"
            for (text, gold), line, value in zip(items, meteor(items, table), found)
            if line != value["stats"]]


WORK.mkdir(parents=True, exist_ok=True)
wrong = (check_tokens() + check_scores() + check_paraphrases("abcd", 12, 14)
         + check_paraphrases("abcdefgh", 60, 30))
print("\n".join(wrong[:20]) if wrong else "tokens, BLEU, CIDEr, ROUGE-L and METEOR agree")
sys.exit(1 if wrong else 0)
