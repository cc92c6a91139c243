"""The edit parser as an object: instructions in; kind, spans and confidence out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch

from ..common.adapted_encoder import encode_batch
from ..common.loading import load_model
from ..common.sentence_encoder import SentenceEncoder
from ..spec import weights_folder, weights_hash
from .config import EditParserConfig
from .model import IGNORED, EditParserModel

Span = tuple[str, int, int]


@dataclass(frozen=True, kw_only=True)
class HeardEdit:
    """What an instruction asks for.

    Attributes:
        kind: one of the config's kinds.
        words: span kind -> the words marked so ("" where none are).
        confidence: of the kind, in [0, 1].
    """

    kind: str
    words: dict[str, str] = field(default_factory=dict)
    confidence: float = 1.0


class EditParser:
    """Reads instructions to edit."""

    def __init__(self, model: EditParserModel, weights: str = "") -> None:
        self.model = model.eval()
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "EditParser":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("edit_parser", path)
        model = load_model(EditParserModel, folder)
        return cls(model, weights_hash(folder))

    @torch.inference_mode()
    def parse(self, texts: Sequence[str]) -> list[HeardEdit]:
        """What each of `texts` asks for."""
        if not texts:
            return []
        ids, mask, types = encode_batch(texts)
        output = self.model(ids, mask, types)
        chances = output.kinds.softmax(-1)
        config: EditParserConfig = self.model.config
        tokenizer = SentenceEncoder.load().tokenizer
        heard = []
        for row, text in enumerate(texts):
            offsets = tokenizer.encode(text).offsets[: ids.shape[1]]
            scores = output.tags[row, : len(offsets)]
            chance, index = chances[row].max(-1)
            heard.append(
                HeardEdit(
                    kind=config.kinds[int(index)],
                    words=_spans(text, offsets, scores, config.spans),
                    confidence=float(chance),
                )
            )
        return heard


def _spans(
    text: str, offsets: Sequence[tuple[int, int]], scores: torch.Tensor, names: Sequence[str]
) -> dict[str, str]:
    """For each span kind the run of words that the tags mark with the highest total score."""
    tags: list[int] = scores.argmax(-1).tolist()
    margin: list[float] = scores.softmax(-1).max(-1).values.tolist()
    found: dict[str, tuple[float, int, int]] = {}
    run: tuple[str, int, int, float] | None = None

    def close() -> None:
        if run is not None and run[3] > found.get(run[0], (0.0, 0, 0))[0]:
            found[run[0]] = (run[3], run[1], run[2])

    for tag, (start, end), sure in zip(tags, offsets, margin, strict=True):
        if start == end:
            continue
        name = names[(tag - 1) // 2] if tag else ""
        begins = tag % 2 == 1
        # Pieces of one word stay together.
        inside_word = run is not None and start == run[2] and text[start - 1 : start + 1].isalnum()
        if run is not None and (inside_word or (name == run[0] and not begins)):
            run = (run[0], run[1], end, run[3] + sure)
            continue
        close()
        run = (name, start, end, sure) if name else None
    close()
    return {name: text[start:end] for name, (_, start, end) in found.items()}


def tag_labels(text: str, spans: Sequence[Span], names: Sequence[str], width: int) -> list[int]:
    """The tag of each word piece of `text`, `IGNORED` at its ends and past it: `width` long."""
    encoding = SentenceEncoder.load().tokenizer.encode(text)
    labels = []
    before = -1
    for start, end in encoding.offsets[:width]:
        if start == end:
            labels.append(IGNORED)
            continue
        hit = next((i for i, (_, a, b) in enumerate(spans) if a < end and start < b), -1)
        kind = names.index(spans[hit][0]) if hit >= 0 else -1
        labels.append(0 if hit < 0 else 1 + 2 * kind + (hit == before))
        before = hit
    return labels + [IGNORED] * (width - len(labels))
