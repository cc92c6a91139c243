"""The program parser as an object: texts (with what was said before) to programs."""

from collections.abc import Sequence
from pathlib import Path

from ..common.adapted_encoder import encode_batch
from ..common.loading import load_model
from ..spec import weights_folder, weights_hash
from .model import Parsed, ProgramParserModel


class ProgramParser:
    """Serves questions and phrases as programs."""

    def __init__(self, model: ProgramParserModel, weights: str = "") -> None:
        self.model = model.eval()
        self.weights = weights

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
        if not texts:
            return []
        return self.model.decode(*encode_batch(texts, earlier))
