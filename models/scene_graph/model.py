"""The relation head: for every ordered pair of objects, which predicates hold between them.

Objects are the scene parser's slots with what was read of them; a pair's state comes from both
ends and from their difference (after Zellers et al. 2018, "Neural Motifs",
https://arxiv.org/abs/1711.06640, without its context model: here pairs stand alone).

Shapes: N pictures, K objects, S slot width, A attribute values in all, P predicates.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.pretrained import SightlineModel
from .config import RelationConfig
from .loss import relation_loss

PLACE = 3  # right, front, up


@dataclass
class RelationOutput(ModelOutput):
    """What one pass gives.

    Attributes:
        loss: scalar, when targets are given.
        told: (N, K, K, P + 1) logits of the edge from row to column; the last says there is none.
        holds: (N, K, K, P) logits of each predicate by itself.
    """

    loss: Tensor | None = None
    told: Tensor | None = None
    holds: Tensor | None = None


class RelationModel(SightlineModel):
    """Object states, pair states, two linear heads."""

    config_class = RelationConfig
    config: RelationConfig
    main_input_name = "slots"

    def __init__(self, config: RelationConfig) -> None:
        super().__init__(config)
        values = sum(len(names) for names in config.attributes.values())
        self.object = nn.Sequential(
            nn.Linear(config.slot_dim + values + PLACE, config.dim), nn.ReLU()
        )
        raw = values + PLACE
        self.pair = nn.Sequential(
            nn.Linear(2 * config.dim + 3 * raw, config.pair_dim),
            nn.ReLU(),
            nn.Linear(config.pair_dim, config.pair_dim),
            nn.ReLU(),
        )
        self.told = nn.Linear(config.pair_dim, len(config.predicates) + 1)
        self.holds = nn.Linear(config.pair_dim, len(config.predicates))
        self.post_init()

    def forward(
        self,
        slots: Tensor,
        values: Tensor,
        places: Tensor,
        mask: Tensor,
        told: Tensor | None = None,
        holds: Tensor | None = None,
    ) -> RelationOutput:
        """Relate objects.

        Args:
            slots: (N, K, S); values: (N, K, A) one-hot attributes; places: (N, K, 3) world units.
            mask: (N, K) bool, True where there is an object.
            told: (N, K, K) class of each ordered pair, -100 where none is right or wrong.
            holds: (N, K, K, P) in {0, 1}.
        """
        raw = torch.cat([values, places], dim=-1)
        state = self.object(torch.cat([slots, raw], dim=-1))
        k = slots.shape[1]
        rows = torch.cat([state, raw], dim=-1)[:, :, None].expand(-1, -1, k, -1)
        columns = torch.cat([state, raw], dim=-1)[:, None].expand(-1, k, -1, -1)
        apart = (raw[:, :, None] - raw[:, None]).expand(-1, k, k, -1)
        pairs = self.pair(torch.cat([rows, columns, apart], dim=-1))
        output = RelationOutput(told=self.told(pairs), holds=self.holds(pairs))
        if told is not None and holds is not None:
            output.loss = relation_loss(output.told, output.holds, told, holds, mask)  # type: ignore[arg-type]
        return output
