"""ReferIt3D's nr3d.csv or sr3d.csv."""
from .common import Fixture, Question


def write(folder, n, rng, sr3d=False):
    rows, questions = [], []
    for i in range(n):
        scene, target = f"scene{i % 8:04d}_00", str(rng.randrange(20))
        row = {"assignmentid": i, "stimulus_id": f"{scene}-chair-2-{target}-33", "utterance": f"the chair by thing {i}",
               "correct_guess": True, "speaker_id": 1, "listener_id": 2, "scan_id": scene,
               "instance_type": "chair", "target_id": target, "tokens": "['the', 'chair']",
               "dataset": "nr3d", "mentions_target_class": True, "uses_object_lang": True,
               "uses_spatial_lang": True, "uses_color_lang": False, "uses_shape_lang": False}
        if sr3d:
            row |= {"dataset": "sr3d", "reference_type": "closest", "coarse_reference_type": "horizontal_proximity",
                    "anchor_ids": "[3]", "anchors_types": "['table']", "distractor_ids": "[33]"}
        rows.append(row)
        questions.append(Question(str(i), scene, target))
    folder.csv("sr3d.csv" if sr3d else "nr3d.csv", rows)
    prompts = {(q.id, "official"): "Identify the object according to the following description.\n"
               f"The chair by thing {q.id}" for q in questions}
    return Fixture(questions, prompts=prompts, needs=["utterance"])
