"""What an instruction to edit asks for: its kind, and which of its words say what, where, how.

The adapted sentence encoder reads the words; one linear layer tells the kind, another tags every
word piece as outside, beginning or inside one of the spans (joint intent and slots, Chen et al.
2019, https://arxiv.org/abs/1902.10909).

Shapes: N texts, T word pieces, K kinds, L = 1 + 2 x spans tags.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.adapted_encoder import AdaptedEncoder
from ..common.pretrained import SightlineModel
from ..common.sentence_encoder import SENTENCE_DIM
from .config import EditParserConfig

IGNORED = -100
_DROPOUT = 0.1


@dataclass
class EditParserOutput(ModelOutput):
    """`loss` (scalar, when labels are given), `kinds` (N, K) and `tags` (N, T, L) logits."""

    loss: Tensor | None = None
    kinds: Tensor | None = None
    tags: Tensor | None = None


class EditParserModel(SightlineModel):
    """Adapted encoder, kind head and tag head."""

    config_class = EditParserConfig
    config: EditParserConfig
    main_input_name = "ids"

    def __init__(self, config: EditParserConfig) -> None:
        super().__init__(config)
        self.encoder = AdaptedEncoder(config.encoder_layers, config.rank)
        self.drop = nn.Dropout(_DROPOUT)
        self.kind = nn.Linear(2 * SENTENCE_DIM, len(config.kinds))
        self.tag = nn.Linear(SENTENCE_DIM, 1 + 2 * len(config.spans))
        self.post_init()

    def forward(
        self,
        ids: Tensor,
        mask: Tensor,
        types: Tensor,
        kinds: Tensor | None = None,
        tags: Tensor | None = None,
    ) -> EditParserOutput:
        """Read instructions.

        Args:
            ids, mask (bool), types: word pieces (N, T).
            kinds: (N,) class indices; tags: (N, T), `IGNORED` where nothing is scored.
        """
        states = self.drop(self.encoder(ids, mask, types))
        share = mask.unsqueeze(-1).to(states.dtype)
        pooled = (states * share).sum(1) / share.sum(1)
        chosen = self.kind(torch.cat([states[:, 0], pooled], dim=-1))
        marked = self.tag(states)
        output = EditParserOutput(kinds=chosen, tags=marked)
        if kinds is not None and tags is not None:
            told = F.cross_entropy(chosen, kinds, label_smoothing=0.05)
            spans = F.cross_entropy(marked.flatten(0, 1), tags.flatten(), ignore_index=IGNORED)
            output.loss = told + spans
        return output
