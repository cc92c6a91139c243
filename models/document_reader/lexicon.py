"""Names and addresses of shops seen in training, to mend what OCR misread.

A misread letter in a known name ("SDN BND", "RESTORAM") is put right only when the whole text is
nearly the known one and no digit differs; anything else stays as it was read.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path

from .labels import letters

_FILE = "lexicon.json"


class ShopLexicon:
    """Known texts per field ("company", "address"), matched by their letters and digits."""

    def __init__(self, texts: Mapping[str, Iterable[str]]) -> None:
        self.texts = {key: tuple(values) for key, values in texts.items()}
        self._letters = {
            key: [(letters(text), text) for text in values] for key, values in self.texts.items()
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

    def save(self, folder: Path) -> None:
        """Beside the weights."""
        text = json.dumps(self.texts, ensure_ascii=False, indent=0)
        (folder / _FILE).write_text(text + "\n", encoding="utf-8")

    def nearest(self, key: str, text: str) -> tuple[str, float]:
        """The known text most like this one, and how alike they are in [0, 1]."""
        stream = letters(text)
        best, score = "", 0.0
        for known, original in self._letters.get(key, []):
            bound = 2 * min(len(known), len(stream)) / max(1, len(known) + len(stream))
            if bound <= score:
                continue
            matcher = SequenceMatcher(None, stream, known, autojunk=False)
            if matcher.quick_ratio() > score and (ratio := matcher.ratio()) > score:
                best, score = original, ratio
        return best, score

    def mend(self, key: str, text: str, alike: float) -> str:
        """The known text if this is nearly it, else the text itself."""
        known, score = self.nearest(key, text)
        return known if score >= alike else text
