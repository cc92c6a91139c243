"""A plan of calls, decoded step by step, whose arguments are pointed at and never spelt.

The adapted sentence encoder reads attachments and turns; a small decoder says, call by call, which
tool comes next, on which attachment, and from which word to which word its argument goes (Vinyals
et al. 2015, "Pointer Networks", https://arxiv.org/abs/1506.03134).

Shapes: N talks, T word pieces, L steps of a plan (calls and the end), A acts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.utils.generic import ModelOutput

from ..common.adapted_encoder import AdaptedEncoder
from ..common.pretrained import SightlineModel
from ..common.sentence_encoder import SENTENCE_DIM
from ..common.transformer import Block
from .config import RouterConfig
from .inputs import WHOLE, TalkBatch

NONE = -100  # label of what is not asked of a step
START, END, FIRST = 0, 1, 2  # ids; the acts follow from FIRST
NEWEST = 0  # pick classes: the newest, attachment 1 to max_picks, all of them


@dataclass
class RouterOutput(ModelOutput):
    """`loss` (scalar, when labels are given) and logits.

    Shapes: `acts` (N, L, A + 2), `picks` (N, L, max_picks + 2), `starts` and `ends` (N, L, T).
    """

    loss: Tensor | None = None
    acts: Tensor | None = None
    picks: Tensor | None = None
    starts: Tensor | None = None
    ends: Tensor | None = None


class Step(NamedTuple):
    """One decoded step: act id, pick class, first and last piece (WHOLE, WHOLE: the turn)."""

    act: int
    pick: int
    start: int
    end: int
    confidence: float


class RouterModel(SightlineModel):
    """Adapted encoder, plan decoder and pointers."""

    config_class = RouterConfig
    main_input_name = "ids"
    config: RouterConfig  # pyright: ignore[reportIncompatibleVariableOverride]

    def __init__(self, config: RouterConfig) -> None:
        super().__init__(config)
        dim = config.dim
        self.encoder = AdaptedEncoder(config.encoder_layers, config.rank)
        self.bridge = nn.Linear(SENTENCE_DIM, dim)
        self.role = nn.Embedding(3, dim)  # of a piece: none, the assistant's, the user's
        self.pool = nn.Linear(SENTENCE_DIM, dim)
        self.embed = nn.Embedding(len(config.acts) + FIRST, dim)
        self.position = nn.Parameter(0.02 * torch.randn(config.max_calls + 1, dim))
        self.blocks = nn.ModuleList(
            [
                Block(dim, config.heads, cross=True, expand=3, dropout=config.dropout)
                for _ in range(config.depth)
            ]
        )
        self.norm = nn.LayerNorm(dim)
        self.act = nn.Linear(dim, len(config.acts) + FIRST)
        self.pick = nn.Linear(dim, config.max_picks + 2)
        self.start_query = nn.Linear(dim, dim)
        self.start_key = nn.Linear(dim, dim)
        self.end_query = nn.Linear(2 * dim, dim)
        self.end_key = nn.Linear(dim, dim)
        self.drop = nn.Dropout(config.dropout)
        self.post_init()

    def encode(self, batch: TalkBatch) -> tuple[Tensor, Tensor]:
        """Memory (N, T, D) and the state (N, D) a plan starts from."""
        states = self.encoder(batch.ids, batch.mask, batch.types)
        roles = batch.pointable.long() + (batch.turn >= 0).long()
        weights = batch.mask[..., None].to(states.dtype)
        pooled = (states * weights).sum(1) / weights.sum(1)
        return self.drop(self.bridge(states) + self.role(roles)), self.drop(self.pool(pooled))

    def decode_states(
        self,
        memory: Tensor,
        mask: Tensor,
        pooled: Tensor,
        acts: Tensor,
        starts: Tensor,
        ends: Tensor,
    ) -> Tensor:
        """States (N, L, D) of the steps after START, given the L - 1 steps before each.

        Args:
            acts, starts, ends: (N, L - 1), with `WHOLE` where a step has no span.
        """
        given = F.pad(acts, (1, 0), value=START)
        x = self.embed(given) + self.position[: given.shape[1]]
        first, last = _gather(memory, starts), _gather(memory, ends)
        pointed = ((starts != WHOLE)[..., None]) * (first + last) / 2
        x = x + torch.cat([pooled[:, None], pointed], 1)
        for block in self.blocks:
            x = block(x, memory=memory, memory_mask=mask, causal=True)
        return self.norm(x)

    def start_logits(self, states: Tensor, memory: Tensor, pointable: Tensor) -> Tensor:
        """(N, L, T): where an argument begins; [CLS] stands for the whole last turn."""
        scores = self.start_query(states) @ self.start_key(memory).transpose(1, 2)
        allowed = pointable.clone()
        allowed[:, WHOLE] = True
        return (scores / memory.shape[-1] ** 0.5).masked_fill(~allowed[:, None], -1e4)

    def end_logits(self, states: Tensor, memory: Tensor, starts: Tensor, turn: Tensor) -> Tensor:
        """(N, L, T): where an argument that begins at `starts` (N, L) ends, in the same turn."""
        begun = torch.cat([states, _gather(memory, starts)], -1)
        scores = self.end_query(begun) @ self.end_key(memory).transpose(1, 2)
        after = torch.arange(memory.shape[1])[None, None] >= starts[..., None]
        same = turn[:, None] == turn.gather(1, starts)[..., None]
        return (scores / memory.shape[-1] ** 0.5).masked_fill(~(after & same), -1e4)

    def forward(
        self, batch: TalkBatch, acts: Tensor, picks: Tensor, starts: Tensor, ends: Tensor
    ) -> RouterOutput:
        """Teacher forcing.

        Args:
            acts: (N, L) act ids, END after the last call, NONE after that.
            picks, starts, ends: (N, L) with NONE where a step takes none; `starts` and `ends`
                are `WHOLE` for the whole last turn.
        """
        memory, pooled = self.encode(batch)
        before = [labels[:, :-1].clamp(min=0) for labels in (acts, starts, ends)]
        states = self.decode_states(memory, batch.mask, pooled, *before)
        act_logits, pick_logits = self.act(states), self.pick(states)
        start_logits = self.start_logits(states, memory, batch.pointable)
        end_logits = self.end_logits(states, memory, starts.clamp(min=0), batch.turn)
        spanned = ends.masked_fill(starts == WHOLE, NONE)
        calls = (acts != NONE).sum()
        # Each part is counted per call, so that rare spans and picks keep their own weight.
        loss = sum(
            F.cross_entropy(
                logits.flatten(0, 1),
                labels.flatten(),
                ignore_index=NONE,
                reduction="sum",
                label_smoothing=smooth,
            )
            for logits, labels, smooth in (
                (act_logits, acts, 0.05),
                (pick_logits, picks, 0.0),
                (start_logits, starts, 0.0),
                (end_logits, spanned, 0.0),
            )
        )
        return RouterOutput(
            loss=loss / calls,
            acts=act_logits,
            picks=pick_logits,
            starts=start_logits,
            ends=end_logits,
        )

    @torch.inference_mode()
    def decode(self, batch: TalkBatch, kinds: Sequence[Sequence[str]]) -> list[list[Step]]:
        """Greedy plans held to what is possible; `kinds` are each talk's attachments."""
        config = self.config
        n = len(batch.ids)
        memory, pooled = self.encode(batch)
        acts = torch.zeros(n, 0, dtype=torch.long)
        starts, ends = acts.clone(), acts.clone()
        limits = [_Limits(config, view) for view in kinds]
        plans: list[list[Step]] = [[] for _ in range(n)]
        free = batch.pointable.clone()
        for position in range(config.max_calls):
            state = self.decode_states(memory, batch.mask, pooled, acts, starts, ends)[:, -1:]
            possible = torch.stack([limit.acts() for limit in limits])
            sure, act = self.act(state)[:, 0].masked_fill(~possible, -torch.inf).softmax(-1).max(-1)
            if bool((act == END).all()):
                break
            views = torch.stack([x.picks(a) for x, a in zip(limits, act.tolist(), strict=True)])
            picks = self.pick(state)[:, 0].masked_fill(~views, -torch.inf).softmax(-1)
            pick_sure, pick = picks.max(-1)
            start_sure, start, end_sure, end = self._best_span(
                state, memory, batch, free, whole=position == 0
            )
            for row, limit in enumerate(limits):
                if act[row] == END:
                    limit.ended = True
                    continue
                confidence = float(sure[row] * pick_sure[row])
                if limit.silent(int(act[row])):
                    start[row] = end[row] = WHOLE
                else:
                    confidence *= float(start_sure[row] * end_sure[row])
                if start[row] != WHOLE:
                    free[row, start[row] : end[row] + 1] = False
                limit.take(int(act[row]))
                plans[row].append(
                    Step(
                        int(act[row]) - FIRST,
                        int(pick[row]),
                        int(start[row]),
                        int(end[row]),
                        confidence,
                    )
                )
            acts = torch.cat([acts, act[:, None]], 1)
            starts = torch.cat([starts, start[:, None]], 1)
            ends = torch.cat([ends, end[:, None]], 1)
        return plans

    def _best_span(
        self,
        state: Tensor,
        memory: Tensor,
        batch: TalkBatch,
        free: Tensor,
        whole: bool,
        beam: int = 3,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The likeliest (start, end) of a step over the `beam` likeliest starts: each (N,).

        Args:
            free: (N, T) pieces of the user's that no earlier call of the plan has taken.
            whole: the whole turn may be the argument; of several calls only the first may have it.
        """
        scores = self.start_logits(state, memory, free)[:, 0]
        if not whole:
            # Where nothing is left to point at, the whole turn is all there is.
            scores[:, WHOLE] = scores[:, WHOLE].masked_fill(free.any(1), -1e4)
        start_sure, start = scores.softmax(-1).topk(min(beam, scores.shape[1]), -1)
        repeated = state.expand(-1, start.shape[1], -1)
        ends = self.end_logits(repeated, memory, start, batch.turn)
        # An end lies before the next piece that is taken.
        taken = ((~free & batch.pointable)[:, None].long()).cumsum(-1)
        taken = taken.expand(-1, start.shape[1], -1)
        clear = taken == taken.gather(2, start[..., None])
        end_sure, end = ends.masked_fill(~clear, -1e4).softmax(-1).max(-1)
        end_sure = end_sure.masked_fill(start == WHOLE, 1.0)
        end = end.masked_fill(start == WHOLE, WHOLE)
        best = (start_sure * end_sure).argmax(-1, keepdim=True)
        chosen = [x.gather(1, best)[:, 0] for x in (start_sure, start, end_sure, end)]
        return chosen[0], chosen[1], chosen[2], chosen[3]


class _Limits:
    """What one talk's plan may hold next, given its attachments and the calls so far."""

    def __init__(self, config: RouterConfig, kinds: Sequence[str]) -> None:
        self.config = config
        self.kinds = kinds
        self.taken: list[str] = []
        self.ended = False

    def tool(self, act: int) -> str:
        """The tool of an act id, "reply" for replies."""
        return self.config.acts[act - FIRST].partition(":")[0]

    def take(self, act: int) -> None:
        """The plan goes on with this act."""
        self.taken.append(self.tool(act))

    def silent(self, act: int) -> bool:
        """Whether an act takes no words."""
        return self.tool(act) in self.config.without_argument

    def acts(self) -> Tensor:
        """(A + 2,) bool."""
        config = self.config
        possible = torch.zeros(len(config.acts) + FIRST, dtype=torch.bool)
        possible[END] = bool(self.taken)
        if self.ended or self.taken[-1:] == ["reply"]:
            return possible
        # Without attachments anything may be meant, and what a search finds may be anything.
        open_ended = not self.kinds or any(tool not in config.needs for tool in self.taken)
        for i in range(FIRST, len(possible)):
            tool = self.tool(i)
            if tool == "reply":
                possible[i] = not self.taken
            elif tool in config.without_argument and self.taken[-1:] == [tool]:
                # Describing again at once makes sense only of another picture.
                possible[i] = len(self.kinds) > 1
            else:
                possible[i] = open_ended or config.needs.get(tool, "") in ("", *self.kinds)
        return possible

    def picks(self, act: int) -> Tensor:
        """(max_picks + 2,) bool: attachments of the kind that the act's tool works on."""
        most = self.config.max_picks
        possible = torch.zeros(most + 2, dtype=torch.bool)
        needed = "" if act == END else self.config.needs.get(self.tool(act), "")
        fit = [kind == needed for kind in self.kinds[:most]]
        if sum(fit):
            possible[1 : len(fit) + 1] = torch.tensor(fit)
            possible[-1] = sum(fit) > 1
        # The last one is picked as the newest, not by its number.
        if len(self.kinds) <= most:
            possible[len(self.kinds)] = False
        possible[NEWEST] = not any(fit) or self.kinds[-1] == needed
        return possible


def _gather(memory: Tensor, index: Tensor) -> Tensor:
    """memory (N, T, D) at index (N, L) -> (N, L, D)."""
    return memory.gather(1, index[..., None].expand(-1, -1, memory.shape[-1]))
