"""Names and addresses of shops seen in training, to mend what OCR misread.

A misread letter in a known name ("SDN BND", "RESTORAM") is put right only when the whole text is
nearly the known one; anything else stays as it was read. How near was chosen on receipts of the
training part, each compared with the others only.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from difflib import SequenceMatcher
from itertools import compress
from pathlib import Path

import numpy as np

from .features import trigram_rows
from .labels import letters

_FILE = "lexicon.json"
_LIKELY = 5


class ShopLexicon:
    """Known texts per field ("company", "address"), matched by their letters and digits."""

    def __init__(self, texts: Mapping[str, Iterable[str]]) -> None:
        self.texts = {key: tuple(values) for key, values in texts.items()}
        self._rows = {
            key: trigram_rows([letters(text) for text in values])
            for key, values in self.texts.items()
        }

    def extended(
        self, records: Iterable[Mapping[str, str]], keys: tuple[str, ...]
    ) -> "ShopLexicon":
        """With the fields of further receipts; of spellings with equal letters the commonest."""
        found: dict[str, dict[str, Counter[str]]] = {key: defaultdict(Counter) for key in keys}
        for key in keys:
            for text in self.texts.get(key, ()):
                found[key][letters(text)][text] += 1
        for record in records:
            for key in keys:
                if record.get(key):
                    found[key][letters(record[key])][record[key]] += 1
        return ShopLexicon(
            {
                key: sorted(spellings.most_common(1)[0][0] for spellings in groups.values())
                for key, groups in found.items()
            }
        )

    @classmethod
    def load(cls, folder: Path) -> "ShopLexicon":
        """From a weights folder; empty where it has none."""
        file = folder / _FILE
        return cls(json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {})

    def without(self, record: Mapping[str, str], keys: Iterable[str]) -> "ShopLexicon":
        """Without one record's own texts, for the given fields (to score as if it were new)."""
        kept = copy(self)
        kept._rows = dict(self._rows)
        for key in keys:
            gone = letters(record.get(key, ""))
            stay = [letters(text) != gone for text in self.texts.get(key, ())]
            if stay:
                kept._rows[key] = self._rows[key][np.array(stay)]
                kept.texts = {
                    **kept.texts,
                    key: tuple(compress(self.texts[key], stay)),
                }
        return kept

    def save(self, folder: Path) -> None:
        """Beside the weights."""
        text = json.dumps(self.texts, ensure_ascii=False, indent=0)
        (folder / _FILE).write_text(text + "\n", encoding="utf-8")

    def alike(self, key: str, text: str) -> float:
        """How many letter trigrams a text shares with the nearest known one (cosine)."""
        rows = self._rows.get(key)
        if rows is None or not len(rows):
            return 0.0
        return float((rows @ trigram_rows([letters(text)])[0]).max())

    def nearest(self, key: str, text: str) -> tuple[str, float]:
        """The known text most like this one, and how alike they are in [0, 1]."""
        rows, stream = self._rows.get(key), letters(text)
        if rows is None or not len(rows) or not stream:
            return "", 0.0
        likely = np.argsort(-(rows @ trigram_rows([stream])[0]))[:_LIKELY]
        scored = [
            (SequenceMatcher(None, stream, letters(known), autojunk=False).ratio(), known)
            for known in (self.texts[key][i] for i in likely)
        ]
        score, best = max(scored)
        return best, score

    def mend(self, key: str, text: str, alike: float) -> str:
        """The known text if this is nearly it, else the text itself."""
        known, score = self.nearest(key, text)
        return known if score >= alike else text
