"""array/SAT: SAT_test.parquet, pictures as a list of bytes."""
from .common import LETTERS, Fixture, Question, count, jpeg, lettered, things

TYPES = ["ego_movement", "obj_movement", "action_conseq", "goal_aim", "perspective"]
MOTION = ("When multiple images are provided, You want to realize that when camera moves left, the objects in the image "
          "move right, and vice versa. And when you are asked about the movement of the same object captured in "
          "different images, you can compare the position of the object relative to other objects in the image to "
          "answer the question.\n")


def write(folder, n, rng):
    rows, questions, prompts = [], [], {}
    for i in range(n):
        kind, answers, answer, pictures = TYPES[i % 5], things(rng, 2), rng.randrange(2), rng.randint(1, 2)
        rows.append({"image_bytes": [jpeg(rng) for _ in range(pictures)], "question": f"Which way in {i}? ",
                     "answers": answers, "correct_answer": answers[answer], "question_type": kind})
        prompts[str(i), "official"] = "<image>" * pictures + (
            f"Which way in {i}?\n{MOTION}\n{lettered(answers, '. ')}\n\n"
            "Only output the letter of the correct option and nothing else.")
        questions.append(Question(str(i), kind, LETTERS[answer], ["A", "B"], {"task": kind}, pictures))
    folder.parquet("SAT_test.parquet", rows)
    return Fixture(questions, prompts=prompts, needs=["question_type", "question", "correct_answer"],
                   groupings={"task": count(questions, "task")})
