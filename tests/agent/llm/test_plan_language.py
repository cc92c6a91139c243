"""What may be written: the grammar for servers accepts what the decoder writes, and no more."""

import json
import re

import pytest
import torch
from sightline.agent.llm import hermes
from sightline.agent.llm.decoder import DecoderPlanner
from sightline.agent.llm.plan_language import Row, grammar, language, plan_of, taught, words_of
from sightline.agent.llm.served import messages
from sightline.agent.planning import Turn
from sightline.data.requests import TOOLS as TRAINED
from sightline.models.planner import PlannerConfig, PlannerModel, tokenizer
from sightline.tools.registry import find_tools
from transformers import DynamicCache, LlamaForCausalLM

TOOLS = find_tools()
TALK = [
    Turn(role="user", text='show "both" of them', attachments=("picture", "document")),
    Turn(role="assistant", text="Here."),
    Turn(role="user", text="and\nthe red cube?"),
]


class Watched(PlannerModel):
    """Keeps the pieces that were written."""

    written: list[int]

    def read(
        self, ids: list[int], cache: DynamicCache | None = None
    ) -> tuple[torch.Tensor, DynamicCache]:
        self.written = [] if cache is None else [*self.written, *ids]
        return super().read(ids, cache)


@pytest.fixture(scope="module")
def model() -> Watched:
    torch.manual_seed(1)
    words = tokenizer.train_tokenizer(["show both of them and the red cube?"] * 3, 420)
    config = PlannerConfig.tiny()
    config.vocab_size = len(words)
    return Watched(LlamaForCausalLM(config), words)


def matcher(ebnf: str) -> re.Pattern[str]:
    """The grammar as an expression over characters, one for each piece."""
    rules = dict(line.split(" ::= ") for line in ebnf.splitlines())

    def spelt(text: str) -> str:
        text = re.sub(r"Token\((\d+)\)", lambda m: chr(0xE000 + int(m[1])), text)
        names = r"\b(?:call|words|w\d+-\d+)(?![\w-])"
        return re.sub(names, lambda m: f"({spelt(rules[m[0]])})", text).replace(" ", "")

    return re.compile(spelt(rules["root"]))


def test_the_form_is_the_one_the_model_was_taught() -> None:
    for name in (
        "CALL",
        "CALL_END",
        "NAME",
        "ARGUMENTS",
        "VALUE",
        "NEXT",
        "CLOSE",
        "EMPTY",
        "TURN",
    ):
        assert getattr(hermes, name) == getattr(tokenizer, name)


@pytest.mark.parametrize("seed", range(12))
def test_both_engines_have_one_language(model: Watched, seed: int) -> None:
    torch.manual_seed(seed)
    torch.nn.init.normal_(model.model.model.embed_tokens.weight, std=0.5)
    allowed = matcher(grammar(language(TALK, TOOLS), model.ids))
    plan = DecoderPlanner(model).plan(TALK, TOOLS)
    assert plan.calls or plan.reply
    end = model.tokenizer.eos_token_id
    text = "".join(chr(0xE000 + piece) for piece in model.written if piece != end)
    assert allowed.fullmatch(text)
    for cut in range(1, len(text)):
        without = text[: cut - 1] + text[cut:]
        told = json.dumps(model.tokenizer.decode([ord(c) - 0xE000 for c in without]))
        # What lacks a piece is another sentence of the language, or none: never half a call.
        if allowed.fullmatch(without):
            assert told.count("<tool_call>") == told.count("</tool_call>")
    for stranger in model.ids("green"):
        assert not allowed.fullmatch(text[:-1] + chr(0xE000 + stranger) + text[-1:])


def test_spans_are_whole_words_said_in_a_row(model: Watched) -> None:
    row = Row(model.ids, words_of("the red  cube?"))
    spans = {
        str(model.tokenizer.decode(row.pieces[a : b + 1]))
        for a in row.starts
        for b in row.ends
        if a <= b
    }
    assert {"the", "red", "red  cube", "the red  cube?", "?"} <= spans
    assert len(spans) == 10 and all(span == span.strip() for span in spans)


def test_escapes_are_never_cut() -> None:
    text = 'say "no" \\ or\tquit\x07'
    spelt = [word.text for word in words_of(text)]
    assert spelt == ["say", '\\"', "no", '\\"', "\\\\", "or", "quit", "\\u0007"]
    whole = "".join(word.gap + word.text for word in words_of(text))
    assert json.loads(f'"{whole}"') == text


def test_attachments_are_offered_where_there_is_a_choice() -> None:
    forms = {form.tool: form for form in language(TALK, TOOLS).forms}
    assert forms["vqa"].options == {"artifact": ("a1",)}
    assert forms["document_qa"].options == {"artifact": ("a2",)}
    assert "video_qa" not in forms
    alone = language(TALK[2:], TOOLS).forms
    assert {form.tool for form in alone} == set(TOOLS)


def test_a_repeated_call_is_one_and_changes_come_first() -> None:
    edit = ("edit", {"instruction": "paint it red"})
    plan = plan_of([edit, ("caption", {}), edit, ("caption", {"style": "long"})], TOOLS, "m", 7)
    assert [call.tool for call in plan.calls] == ["edit", "caption", "caption"]
    assert [call.after for call in plan.calls] == [(), (0,), (0,)] and plan.tokens == 7


def test_our_planner_is_shown_what_it_was_taught() -> None:
    assert set(taught(TOOLS)) == set(TOOLS) & set(TRAINED)
    strange = {"weather": TOOLS["vqa"]}
    assert taught(strange) == strange


def test_only_turns_in_the_prompt_are_quoted(model: Watched) -> None:
    talk = [Turn(role=("user", "assistant")[i % 2], text=f"turn{i}") for i in range(15)]
    prompt = str(
        model.tokenizer.apply_chat_template(
            messages(talk), add_generation_prompt=True, tokenize=False
        )
    )
    shown = [i for i in range(15) if i % 2 == 0 and f"turn{i}\n" in prompt]
    words = language(talk, TOOLS).said
    assert ["".join(word.text for word in row) for row in words] == [f"turn{i}" for i in shown]
