"""The program parser as an object: texts (with what was said before) to programs."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from ..common.adapted_encoder import encode_batch
from ..common.loading import load_model
from ..spec import weights_folder, weights_hash
from .model import Parsed, ProgramParserModel

# Texts whose programs are kept: a turn's words are read by its planner, its tool and its check.
_KEPT = 256


class ProgramParser:
    """Serves questions and phrases as programs; safe to share between threads."""

    def __init__(self, model: ProgramParserModel, weights: str = "") -> None:
        self.model = model.eval()
        self.weights = weights
        self._kept: OrderedDict[tuple[str, str], Parsed] = OrderedDict()
        self._lock = threading.Lock()

    @classmethod
    def load(cls, path: Path | None = None) -> "ProgramParser":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("program_parser", path)
        model = load_model(ProgramParserModel, folder)
        return cls(model, weights_hash(folder))

    def parse(self, texts: Sequence[str], earlier: Sequence[str] | None = None) -> list[Parsed]:
        """Programs of `texts`.

        Args:
            texts: questions, commands or noun phrases.
            earlier: the user's turn before each text, "" where there is none.
        """
        asked = list(zip(texts, earlier or [""] * len(texts), strict=True))
        with self._lock:
            found = {each: self._kept[each] for each in asked if each in self._kept}
        if new := [each for each in dict.fromkeys(asked) if each not in found]:
            said, before = zip(*new, strict=True)
            read = self.model.decode(*encode_batch(said, before))
            found |= zip(new, read, strict=True)
        with self._lock:
            for each in asked:
                self._kept[each] = found[each]
                self._kept.move_to_end(each)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return [found[each] for each in asked]
