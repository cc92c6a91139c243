"""Tuning the grounder on own boxes: targets follow the picture, the run serves its tool."""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from sightline.data.adapters.coco import load_coco
from sightline.finetune.pipeline import train
from sightline.finetune.recipes import grounder as recipe
from sightline.finetune.recipes.grounder import CocoBatches, coco_score
from sightline.finetune.run import Options
from sightline.models.grounder import GrounderConfig, GrounderModel
from sightline.tools.toolbox import Toolbox

# One dark square a picture, at (x, y), 40 wide and 30 high; the second picture has two.
SQUARES = {"a.png": [(20, 30)], "b.png": [(200, 20), (60, 150)], "c.png": [(140, 100)]}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    images, boxes = [], []
    for number, (name, places) in enumerate(SQUARES.items()):
        pixels = np.full((240, 320, 3), 220, np.uint8)
        for x, y in places:
            pixels[y : y + 30, x : x + 40] = 10
            boxes.append({"image_id": number, "category_id": len(boxes) % 2 + 1,
                          "bbox": [x, y, 40, 30], "id": len(boxes)})  # fmt: skip
        Image.fromarray(pixels).save(tmp_path / name)
        images.append({"id": number, "file_name": name, "width": 320, "height": 240})
    kinds = [{"id": 1, "name": "cell"}, {"id": 2, "name": "plate"}]
    layout = {"images": images, "annotations": boxes, "categories": kinds}
    (tmp_path / "instances.json").write_text(json.dumps(layout))
    return tmp_path


@pytest.fixture
def batches(data: Path) -> CocoBatches:
    torch.manual_seed(0)
    vision = {"width": 160, "height": 128, "max_objects": 6}
    model = GrounderModel(GrounderConfig(vision=vision))
    dataset = load_coco(data)
    return CocoBatches(list(dataset.images), list(dataset.categories), model)


def test_boxes_follow_the_picture_however_it_is_laid_and_flipped(batches: CocoBatches) -> None:
    pixels, targets, _ = batches(random.Random(1), 24)
    for row in range(24):
        boxes = targets["boxes"][row][targets["mask"][row]]
        dark = pixels[row].mean(0) < 0.5
        inside = torch.zeros_like(dark)
        for x0, y0, x1, y1 in boxes.round().int().tolist():
            inside[y0:y1, x0:x1] = True
        # A scaled edge may lie half a pixel off: nothing dark is two pixels outside of the boxes.
        assert (dark & ~inside).sum() <= 0.1 * dark.sum() and (dark & inside).sum() > 0
        centres = (boxes[:, :2] + boxes[:, 2:]) / 2
        assert torch.equal(targets["centres"][row][targets["mask"][row]], centres)
    flipped = {tuple(t.round().int().tolist()) for t in targets["centres"][:, 0]}
    assert len(flipped) > len(SQUARES)  # more places than pictures: they were mirrored


def test_phrases_mark_the_boxes_of_their_category(batches: CocoBatches) -> None:
    _, targets, phrases = batches(random.Random(2), 8)
    assert [(row, name) for row, name, _ in phrases[:4]] == [
        (0, "cell"), (0, "plate"), (1, "cell"), (1, "plate"),
    ]  # fmt: skip
    for row in range(8):
        cell, plate = (labels for at, _, labels in phrases if at == row)
        assert torch.equal(cell + plate, targets["mask"][row].float())


@pytest.mark.parametrize(
    ("given", "precision", "recall"),
    [
        (lambda truth: truth, 1.0, 1.0),
        (lambda truth: truth[:0], 0.0, 0.0),
        (lambda truth: truth.repeat(2, 1), 0.5, 1.0),
        (lambda truth: truth + torch.tensor([0.8, 0, 0.8, 0]) * 20, 0.0, 0.0),
    ],
)
def test_the_score_counts_each_true_box_once(
    given: Any, precision: float, recall: float, batches: CocoBatches,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def predict(model: Any, pixels: torch.Tensor, phrase: str) -> torch.Tensor:
        for index in range(len(batches.images)):
            array, boxes, names = batches.load(index)
            if np.array_equal(array, (pixels[0].permute(1, 2, 0) * 255).round().byte().numpy()):
                return given(boxes[[f"the {name}s" == phrase for name in names]])
        raise AssertionError("an unknown picture")

    monkeypatch.setattr(recipe, "predict", predict)
    scored = coco_score(None, batches)  # type: ignore[arg-type]
    assert (scored["precision"], scored["recall"]) == (precision, recall)


def test_a_run_goes_on_and_serves_its_tool(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    figures, use = train("ground", Options(out=out, data=data, steps=1))
    assert f"--tool ground={out}" in use and figures["steps"] == 1
    figures, _ = train("ground", Options(out=out, data=data, steps=2, resume=True))
    assert figures["steps"] == 2
    assert json.loads((out / "figures.json").read_text()) == figures
    box = Toolbox("embedded", {"ground": out})
    served = box.tool("ground")
    assert served.domain == "any" and box.knows("ground", "other")
    boxes = served.ground([Image.open(data / "b.png").convert("RGB")], ["the cells"])
    assert isinstance(boxes[0], list)
    again = torch.load(out / "state.pt", weights_only=True)
    assert again["step"] == 2
