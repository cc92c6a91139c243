"""Train the planner on the request bank: `sightline finetune planner --out runs/planner`."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from ...agent.llm.decoder import DecoderPlanner
from ...agent.llm.plan_language import taught
from ...agent.llm.served import function_schema, messages
from ...agent.planning import Turn
from ...data.requests import Request
from ...evals.tasks.routing import PlannerRoutes, evaluate
from ...models.planner import PlannerConfig, PlannerModel
from ...models.planner.tokenizer import END, PAD, TURN, train_tokenizer
from ...tools.registry import find_tools
from ..common.fit import FitConfig, fit, step_seed
from .router import Mixture, RequestSampler

IGNORED = -100
_WINDOW = 8
_READING = 0.2  # weight of the loss on the conversation itself, beside the plan's


def conversation(request: Request, rng: Random | None = None) -> list[Turn]:
    """The talk as a planner sees it; attachments come with the first turn, or where `rng` says."""
    users = range(0, len(request.turns), 2)
    places = [0] * len(request.kinds)
    if rng is not None and rng.random() < 0.3:
        places = sorted(rng.choice(users) for _ in request.kinds)
    return [
        Turn(
            role="assistant" if i % 2 else "user",
            text=text,
            attachments=tuple(k for k, p in zip(request.kinds, places, strict=True) if p == i),
        )
        for i, text in enumerate(request.turns)
    ]


def written(request: Request) -> str:
    """The plan as the model is to write it: Hermes calls, or SMALLTALK or SCOPE."""
    if request.reply:
        return request.reply.upper()
    tools = find_tools()
    calls = []
    for call in request.calls:
        for pick in call.picks or (0,):
            arguments: dict[str, str] = {}
            if tools[call.tool].argument:
                arguments[tools[call.tool].argument] = TURN if call.span is None else call.argument
            if call.option:
                arguments["style"] = call.option
            if pick:
                arguments["artifact"] = f"a{pick}"
            entry = {"name": call.tool, "arguments": arguments}
            text = json.dumps(entry, ensure_ascii=False)
            calls.append(f"<tool_call>\n{text}\n</tool_call>")
    return "".join(calls)


def _prompt(request: Request) -> str:
    return "\n".join(str(message["content"]) for message in messages(conversation(request)))


class Texts:
    """Requests as prompt and plan, with the prompt in the model's own chat template."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast) -> None:
        self.tokenizer = tokenizer
        self.schemas = [function_schema(tool) for tool in taught(find_tools()).values()]

    def ids(self, request: Request, rng: Random | None = None) -> tuple[list[int], list[int]]:
        """Pieces of the prompt and of the plan with its end."""
        prompt = self.tokenizer.apply_chat_template(
            messages(conversation(request, rng)),
            tools=self.schemas,  # pyright: ignore[reportArgumentType]
            add_generation_prompt=True,
            tokenize=False,
        )
        end = self.tokenizer.eos_token
        return tuple(  # type: ignore[return-value]
            self.tokenizer.encode(str(text), add_special_tokens=False)
            for text in (prompt, written(request) + str(end))
        )


def batches(
    sampler: RequestSampler, texts: Texts, batch_size: int, seed: int, longest: int = 320
) -> Callable[[int], tuple[Tensor, Tensor]]:
    """step -> piece ids (N, T) and the weight of each piece in the loss (N, T)."""
    window: dict[int, list[list[tuple[list[int], list[int]]]]] = {}

    def batch(step: int) -> tuple[Tensor, Tensor]:
        number = step // _WINDOW
        if number not in window:
            rng = Random(step_seed(seed, number))
            drawn = [texts.ids(sampler.draw(rng), rng) for _ in range(batch_size * _WINDOW)]
            drawn.sort(key=lambda pair: len(pair[0]) + len(pair[1]))
            parts = [drawn[i : i + batch_size] for i in range(0, len(drawn), batch_size)]
            rng.shuffle(parts)
            window.clear()
            window[number] = parts
        rows = window[number][step % _WINDOW]
        width = min(longest, max(len(a) + len(b) for a, b in rows))
        ids = torch.zeros(len(rows), width, dtype=torch.long)
        weights = torch.zeros(len(rows), width)
        for row, (prompt, plan) in enumerate(rows):
            line = [*prompt, *plan][-width:]
            ids[row, : len(line)] = torch.tensor(line)
            weights[row, : len(line)] = _READING
            weights[row, max(0, len(line) - len(plan)) : len(line)] = 1.0
        return ids, weights

    return batch


def planner_loss(model: Any, batch: tuple[Tensor, Tensor]) -> Tensor:
    """Weighted mean of the next-piece losses."""
    ids, weights = batch
    # Padding stands on the right, where a causal model never looks back at it.
    logits = model(input_ids=ids).logits[:, :-1]
    losses = F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
    scale = weights[:, 1:].flatten()
    return (losses * scale).sum() / scale.sum()


def train_planner(
    train: Sequence[Request],
    dev: Sequence[Request],
    out: Path,
    *,
    config: FitConfig,
    model_config: PlannerConfig | None = None,
    mixture: Mixture | None = None,
    foreign: Sequence[str] = (),
    batch_size: int = 16,
    resume: bool = False,
) -> tuple[PlannerModel, dict[str, float]]:
    """Teach a tokenizer and train; figures are `sequence`, `arguments` and `exact` on `dev`."""
    torch.manual_seed(config.seed)
    model_config = model_config or PlannerConfig()
    sampler = RequestSampler(train, mixture or Mixture(masked=0.0), foreign)
    corpus = [text for r in train for text in (_prompt(r), written(r))]
    tokenizer = train_tokenizer([*corpus, *foreign], model_config.vocab_size)
    model_config.vocab_size = len(tokenizer)
    model_config.eos_token_id = tokenizer.convert_tokens_to_ids(END)  # pyright: ignore
    model_config.pad_token_id = tokenizer.convert_tokens_to_ids(PAD)  # pyright: ignore
    model_config.bos_token_id = None
    model = LlamaForCausalLM(model_config)
    figures = fit(
        model,
        batches(sampler, Texts(tokenizer), batch_size, config.seed),
        planner_loss,
        config,
        out,
        resume=resume,
        title="planner",
    )
    planner = PlannerModel(model, tokenizer)
    if dev:
        scores = evaluate(PlannerRoutes(DecoderPlanner(planner)), dev)[0]
        figures |= {name: scores[name] for name in ("sequence", "arguments", "exact")}
    return planner, figures
