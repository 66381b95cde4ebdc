"""rbler/MMSI-Video-Bench: mmsivideo.json, frames.zip and ref_images.zip."""
from .common import LETTERS, Fixture, Question, count, jpeg, lettered, things

TYPES = ["(Cross-Video) Memoery Update", "(Motion Understanding) Camera Motion", "Planning",
         "(Spatial Construction) Instance/Scene Attribute"]


def sampled(sizes, most=50):
    """Frames of each clip: of all together `most`, spread evenly, one of each at least."""
    total = sum(sizes)
    if total <= most:
        return list(sizes)
    at = [int(i * (total - 1) / (most - 1)) for i in range(most)]
    counts, begin = [], 0
    for size in sizes:
        counts.append(max(1, sum(begin <= a < begin + size for a in at)))
        begin += size
    return counts


def write(folder, n, rng):
    rows, questions, prompts = [], [], {}
    frames, refs = {}, {"ref_images/map.jpg": jpeg(rng)}
    clips = {f"clip{k}": rng.choice([3, 30, 70]) for k in range(6)}
    clips["clip0"], clips["clip1"], clips["clip2"] = 70, 1, 70  # no step meets the one frame between
    for clip, size in clips.items():
        for k in range(size):
            frames[f"frames/{clip}/00:{k:02d}.00_frame_0.50_{k}.jpg"] = jpeg(rng, 4, 4)
    for i in range(n):
        names = rng.sample(sorted(clips), rng.randint(1, 2)) if i else ["clip0", "clip1", "clip2"]
        with_ref = i % 3 == 0
        options, answer, kind = things(rng, rng.randint(3, 6)), 0, TYPES[i % 4]
        answer = rng.randrange(len(options))
        user = "".join(f"Clip {k + 1}: <video>\n" for k in range(len(names)))
        user += f"{'The map is <image>. ' if with_ref else ''}What happens in {i}?\n" + lettered(options, ". ") + "\n"
        id_ = f"question_{i:04d}"
        rows.append({
            "id": id_, "type": kind, "system_prompt": "You watch videos.", "task_prompt": "Mind the time. ",
            "user_prompt": user, "ori_question": user, "format_prompt": "Reply with a letter.",
            "ground_truth": LETTERS[answer], "ref_images": ["map.jpg"] if with_ref else [],
            "video_list": [{"path": f"{c}.mp4", "start": 0, "end": 9, "base_fps": 2} for c in names],
            "frames_list": [[f"{c}/00:{k:02d}.00_frame_0.50_{k}.jpg" for k in range(clips[c])] for c in names]})
        counts = sampled([clips[c] for c in names])
        text = "Mind the time. " + user + "Reply with a letter."
        for shown in counts:
            text = text.replace("<video>", "<image>" * shown, 1)
        prompts[id_, "official"] = "<system>You watch videos.</system>" + text
        prompts[id_, "lmms-eval"] = "You watch videos." + text
        category = kind[1:kind.index(")")] if kind.startswith("(") else kind
        questions.append(Question(id_, kind, LETTERS[answer], list(LETTERS[:len(options)]),
                                  {"task": kind, "category": category}, sum(counts) + with_ref))
    folder.json("mmsivideo.json", rows)
    folder.zip("frames.zip", frames)
    folder.zip("ref_images.zip", refs)
    return Fixture(questions, prompts=prompts, needs=["id", "type", "user_prompt", "ground_truth", "frames_list"],
                   groupings={"task": count(questions, "task"), "category": count(questions, "category")})
