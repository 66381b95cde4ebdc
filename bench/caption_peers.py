#!/usr/bin/env python3
"""Caption metrics as whole processes, beside pycocoevalcap doing the same work on the same captions.

usage: caption_peers.py SPATIUM [CAPTIONS] [REFERENCES]                                 (30,000 and 5)

Peers: pycocoevalcap's Python (BLEU, CIDEr, ROUGE-L) and the two Java programs that it runs (the Treebank
tokenizer of CoreNLP, METEOR 1.5). Ours has METEOR's word tables from the same jar. What both give is
compared before anything is timed, and the largest difference is printed (bench/peers.py).
"""
import gzip
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

from peers import compare, header, need

OBJECTS = ("chair table couch sofa lamp door window bed cabinet shelf bookshelf television monitor trash-can toilet "
           "fridge refrigerator sink desk curtain picture box pillow blanket stool bench dresser nightstand mirror rug "
           "towel printer keyboard backpack suitcase radiator counter oven microwave dishwasher bathtub").split()
LOOKS = ("red large small little wooden brown black dark-blue L-shaped 3-legged round old tall white grey gray "
         "rectangular square tiny big huge narrow wide glass metal leather padded empty open closed").split()
PLACES = ("next to", "near", "to the left of", "on top of", "under", "in front of", "beside", "behind", "close to",
          "5-foot from", "2.5m from", "across from", "in the corner behind", "against the wall near")
STARTS = ("This is a", "There is a", "The", "It's the", "You'll see a", "A")
ENDS = (".", "", " .", ", it is old.", "! It isn't open.", " (near the door).", ", facing the room's center.",
        "; the user's \"favourite\" one.", " and it has two drawers.", " where somebody is sitting.")


def caption(rng):
    return (f"{rng.choice(STARTS)} {rng.choice(LOOKS)} {rng.choice(OBJECTS)} {rng.choice(PLACES)} the "
            f"{rng.choice(LOOKS)} {rng.choice(OBJECTS)}{rng.choice(ENDS)}")


def varied(rng, text):
    words = [word for word in text.split() if rng.random() > 0.15]
    return " ".join(rng.choice(OBJECTS) if rng.random() < 0.1 else word for word in words) or text


