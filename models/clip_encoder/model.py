"""A dual encoder of clips and texts: things and what they do, on either side.

In the manner of CLIP (Radford et al. 2021, https://arxiv.org/abs/2103.00020) and its kin for clips
(X-CLIP, Ma et al. 2022, https://arxiv.org/abs/2207.07285). A clip is what the track reader reads
of it: things, what became of each, and who met whom. Both towers tally who plays which role
(a bag of things, Deep Sets, Zaheer et al. 2017, https://arxiv.org/abs/1703.06114): a clip's tally
is counted, a text's is read off its words, and one projection takes both into the joint space.
What tallies do not hold, such as who met whom, the transformers add.

Shapes: N samples, K things, M meetings, T word pieces, D width, E joint width, R roles, L looks.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers.utils import ModelOutput

from ..common.joint_encoder import WordEmbedding
from ..common.pretrained import SightlineModel
from ..common.tally import Phrases, Tally, read_in_parts, shrink
from ..common.transformer import Block
from .config import ClipEncoderConfig
from .features import COUNTS, ROLES, TIMES, Clips
from .loss import ranked_nce

# How much reading the tally off the words weighs beside contrast.
TALLYING = 0.2


@dataclass
class ClipEncoderOutput(ModelOutput):
    """`loss` (scalar), `clips` and `texts` (N, E), unit rows."""

    loss: Tensor | None = None
    clips: Tensor | None = None
    texts: Tensor | None = None


class ClipEncoderModel(SightlineModel):
    """Two towers and a learned temperature."""

    config_class = ClipEncoderConfig
    config: ClipEncoderConfig
    main_input_name = "looks"

    def __init__(self, config: ClipEncoderConfig) -> None:
        super().__init__(config)
        dim, tallied = config.dim, len(ROLES) * config.looks
        self.thing = _reader(config.looks + len(ROLES) + TIMES, dim)
        self.meeting = _reader(dim + 1, dim)
        self.count = nn.ModuleList([nn.Embedding(config.most + 1, dim) for _ in COUNTS])
        self.clip_blocks = nn.ModuleList(
            [Block(dim, config.heads, expand=2) for _ in range(config.clip_depth)]
        )
        self.clip_out = Tally(dim, config.embedding)
        self.words = WordEmbedding(dim, config.longest)
        self.phrases = Phrases(dim, config.reach)
        self.summary = nn.Parameter(0.02 * torch.randn(dim))
        self.text_blocks = nn.ModuleList(
            [Block(dim, config.heads, expand=2) for _ in range(config.text_depth)]
        )
        self.text_out = Tally(dim, config.embedding)
        self.said = Tally(dim, tallied)
        self.tallied = nn.Linear(tallied, config.embedding, bias=False)
        for out in (self.clip_out, self.text_out, self.said):
            shrink(out.part)
            shrink(out.whole)
        self.log_scale = nn.Parameter(torch.tensor(2.659))
        self.post_init()

    def read_clips(self, clips: Clips) -> Tensor:
        """Clips -> embeddings (N, E), not of unit length."""
        there = clips.roles[..., 0] > 0
        things = self.thing(torch.cat([clips.looks, clips.roles, clips.times], -1))
        pick = clips.meetings.unsqueeze(-1)
        width = things.shape[-1]
        first, second = (
            things.gather(1, pick[:, :, side].expand(-1, -1, width)) for side in (0, 1)
        )
        # Added up: who met whom is the same the other way round.
        both = first + second
        meetings = self.meeting(torch.cat([both, clips.met[..., None]], -1))
        whole = torch.stack([table(clips.counts[:, k]) for k, table in enumerate(self.count)]).sum(
            0
        )
        real = torch.cat([there, clips.met >= 0], 1)
        x = torch.cat([whole[:, None], things, meetings], 1)
        seen = torch.cat([real.new_ones(len(real), 1), real], 1)
        for block in self.clip_blocks:
            x = block(x, mask=seen)
        tally = torch.einsum("nkr,nkl->nrl", clips.roles, clips.looks).flatten(1)
        return self.clip_out(x, real) + self.tallied(tally)

    def read_texts(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Word pieces (N, T) -> embeddings (N, E), not of unit length, and tallies (N, R L)."""
        return read_in_parts(self._read_texts, ids, mask)

    def _read_texts(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        n = len(ids)
        words = self.phrases(self.words(ids), mask)
        x = torch.cat([self.summary.expand(n, 1, -1), words], dim=1)
        seen = torch.cat([mask.new_ones(n, 1), mask], dim=1)
        for block in self.text_blocks:
            x = block(x, mask=seen)
        said = self.said(x, mask)
        return self.text_out(x, mask) + self.tallied(said), said

    def encode_clips(self, clips: Clips) -> Tensor:
        """Clips -> unit rows (N, E)."""
        return F.normalize(self.read_clips(clips), dim=-1)

    def encode_texts(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Word pieces (N, T) -> unit rows (N, E)."""
        return F.normalize(self.read_texts(ids, mask)[0], dim=-1)

    def forward(
        self,
        looks: Tensor,
        roles: Tensor,
        times: Tensor,
        meetings: Tensor,
        met: Tensor,
        counts: Tensor,
        ids: Tensor,
        mask: Tensor,
        told: Tensor | None = None,
    ) -> ClipEncoderOutput:
        """Embed matching clips and texts and compare all with all.

        Args:
            looks ... counts: see `Clips`; there may be more clips than texts: the text of row i
                belongs to clip i, and clips without a text are there to be told apart.
            told: (N, R L) the true tally of each text; None learns by contrast alone.
        """
        clips = self.encode_clips(Clips(looks, roles, times, meetings, met, counts))
        texts, said = self.read_texts(ids, mask)
        texts = F.normalize(texts, dim=-1)
        # CLIP's cap on the scale keeps training stable.
        loss = ranked_nce(clips, texts, self.log_scale.clamp(max=4.605).exp())
        if told is not None:
            loss = loss + TALLYING * (said - told).square().sum(-1).mean()
        return ClipEncoderOutput(loss=loss, clips=clips, texts=texts)


def _reader(width: int, dim: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(width, 2 * dim), nn.GELU(), nn.Linear(2 * dim, dim), nn.LayerNorm(dim)
    )
