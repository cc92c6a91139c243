"""The planner's tokenizer, template and files."""

from pathlib import Path
from typing import Any

import pytest
import torch
from sightline.models import spec
from sightline.models.planner import PlannerConfig, PlannerModel
from sightline.models.planner.tokenizer import CALL, MARKS, train_tokenizer
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaForCausalLM

TEXTS = ["find the red cube", "Find the cube, please", "how many cubes are there?"] * 4


@pytest.fixture(scope="module")
def planner() -> PlannerModel:
    torch.manual_seed(0)
    tokenizer = train_tokenizer(TEXTS, 400)
    config = PlannerConfig.tiny()
    config.vocab_size = len(tokenizer)
    return PlannerModel(LlamaForCausalLM(config), tokenizer)


def test_marks_are_single_pieces(planner: PlannerModel) -> None:
    for mark in MARKS:
        assert len(planner.ids(mark)) == 1
    text = 'find "the cube" now\n[attachment a1: picture] é 😀'
    assert planner.tokenizer.decode(planner.ids(text)) == text


def test_template(planner: PlannerModel) -> None:
    call: Any = {"function": {"name": "ground", "arguments": {"phrase": "the cube"}}}
    talk: Any = [
        {"role": "system", "content": "left out"},
        {"role": "user", "content": "find it"},
        {"role": "assistant", "content": "", "tool_calls": [call]},
        {"role": "user", "content": "thanks"},
    ]
    text = planner.tokenizer.apply_chat_template(
        talk,
        tools=[{"type": "function", "function": {"name": "ground"}}],
        add_generation_prompt=True,
        tokenize=False,
    )
    assert text == (
        "<|tools|> ground\n<|user|>find it\n<|assistant|><tool_call>\n"
        '{"name": "ground", "arguments": {"phrase": "the cube"}}\n</tool_call><|end|>\n'
        "<|user|>thanks\n<|assistant|>"
    )


def test_reads_step_by_step_as_at_once(planner: PlannerModel) -> None:
    ids = planner.ids("find the red cube" + CALL)
    at_once, _ = planner.read(ids)
    _, cache = planner.read(ids[:3])
    later, _ = planner.read(ids[3:], cache)
    assert torch.allclose(at_once, later, atol=1e-4)


def test_saved_as_plain_llama(planner: PlannerModel, tmp_path: Path) -> None:
    planner.model.save_pretrained(tmp_path)
    planner.tokenizer.save_pretrained(tmp_path)
    assert isinstance(AutoModelForCausalLM.from_pretrained(tmp_path), LlamaForCausalLM)
    again = AutoTokenizer.from_pretrained(tmp_path)
    assert again.chat_template == planner.tokenizer.chat_template
    loaded = PlannerModel.load(tmp_path)
    ids = planner.ids("find the cube")
    assert torch.allclose(loaded.read(ids)[0], planner.read(ids)[0], atol=1e-5)
    assert spec("planner").name == "planner"
