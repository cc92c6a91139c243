"""OCR noise: mapping back to true lines, and no noise at strength 0 but lost splits."""

import numpy as np
from sightline.data.documents import ocr_noise, sample_document


def _lines(seed: int):
    return sample_document(np.random.default_rng(seed), kind="receipt", render=False).lines


def test_sources_name_true_lines_and_remap_finds_them() -> None:
    for seed in range(30):
        lines = _lines(seed)
        noisy = ocr_noise(np.random.default_rng(seed), lines, strength=1.0)
        assert len(noisy.lines) == len(noisy.sources)
        assert all(0 <= i < len(lines) for source in noisy.sources for i in source)
        for new, source in enumerate(noisy.sources):
            for old in source:
                assert new in noisy.remap([old])
        lost = set(range(len(lines))) - {i for source in noisy.sources for i in source}
        assert noisy.remap(lost) == ()


def test_strength_sets_how_much_is_misread() -> None:
    def wrong(strength: float) -> float:
        seen = changed = 0
        for seed in range(20):
            lines = _lines(seed)
            texts = {line.text for line in lines}
            noisy = ocr_noise(np.random.default_rng(seed), lines, strength=strength)
            seen += len(noisy.lines)
            changed += sum(line.text not in texts for line in noisy.lines)
        return changed / seen

    assert wrong(0.0) < 0.05 < wrong(0.5) < wrong(1.0) < 0.7
