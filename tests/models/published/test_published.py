"""Published checkpoints load unchanged, and answer as transformers' own classes do with them.

The hub is out of reach here: tiny checkpoints in its layout stand in for the published ones.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from sightline.models import spec
from sightline.models.grounding_dino.grounder import boxes_of, prompt_of
from sightline.models.tasks import Clip

from .checkpoints import save

NAMES = ("blip", "blip_vqa", "grounding_dino", "vlm")


def photo(seed: int, size: tuple[int, int] = (80, 60)) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
    return Image.fromarray(pixels)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Any]]:
    folders = {name: tmp_path_factory.mktemp(name) for name in NAMES}
    return {name: (folder, save(name, folder)) for name, folder in folders.items()}


def test_captions_are_those_of_transformers(saved: dict[str, tuple[Path, Any]]) -> None:
    folder, reference = saved["blip"]
    captioner = spec("blip").load(folder)
    first, second = captioner.caption([photo(1), photo(2)])
    pixels = captioner.processor(images=photo(1), return_tensors="pt")
    with torch.inference_mode():
        ids = reference.generate(**pixels, max_new_tokens=40, do_sample=False, num_beams=1)[0]
        # How sure it was of each word, from one pass over the whole caption.
        logits = reference.text_decoder(
            ids[None],
            encoder_hidden_states=reference.vision_model(**pixels)[0],
        ).logits[0]
    assert first.text == captioner.processor.decode(ids, skip_special_tokens=True).strip()
    assert first.text and not first.text.startswith("[")
    steps = logits.log_softmax(-1)[:-1].gather(1, ids[1:, None])
    assert first.confidence == pytest.approx(float(steps.mean().exp()), abs=1e-4)
    assert captioner.caption([photo(2)]) == [second]
    assert captioner.caption([]) == []
    with pytest.raises(ValueError, match="there are short, normal, long"):
        captioner.caption([photo(1)], style="odd")


def test_answers_are_those_of_transformers(saved: dict[str, tuple[Path, Any]]) -> None:
    folder, reference = saved["blip_vqa"]
    answerer = spec("blip_vqa").load(folder)
    (answer,) = answerer.answer([photo(1)], ["What color is the dog?"])
    asked = answerer.processor(images=photo(1), text="what color is the dog?", return_tensors="pt")
    with torch.inference_mode():
        ids = reference.generate(**asked, max_new_tokens=12, do_sample=False, num_beams=1)[0]
    assert answer.text == answerer.processor.decode(ids, skip_special_tokens=True).strip()
    assert answer.text and 0 < answer.confidence < 1 and answer.premise == "holds"


def test_boxes_are_those_of_transformers(
    saved: dict[str, tuple[Path, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, reference = saved["grounding_dino"]
    grounder = spec("grounding_dino").load(folder)
    # Random weights are sure of nothing.
    monkeypatch.setattr("sightline.models.grounding_dino.grounder._BOX", 0.0)
    found = grounder.ground([photo(1)], ["the red dog"])[0]
    inputs = grounder.processor(images=photo(1), text="red dog.", return_tensors="pt")
    with torch.inference_mode():
        out = reference(**inputs)
    order = out.logits.sigmoid().amax(-1)[0].argsort(descending=True)
    cx, cy, w, h = out.pred_boxes[0][order].unbind(-1)
    truth = torch.stack([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], -1)
    truth = (truth * torch.tensor([80, 60, 80, 60])).clamp(min=0)
    truth = truth.minimum(torch.tensor([80.0, 60, 80, 60]))
    assert len(found) == len(order) and found[0].confidence >= found[-1].confidence
    torch.testing.assert_close(torch.tensor([b.xyxy for b in found]), truth, atol=1e-3, rtol=1e-4)
    assert {box.label for box in found} == {"the red dog"}


def test_phrases_and_boxes_are_brought_into_shape() -> None:
    assert prompt_of("The red dog?") == "red dog."
    assert prompt_of("a theme park") == "theme park."
    corners = torch.tensor([[-5.0, 2, 30, 90], [1, 1, 2, 2]])
    low, high = boxes_of(torch.tensor([0.4, 0.9]), corners, "dog", (20, 50))[::-1]
    assert high.xyxy == (1, 1, 2, 2) and low.xyxy == (0, 2, 20, 50)
    assert (high.confidence, low.confidence) == (pytest.approx(0.9), pytest.approx(0.4))


def test_a_vision_language_model_is_asked_by_its_template(
    saved: dict[str, tuple[Path, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, reference = saved["vlm"]
    model = spec("vlm").load(folder)
    seen: list[tuple[str, int]] = []
    template = model.processor.apply_chat_template

    def read(talk: list[dict[str, Any]], **options: Any) -> str:
        content = talk[0]["content"]
        seen.append((content[-1]["text"], sum(part["type"] == "image" for part in content)))
        return template(talk, **options)

    monkeypatch.setattr(model.processor, "apply_chat_template", read)
    (answer,) = model.answer([photo(1)], ["how many are there ?"], [["is the dog red ?"]])
    assert "is the dog red ?" in seen[0][0] and "how many are there ?" in seen[0][0]
    inputs = model.processor(
        images=[photo(1)], text=f"<image> {seen[0][0]} answer", return_tensors="pt"
    )
    with torch.inference_mode():
        ids = reference.generate(**inputs, max_new_tokens=60, do_sample=False)[0]
    new = ids[inputs["input_ids"].shape[1] :]
    assert answer.text == model.processor.decode(new, skip_special_tokens=True).strip()
    clip = Clip(frames=[photo(i) for i in range(20)], seconds=2.5)
    (told,) = model.answer_clips([clip], ["how many are there ?"])
    assert seen[1][1] == 8 and "2.5 seconds" in seen[1][0]
    assert told.sentence and 0 <= told.confidence <= 1
    model.answer_clips([Clip(frames=clip.frames[:3], seconds=1.0)], ["what ?"])
    assert seen[2][1] == 3


@pytest.mark.parametrize("name", NAMES)
def test_nothing_but_safetensors_is_loaded(name: str, tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickle")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(FileNotFoundError, match=r"no model\.safetensors"):
        spec(name).load(tmp_path)
    with pytest.raises(FileNotFoundError, match="no weights of"):
        spec(name).load(None)
    assert spec(name).published and all("/" in hub for hub in spec(name).published)
