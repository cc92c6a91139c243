"""Sentence vectors for the agent: the shared encoder, imported only when words are compared."""

from collections.abc import Sequence

import numpy as np

from ..tools.startup import loading


def embed(texts: Sequence[str]) -> np.ndarray:
    """Unit rows (N, 384), one per text; the first call loads torch and the encoder."""
    with loading():
        # Here and not above: listing conversations must not wait for torch.
        from ..models.common.sentence_encoder import SentenceEncoder

        encoder = SentenceEncoder.load()
    return encoder.embed(texts)
