"""Requests as prompts and plans; a short training run."""

from pathlib import Path
from random import Random

from sightline.agent.llm.hermes import parse_calls
from sightline.data.requests import parse_request
from sightline.finetune.common.fit import FitConfig
from sightline.finetune.recipes.planner import Texts, conversation, train_planner, written
from sightline.models.planner import PlannerConfig
from sightline.models.planner.tokenizer import train_tokenizer

LINES = [
    "P | show me {1:the red cube} please => ground",
    "PP | describe both => caption:short@all",
    "PD | how many balls are there? || Two. || and {1:the total}? => document_qa",
    "N | hi => reply:smalltalk",
    "N | book a flight => reply:scope",
    "P | {1:make it blue} and {2:count the cubes} => edit ; vqa",
]
REQUESTS = [parse_request(line) for line in LINES]


def test_plans_are_hermes_calls() -> None:
    assert parse_calls(written(REQUESTS[0])) == [("ground", {"phrase": "the red cube"})]
    assert parse_calls(written(REQUESTS[1])) == [
        ("caption", {"style": "short", "artifact": "a1"}),
        ("caption", {"style": "short", "artifact": "a2"}),
    ]
    assert written(REQUESTS[3]) == "SMALLTALK"
    whole = parse_request("P | how many? => vqa")
    assert parse_calls(written(whole)) == [("vqa", {"question": "$turn"})]


def test_attachments_keep_their_order() -> None:
    for seed in range(6):
        turns = conversation(REQUESTS[2], Random(seed))
        assert [k for t in turns for k in t.attachments] == ["picture", "document"]
        assert not turns[1].attachments


def test_prompt_and_plan() -> None:
    texts = [turn for request in REQUESTS for turn in request.turns]
    tokenizer = train_tokenizer([*texts, *map(written, REQUESTS)] * 3, 500)
    prompt, plan = Texts(tokenizer).ids(REQUESTS[0])
    assert str(tokenizer.decode(prompt)).endswith("[attachment a1: picture]\n<|assistant|>")
    assert str(tokenizer.decode(prompt)).startswith("<|tools|> caption")
    assert tokenizer.decode(plan) == written(REQUESTS[0]) + "<|end|>"
    # A word is spelt alike wherever it stands, so that it can be copied.
    red = tokenizer.encode("red", add_special_tokens=False)
    assert any(prompt[i : i + len(red)] == red for i in range(len(prompt)))
    assert any(plan[i : i + len(red)] == red for i in range(len(plan)))


def test_short_training(tmp_path: Path) -> None:
    planner, figures = train_planner(
        REQUESTS,
        REQUESTS[:2],
        tmp_path,
        config=FitConfig(steps=3, log_every=1, ema=0.5),
        model_config=PlannerConfig.tiny(),
        batch_size=2,
    )
    assert set(figures) >= {"sequence", "exact", "minutes"}
    assert planner.model.config.vocab_size == len(planner.tokenizer)
