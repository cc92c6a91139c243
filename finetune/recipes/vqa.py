"""Train the VQA model on drawn scenes: `sightline finetune vqa --out runs/vqa`."""

import random
from pathlib import Path

import torch
from torch import Tensor

from ...data.world.outcomes import answer_space
from ...data.world.programs import FalsePremise, answer_text, execute
from ...data.world.questions import Question, sample_questions
from ...data.world.scene import Scene
from ...models.common.adapted_encoder import encode_batch
from ...models.grounder import GrounderModel
from ...models.vqa import VqaConfig, VqaModel
from ..common.fit import FitConfig, fit, own_loss, step_seed
from ..common.slots import SlotPool

ANSWERS = [*answer_space(), "none"]


def look_up(question: Question, scene: Scene) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    """Answer class (-100: outside the closed set), objects it is about, objects on the way."""
    try:
        run = execute(question.program, scene)
    except FalsePremise as wrong:
        return ANSWERS.index("none"), wrong.candidates, ()
    text = answer_text(run.answer)
    label = ANSWERS.index(text) if text in ANSWERS else -100
    return label, run.objects, run.anchors


def make_batch(pool: SlotPool, rng: random.Random, size: int, each: int = 4) -> tuple[Tensor, ...]:
    """`size` questions, `each` per scene: slots, mask, word pieces, labels and marks."""
    rows: list[int] = []
    texts: list[str] = []
    labels: list[int] = []
    marks: list[Tensor] = []
    while len(rows) < size:
        index = rng.randrange(len(pool.scenes))
        scene = pool.scenes[index]
        for question in sample_questions(scene, rng, each):
            label, objects, anchors = look_up(question, scene)
            rows.append(index)
            texts.append(question.text)
            labels.append(label)
            marks.append(torch.stack([pool.marks(index, objects), pool.marks(index, anchors)], -1))
    rows, texts = rows[:size], texts[:size]
    ids, mask, _ = encode_batch(texts)
    slots = pool.slots[rows].float()
    return (
        slots,
        pool.mask[rows],
        ids,
        mask,
        torch.tensor(labels[:size]),
        torch.stack(marks[:size]),
    )


def accuracy(model: torch.nn.Module, batches: list[tuple[Tensor, ...]]) -> float:
    """Share of closed-set questions answered rightly."""
    right = total = 0
    for *inputs, labels, _ in batches:
        with torch.inference_mode():
            found = model(*inputs).logits.argmax(-1)
        scored = labels >= 0
        right += int((found == labels)[scored].sum())
        total += int(scored.sum())
    return right / max(1, total)


def train_vqa(
    pool: SlotPool,
    dev: SlotPool,
    out: Path,
    *,
    config: FitConfig,
    start: GrounderModel | None = None,
    batch_size: int = 96,
    resume: bool = False,
) -> tuple[VqaModel, dict[str, float]]:
    """Train on one pool's slots, score on another's.

    Args:
        start: a trained grounder, whose joint encoder already finds what words speak of.
    """
    torch.manual_seed(config.seed)
    model = VqaModel(VqaConfig(answers=ANSWERS, slot_width=pool.slots.shape[-1]))
    if start is not None:
        model.joint.load_state_dict(start.joint.state_dict())
    kept = [make_batch(dev, random.Random(10_000 + i), 128) for i in range(6)]

    def batch(step: int) -> tuple[Tensor, ...]:
        return make_batch(pool, random.Random(step_seed(config.seed, step)), batch_size)

    figures = fit(
        model,
        batch,
        own_loss,
        config,
        out,
        resume=resume,
        evaluate=lambda m: {"accuracy": accuracy(m, kept)},
        evaluate_every=300,
        title="VQA",
    )
    return model, figures