def write_rows(folder, rows):
    with open(folder, "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_rows(path):
    with open(path, encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


def write_captions(work, n, num_references):
    """ptb.jsonl: captions as written; captions.jsonl: one corpus of tokens; meteor.jsonl: a row each."""
    from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer
    rng = random.Random(6)
    gold = [[caption(rng) for _ in range(num_references)] for _ in range(n)]
    texts = [varied(rng, rng.choice(captions)) for captions in gold]
    write_rows(work / "ptb.jsonl", ({"task": "ptb_tokenize", "pred": text, "gt": None, "expected": ""}
                                    for text in [*texts, *(text for captions in gold for text in captions)]))

    def tokens(captions):
        return PTBTokenizer().tokenize({i: [{"caption": t} for t in c] for i, c in enumerate(captions)})
    gold, texts = tokens(gold), tokens([[text] for text in texts])
    corpus = {"task": "captions/speed", "pred": [texts[i][0] for i in range(n)], "gt": [gold[i] for i in range(n)],
              "expected": {}}
    write_rows(work / "captions.jsonl", [corpus])
    write_rows(work / "meteor.jsonl", ({"task": "meteor_paraphrase", "pred": texts[i][0], "gt": gold[i],
                                        "expected": {}} for i in range(n)))
    with gzip.open(work / "no-paraphrases.gz", "wb"):
        pass


# --- the peers, each in a process of its own --------------------------------------------------------

def meteor_jar():
    import pycocoevalcap
    return pathlib.Path(list(pycocoevalcap.__path__)[0]) / "meteor" / "meteor-1.5.jar"


def peer_ptb(path):
    from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer
    texts = {i: [{"caption": row["pred"]}] for i, row in enumerate(read_rows(path))}
    for text in PTBTokenizer().tokenize(texts).values():
        print(text[0])


def peer_captions(path):
    """BLEU, CIDEr, ROUGE-L, and METEOR's statistics and item scores without paraphrases."""
    from pycocoevalcap.bleu.bleu import Bleu
    from pycocoevalcap.cider.cider import Cider
    from pycocoevalcap.rouge.rouge import Rouge
    (row,) = read_rows(path)
    gold, texts = dict(enumerate(row["gt"])), {i: [p] for i, p in enumerate(row["pred"])}
    out = {}
    for name, metric, options in (("BLEU", Bleu(4), {"verbose": 0}), ("CIDEr", Cider(), {}), ("ROUGE_L", Rouge(), {})):
        score, items = metric.compute_score(gold, texts, **options)
        out[name] = list(score) if name == "BLEU" else float(score)
        out[f"{name}_per_item"] = [list(map(float, i)) for i in items] if name == "BLEU" else list(map(float, items))
    lines = "".join(" ||| ".join(["SCORE", *gold[i], texts[i][0]]) + "\n" for i in gold)
    java = ["java", "-Xmx2G", "-jar", str(meteor_jar()), "-", "-", "-stdio", "-l", "en", "-norm",
            "-a", str(pathlib.Path(path).parent / "no-paraphrases.gz")]
    done = subprocess.run(java, input=lines.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    out["METEOR_stats_per_item"] = done.stdout.decode().split("\n")[:len(gold)]
    print(json.dumps(out))


def peer_meteor(path):
    """The wrapper as papers run it: with paraphrases."""
    from pycocoevalcap.meteor.meteor import Meteor
    rows = read_rows(path)
    _, items = Meteor().compute_score({i: row["gt"] for i, row in enumerate(rows)},
                                      {i: [row["pred"]] for i, row in enumerate(rows)})
    print(json.dumps(items))


# --- what both must agree on ------------------------------------------------------------------------

def same_tokens(ours, peer):
    mine = [json.loads(line)["value"] for line in ours.splitlines()]
    theirs = peer.split("\n")[:len(mine)]
    wrong = [(a, b) for a, b in zip(mine, theirs) if a != b]
    if wrong or len(mine) != len(theirs):
        sys.exit(f"{len(wrong)} of {len(mine)} captions have other tokens: {wrong[:3]}")
    return "the same tokens"


def largest(a, b):
    if isinstance(a, list):
        if len(a) != len(b):
            sys.exit(f"{len(a)} values, the peer has {len(b)}")
        return max(map(largest, a, b), default=0)
    return abs(a - b)


def same_scores(ours, peer):
    mine, theirs = json.loads(ours)["value"], json.loads(peer)
    lines = list(zip(mine["METEOR_stats_per_item"], theirs.pop("METEOR_stats_per_item")))
    same = sum(a == b for a, b in lines)
    difference = max(largest(mine[key], theirs[key]) for key in theirs)
    if difference > 1e-9:
        sys.exit(f"scores differ by {difference}")
    return f"largest difference {difference:.1e}; METEOR's statistics: {same:,} of {len(lines):,} the same"


def same_meteor(ours, peer):
    mine = [json.loads(line)["value"]["score"] for line in ours.splitlines()]
    theirs = json.loads(peer)
    difference, wrong = largest(mine, theirs), sum(abs(a - b) > 1e-9 for a, b in zip(mine, theirs))
    return f"{len(mine) - wrong:,} of {len(mine):,} the same, largest difference {difference:.1e}"


def main():
    need(("pycocoevalcap", "numpy"), "pip install --no-deps pycocoevalcap==1.2; pip install numpy")
    if shutil.which("java") is None:
        print("skipped: no java")
        return
    spatium = sys.argv[1]
    n = int(sys.argv[2]) if len(sys.argv) > 2 else 30_000
    num_references = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    env = dict(os.environ, SPATIUM_METEOR_JAR=str(meteor_jar()))
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        write_captions(work, n, num_references)
        header()
        of = f"of {n:,} captions with {num_references} references"
        for name, file, check in ((f"PTB tokens of {(1 + num_references) * n:,} captions", "ptb", same_tokens),
                                  (f"BLEU, CIDEr, ROUGE-L and METEOR without paraphrases {of}", "captions", same_scores),
                                  (f"METEOR with paraphrases {of}", "meteor", same_meteor)):
            path = work / f"{file}.jsonl"
            compare(name, [spatium, "metric", "eval", path], [sys.executable, __file__, "--peer", file, path], check,
                    env)


if __name__ == "__main__":
    if sys.argv[1] == "--peer":
        {"captions": peer_captions, "ptb": peer_ptb, "meteor": peer_meteor}[sys.argv[2]](sys.argv[3])
    else:
        main()
