"""Train the grounder on drawn scenes, or fine-tune it on a user's boxes (COCO layout).

`sightline finetune grounder --out runs/grounder`
`sightline finetune ground --data COCO_DIR --out runs/cells`
"""

import random
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from ...data.adapters.coco import DetectionImage, load_coco
from ...data.world.refexps import sample_refexps
from ...models.common.adapted_encoder import encode_batch
from ...models.common.canvas import to_canvas
from ...models.grounder import GrounderConfig, GrounderModel
from ...models.scene_parser import SceneParserModel
from ...models.scene_parser.model import STRIDE
from ...models.scene_parser.parser import slot_features
from ...models.spec import weights_folder
from ..common.fit import FitConfig, fit, own_loss, step_seed
from ..common.slots import SlotPool
from .scene_parser import centre_map


def make_batch(pool: SlotPool, rng: random.Random, size: int, each: int = 4) -> tuple[Tensor, ...]:
    """`size` expressions, `each` per scene: slots, mask, word pieces, labels."""
    rows: list[int] = []
    texts: list[str] = []
    labels: list[Tensor] = []
    while len(rows) < size:
        index = rng.randrange(len(pool.scenes))
        for item in sample_refexps(pool.scenes[index], rng, each):
            rows.append(index)
            texts.append(item.text.lower())
            labels.append(pool.marks(index, item.objects))
    rows, texts = rows[:size], texts[:size]
    ids, mask, _ = encode_batch(texts)
    return pool.slots[rows].float(), pool.mask[rows], ids, mask, torch.stack(labels[:size])


def exact_sets(model: torch.nn.Module, batches: list[tuple[Tensor, ...]]) -> float:
    """Share of expressions whose slots are picked exactly."""
    right = total = 0
    for slots, seen, ids, mask, labels in batches:
        with torch.inference_mode():
            picked = (model(slots, seen, ids, mask).logits > 0) & seen
        right += int((picked == labels.bool()).all(-1).sum())
        total += len(labels)
    return right / max(1, total)


def train_grounder(
    pool: SlotPool,
    dev: SlotPool,
    eyes: SceneParserModel,
    out: Path,
    *,
    config: FitConfig,
    batch_size: int = 96,
    resume: bool = False,
) -> tuple[GrounderModel, dict[str, float]]:
    """Train the matching part over the slots of a trained scene parser, which is copied in."""
    torch.manual_seed(config.seed)
    sizes = eyes.config
    vision = {
        "width": sizes.width,
        "height": sizes.height,
        "channels": sizes.channels,
        "depths": sizes.depths,
        "slot_dim": sizes.slot_dim,
        "max_objects": sizes.max_objects,
        "threshold": sizes.threshold,
    }
    model = GrounderModel(GrounderConfig(vision=vision))
    model.eyes.load_state_dict(eyes.state_dict())
    model.eyes.requires_grad_(False)
    kept = [make_batch(dev, random.Random(20_000 + i), 128) for i in range(6)]

    def batch(step: int) -> tuple[Tensor, ...]:
        return make_batch(pool, random.Random(step_seed(config.seed, step)), batch_size)

    figures = fit(
        model,
        batch,
        own_loss,
        config,
        out,
        resume=resume,
        evaluate=lambda m: {"exact": exact_sets(m, kept)},
        evaluate_every=300,
        title="grounder",
    )
    return model, figures


class CocoBatches:
    """Batches of a COCO data set: every picture with each of its categories as the phrase."""

    def __init__(
        self, images: list[DetectionImage], names: list[str], model: GrounderModel
    ) -> None:
        self.images = images
        self.names = names
        self.vision = model.eyes.config
        self.cache: dict[int, tuple[np.ndarray, Tensor, list[str]]] = {}

    def load(self, index: int) -> tuple[np.ndarray, Tensor, list[str]]:
        """Canvas (H, W, 3) uint8, boxes (M, 4) on it, and their category names."""
        if index not in self.cache:
            item = self.images[index]
            with Image.open(item.image) as image:
                array, laid = to_canvas(image, self.vision.width, self.vision.height)
            boxes = torch.tensor([box.xyxy for box in item.boxes]).reshape(-1, 4) * laid.scale
            boxes = boxes + torch.tensor([laid.left, laid.top] * 2)
            self.cache[index] = (array, boxes, [box.label for box in item.boxes])
        return self.cache[index]

    def __call__(self, rng: random.Random, size: int) -> tuple[Tensor, dict[str, Tensor], list]:
        """Pixels, detection targets, and (row, phrase, labels (K,)) to match."""
        k = self.vision.max_objects
        width, height = self.vision.width, self.vision.height
        pixels = torch.zeros(size, 3, height, width)
        targets = {
            "centres": torch.zeros(size, k, 2),
            "mask": torch.zeros(size, k, dtype=torch.bool),
            "boxes": torch.zeros(size, k, 4),
            "sigma": torch.ones(size, k),
        }
        phrases: list[tuple[int, str, Tensor]] = []
        for row in range(size):
            array, boxes, categories = self.load(rng.randrange(len(self.images)))
            picture = torch.from_numpy(array.copy()).permute(2, 0, 1).float() / 255
            boxes = boxes.clone()
            if rng.random() < 0.5:
                picture = picture.flip(-1)
                boxes[:, [0, 2]] = width - boxes[:, [2, 0]]
            if rng.random() < 0.5:
                picture = picture.flip(-2)
                boxes[:, [1, 3]] = height - boxes[:, [3, 1]]
            pixels[row] = (picture * rng.uniform(0.85, 1.15)).clamp(0, 1)
            n = min(k, len(boxes))
            targets["mask"][row, :n] = True
            targets["boxes"][row, :n] = boxes[:n]
            targets["centres"][row, :n] = (boxes[:n, :2] + boxes[:n, 2:]) / 2
            spread = (boxes[:n, 2:] - boxes[:n, :2]).mean(-1) / STRIDE / 7
            targets["sigma"][row, :n] = spread.clamp(0.7, 2.5)
            for name in self.names:
                labels = torch.zeros(k)
                labels[:n] = torch.tensor([float(c == name) for c in categories[:n]])
                phrases.append((row, name, labels))
        targets["heatmap"] = centre_map(targets, self.vision)  # pyright: ignore[reportArgumentType]
        return pixels, targets, phrases


