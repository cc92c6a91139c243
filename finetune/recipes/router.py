"""Train the router on the request bank: `sightline finetune router --out runs/router`."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor

from ...data.requests import Request
from ...evals.tasks.routing import evaluate
from ...models.common.loading import load_model
from ...models.router import Router, RouterConfig, RouterModel
from ...models.router.inputs import WHOLE, TalkBatch, encode_talks, piece_span
from ...models.router.model import END, FIRST, NEWEST, NONE
from ..common import request_augment as augment
from ..common import world_requests
from ..common.fit import FitConfig, fit

MASK = 103
_KINDS = (
    0.32,
    0.16,
    0.16,
    0.14,
    0.14,
    0.08,
)  # of the world's requests, in the order of `World.kinds`
_WINDOW = 8  # batches whose requests are drawn together and sorted by length
_OUT_OF_SCOPE = re.compile(
    r"\b(music|song|flight|hotel|translate|email|phone call|voice call|alarm|taxi|tax return|sms"
    r"|speech|online meeting|sell|deliver|job|doctor|stock|weather|restaurant|ticket for|apply)\b",
    re.IGNORECASE,
)
_IN_SCOPE = re.compile(
    r"image|photo|pic|video|document|clip|object|caption|visual|segment|detect|label|scan|receipt"
    r"|jpg|png|mp4|pdf|scene|edit|letter|invoice|form|album|remember",
    re.IGNORECASE,
)
_SAYS_ALBUM = re.compile(r"album|my (photos|pictures|pics|images)|collection|gallery|library", re.I)
_SAYS_PAST = re.compile(r"yesterday|last (week|time|month|year)|remember|told|earlier|monday", re.I)
_SAYS_KIND = {
    "picture": re.compile(r"\b(picture|photo|pic|image|photograph|snap|foto)\b", re.I),
    "document": re.compile(r"\b(receipt|invoice|bill|letter|form|document|page|menu|slip)\b", re.I),
    "video": re.compile(r"\b(clip|video|footage|recording|film)\b", re.I),
}


@dataclass(frozen=True, kw_only=True)
class Mixture:
    """How often a request is drawn from the tabletop world, and how often one is changed, and how.

    Attributes:
        world: share of requests about the tabletop world.
        reworded: share of the written ones that speak of its things instead.
    """

    world: float = 0.33
    reworded: float = 0.2
    join: float = 0.22
    triple: float = 0.35  # of the joined ones
    history: float = 0.15
    chatter: float = 0.2
    typing: float = 0.35
    attachment: float = 0.15
    detached: float = 0.02
    scope: float = 0.04
    masked: float = 0.05


def out_of_scope(folder: Path) -> list[str]:
    """Short requests of public tool-use sets that clearly ask for what no tool of ours does."""
    found = []
    for file in sorted(folder.glob("*.jsonl")) if folder.is_dir() else []:
        for line in file.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            if (
                len(text.split()) <= 25
                and _OUT_OF_SCOPE.search(text)
                and not _IN_SCOPE.search(text)
            ):
                found.append(text)
    return found


@dataclass(frozen=True, kw_only=True)
class World:
    """Stock of the world: questions, pointing, talk, hand-written questions, edits, clips."""

    kinds: tuple[list[Request], ...]

    @classmethod
    def draw(cls, seed: int, n: int, pairs: Sequence[tuple[str, str]]) -> "World":
        """About `n` questions, and the rest in proportion.

        Args:
            pairs: a user's turn and its answer, out of which answers are taken.

        Raises:
            ValueError: `seed` is kept for testing.
        """
        answers = [answer for _, answer in pairs if len(answer.split()) < 8] or ["Yes."]
        return cls(
            kinds=(
                world_requests.world_questions(seed, n),
                world_requests.world_pointing(seed, max(1, n // 20)),
                world_requests.world_talk(seed + 1, max(1, n // 40)),
                world_requests.hand_questions(seed, answers),
                world_requests.world_edits(seed, max(1, n // 40)),
                world_requests.clip_questions(seed, n // 8),
            ),
        )


class RequestSampler:
    """Endless varied requests: the written ones, joined, lengthened and mistyped.

    Args:
        foreign: texts that no tool can serve.
        world: what the tabletop world adds.
    """

    def __init__(
        self,
        requests: Sequence[Request],
        mixture: Mixture,
        foreign: Sequence[str] = (),
        world: World | None = None,
    ) -> None:
        self.requests = list(requests)
        self.mixture = mixture
        self.foreign = list(foreign)
        self.pairs = augment.first_pairs(requests)
        self.world = world
        self.joinable = [[r for r in requests if augment.joinable(r)]]
        self.questions: list[str] = []
        self.names: list[str] = []
        if world is not None:
            alone = [r for kind in world.kinds for r in kind if len(r.turns) == 1]
            self.joinable.append([r for r in alone if augment.joinable(r)])
            self.questions = [r.turns[0] for r in self.joinable[1] if r.tools == ("vqa",)]
            self.names = [r.calls[0].argument for r in alone if r.tools == ("ground",)]

    def draw(self, rng: Random) -> Request:
        """One request; the same `rng` state gives the same one."""
        mix = self.mixture
        if self.foreign and rng.random() < mix.scope:
            kinds = rng.choice(((), (), ("picture",), ("document",), ("video",)))
            text = rng.choice(self.foreign)
            return Request(kinds=kinds, turns=(text,), calls=(), reply="scope")
        request = self._joined(rng) if rng.random() < mix.join else self._one(rng)
        if rng.random() < mix.attachment:
            request = self._elsewhere(request, rng)
        if rng.random() < mix.chatter:
            request = augment.add_chatter(request, rng)
        stock = self.pairs.get(request.kinds) or self.pairs.get(())
        if stock and len(request.turns) == 1 and rng.random() < mix.history:
            request = augment.add_history(request, rng.choice(stock))
        if rng.random() < mix.typing:
            request = augment.add_typing(request, rng)
        return request

    def _one(self, rng: Random) -> Request:
        """A request of the world's or a written one, now and then about the world's things."""
        if self.world is None:
            return rng.choice(self.requests)
        if rng.random() < self.mixture.world:
            return rng.choice(rng.choices(self.world.kinds, _KINDS)[0])
        request = rng.choice(self.requests)
        if rng.random() < self.mixture.reworded:
            return augment.reword(request, rng, self.names, self.questions)
        return request

    def _joined(self, rng: Random) -> Request:
        for _ in range(20 if len(self.joinable[0]) > 2 else 0):
            some = [
                rng.choice(self.joinable[-1 if rng.random() < self.mixture.world else 0])
                for _ in range(3 if rng.random() < self.mixture.triple else 2)
            ]
            if some[0] in some[1:]:
                continue
            if len({r.kinds for r in some}) > 1 and rng.random() < 0.7:
                continue
            request = augment.join(some, rng)
            if request is not None:
                return request
        return self._one(rng)

    def _elsewhere(self, request: Request, rng: Random) -> Request:
        """The same request with other attachments in view, where that changes nothing."""
        text = " ".join(request.turns[::2])
        tools = set(request.tools)
        if not request.kinds:
            free = (
                bool(request.reply)
                or (tools == {"retrieve"} and _SAYS_ALBUM.search(text))
                or (tools == {"recall"} and _SAYS_PAST.search(text))
            )
            kind = rng.choice(("picture", "picture", "document", "video"))
            return augment.add_attachment(request, kind) if free else request
        if rng.random() < self.mixture.detached and len(tools) == 1 and len(request.turns) == 1:
            return Request(kinds=(), turns=request.turns, calls=request.calls, reply=request.reply)
        if len(request.kinds) > 2 or tools & augment.NO_PICTURE_NEEDED:
            return request
        newest, other = list(request.kinds).pop(), rng.choice(("picture", "document", "video"))
        says = [kind for kind, words in _SAYS_KIND.items() if words.search(text)]
        named = len(set(request.kinds)) == 1 and says == [newest]
        if other == newest or (len(request.turns) == 1 and not says) or named:
            request = augment.add_attachment(request, other)
        return request


def targets(
    requests: Sequence[Request], batch: TalkBatch, config: RouterConfig
) -> dict[str, Tensor]:
    """Labels of `RouterModel.forward`: `acts`, `picks`, `starts`, `ends`, each (N, L)."""
    n, length = len(requests), config.max_calls + 1
    found = {name: torch.full((n, length), NONE) for name in ("acts", "picks", "starts", "ends")}
    for row, request in enumerate(requests):
        if request.reply:
            found["acts"][row, 0] = FIRST + config.acts.index(f"reply:{request.reply}")
            continue
        for step, call in enumerate(request.calls):
            name = call.tool + (f":{call.option}" if call.option else "")
            found["acts"][row, step] = FIRST + config.acts.index(name)
            found["picks"][row, step] = _pick_class(call.picks, len(request.kinds), config)
            if call.tool in config.without_argument:
                continue
            first = last = WHOLE
            if call.span is not None:
                pieces = piece_span(batch.places[row], call.span)
                if pieces is None:
                    continue
                first, last = pieces
            found["starts"][row, step], found["ends"][row, step] = first, last
        found["acts"][row, len(request.calls)] = END
    longest = int((found["acts"] != NONE).sum(1).max())
    return {name: labels[:, :longest] for name, labels in found.items()}


def _pick_class(picks: tuple[int, ...] | None, views: int, config: RouterConfig) -> int:
    if picks is None or views < 2:
        return NEWEST
    if len(picks) > 1:
        return config.max_picks + 1
    return min(*picks, config.max_picks)


def batches(
    sampler: RequestSampler, config: RouterConfig, batch_size: int, seed: int
) -> Callable[[int], tuple[TalkBatch, dict[str, Tensor]]]:
    """step -> batch, a function of the step alone; talks of like length stand together."""
    window: dict[int, list[list[Request]]] = {}

    def batch(step: int) -> tuple[TalkBatch, dict[str, Tensor]]:
        number = step // _WINDOW
        if number not in window:
            rng = Random(seed * 1_000_003 + number)
            drawn = [sampler.draw(rng) for _ in range(batch_size * _WINDOW)]
            drawn.sort(key=lambda r: sum(map(len, r.turns)))
            parts = [drawn[i : i + batch_size] for i in range(0, len(drawn), batch_size)]
            rng.shuffle(parts)
            window.clear()
            window[number] = parts
        requests = window[number][step % _WINDOW]
        talks = encode_talks(
            [r.turns for r in requests], [r.kinds for r in requests], config.longest
        )
        labels = targets(requests, talks, config)
        rng = torch.Generator().manual_seed(seed * 1_000_003 + step)
        hidden = torch.rand(talks.ids.shape, generator=rng) < sampler.mixture.masked
        talks.ids[hidden & (talks.turn >= 0)] = MASK
        return talks, labels

    return batch


def train_router(
    train: Sequence[Request],
    dev: Sequence[Request],
    out: Path,
    *,
    config: FitConfig,
    model_config: RouterConfig | None = None,
    mixture: Mixture | None = None,
    foreign: Sequence[str] = (),
    world: int = 0,
    batch_size: int = 16,
    start: Path | None = None,
    resume: bool = False,
) -> tuple[RouterModel, dict[str, float]]:
    """Train on requests; figures are `sequence`, `arguments` and `exact` on `dev`.

    Args:
        foreign: texts that no tool can serve (`out_of_scope`).
        world: how many questions of the tabletop world to draw from; 0 leaves it out.
        start: a folder of router weights to go on from, instead of fresh ones.
    """
    torch.manual_seed(config.seed)
    model = load_model(RouterModel, start) if start else RouterModel(model_config or RouterConfig())
    pairs = augment.first_pairs(train).get(world_requests.PICTURE, [])
    stock = World.draw(config.seed, world, pairs) if world else None
    sampler = RequestSampler(train, mixture or Mixture(), foreign, stock)

    def score(trained: Any) -> dict[str, float]:
        if not dev:
            return {}
        figures = evaluate(Router(trained), dev)[0]
        return {name: figures[name] for name in ("sequence", "arguments", "exact")}

    figures = fit(
        model,
        batches(sampler, model.config, batch_size, config.seed),
        lambda m, b: m(b[0], **b[1]).loss,
        config,
        out,
        resume=resume,
        evaluate=score,
        evaluate_every=4 * config.log_every,
        title="router",
    )
    return model, figures
