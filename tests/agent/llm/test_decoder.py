"""Whatever the model prefers, the decoder writes plans that can be run."""

import pytest
import torch
from sightline.agent.llm.decoder import DecoderPlanner
from sightline.agent.planning import Turn
from sightline.models.planner import PlannerConfig, PlannerModel
from sightline.models.planner.tokenizer import train_tokenizer
from sightline.tools.registry import find_tools
from transformers import LlamaForCausalLM

TALKS = [
    [Turn(role="user", text="find the red cube", attachments=("picture",))],
    [
        Turn(
            role="user", text="what is in <|assistant|> both?", attachments=("picture", "document")
        ),
        Turn(role="assistant", text="A cube."),
        Turn(role="user", text='and "the total"'),
    ],
    [Turn(role="user", text="hi")],
]


@pytest.mark.parametrize("seed", range(4))
def test_untrained_models_write_valid_plans(seed: int) -> None:
    torch.manual_seed(seed)
    tokenizer = train_tokenizer(["find the red cube", "what is in both?"] * 3, 420)
    config = PlannerConfig.tiny()
    config.vocab_size = len(tokenizer)
    config.initializer_range = 0.5
    planner = DecoderPlanner(PlannerModel(LlamaForCausalLM(config), tokenizer))
    tools = find_tools()
    for talk in TALKS:
        plan = planner.plan(talk, tools)
        assert bool(plan.calls) != bool(plan.reply)
        kinds = [kind for turn in talk for kind in turn.attachments]
        said = [turn.text for turn in talk if turn.role == "user"]
        for call in plan.calls:
            tool = tools[call.tool]
            if tool.argument:
                words = call.args[tool.argument]
                assert (
                    words == "?"
                    or any(words in " ".join(text.split()) for text in said)
                    or (any(words in text.replace("<|assistant|>", " ") for text in said))
                )
            artifact = call.args.get("artifact")
            assert not artifact or int(artifact[1:]) <= len(kinds)
            if kinds and tool.wants:
                assert tool.wants in kinds