def coco_loss(model: GrounderModel, batch: tuple[Tensor, dict[str, Tensor], list]) -> Tensor:
    """Detection plus matching of every category's name to the true objects."""
    pixels, targets, phrases = batch
    loss, slots = model.detection_loss(pixels, targets)
    rows = [row for row, _, _ in phrases]
    ids, mask, _ = encode_batch([f"the {name.lower()}s" for _, name, _ in phrases])
    seen = targets["mask"][rows]
    matched = model(slots[rows], seen, ids, mask, torch.stack([labels for *_, labels in phrases]))
    return loss + 2.0 * matched.loss


def coco_score(model: GrounderModel, batches: CocoBatches) -> dict[str, float]:
    """F1 of (box, category) at IoU 0.5 over a data set."""
    hits = found = wanted = 0
    for index in range(len(batches.images)):
        array, boxes, categories = batches.load(index)
        pixels = torch.from_numpy(array.copy()).permute(2, 0, 1)[None].float() / 255
        with torch.inference_mode():
            for name in batches.names:
                picked = predict(model, pixels, f"the {name.lower()}s")
                truth = boxes[[c == name for c in categories]]
                found, wanted = found + len(picked), wanted + len(truth)
                free = torch.ones(len(truth), dtype=torch.bool)
                for box in picked:
                    overlap = _iou(box, truth) * free
                    if len(truth) and float(overlap.max()) >= 0.5:
                        free[overlap.argmax()] = False
                        hits += 1
    precision, recall = hits / max(1, found), hits / max(1, wanted)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
    }


def predict(model: GrounderModel, pixels: Tensor, phrase: str) -> Tensor:
    """Boxes (M, 4) on the canvas of what `phrase` means in one picture (1, 3, H, W)."""
    found = model.propose(pixels)
    seen = found.scores >= model.eyes.config.threshold
    ids, mask, _ = encode_batch([phrase])
    slots = slot_features(found, model.eyes.config.width, model.eyes.config.height)
    picked = (model(slots, seen, ids, mask).logits > 0) & seen
    return found.boxes[0][picked[0]]  # pyright: ignore[reportOptionalSubscript]


def _iou(box: Tensor, others: Tensor) -> Tensor:
    if not len(others):
        return torch.zeros(0)
    inter = (torch.minimum(box[2:], others[:, 2:]) - torch.maximum(box[:2], others[:, :2])).clamp(0)
    cross = inter.prod(-1)
    area = (box[2:] - box[:2]).prod() + (others[:, 2:] - others[:, :2]).prod(-1)
    return cross / (area - cross)


def finetune_ground(
    data: Path, out: Path, *, config: FitConfig, batch_size: int = 8, resume: bool = False
) -> tuple[GrounderModel, dict[str, float]]:
    """From the shipped weights to a user's boxes; a tenth of the pictures is kept to score.

    Args:
        data: COCO layout: an annotations JSON and its pictures.

    Raises:
        FileNotFoundError, ValueError: the data set cannot be read (the message says why).
    """
    dataset = load_coco(data)
    folder = weights_folder("grounder")
    crowd = max(len(item.boxes) for item in dataset.images)
    shipped = GrounderConfig.from_pretrained(folder)
    shipped.vision = {**shipped.vision, "max_objects": max(16, min(128, crowd + 8))}
    shipped.domain = "any"
    model = GrounderModel.from_pretrained(folder, config=shipped, dtype=torch.float32)
    order = list(range(len(dataset.images)))
    random.Random(config.seed).shuffle(order)
    cut = max(1, len(order) // 10)
    kept = CocoBatches([dataset.images[i] for i in order[:cut]], list(dataset.categories), model)
    train = CocoBatches([dataset.images[i] for i in order[cut:]], list(dataset.categories), model)

    def batch(step: int) -> tuple[Tensor, dict[str, Tensor], list]:
        return train(random.Random(step_seed(config.seed, step)), batch_size)

    figures = fit(
        model,
        batch,
        lambda m, b: coco_loss(m, b),  # type: ignore[arg-type]
        config,
        out,
        resume=resume,
        evaluate=lambda m: coco_score(m, kept),  # type: ignore[arg-type]
        evaluate_every=200,
        title="grounding",
    )
    return model, figures
