"""One suite over every model of ours at its tiny size.

Gradients reach every parameter, saving changes nothing, a batch is the sum of its rows, one
batch can be learnt by heart, and cached decoding says what uncached decoding says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints

import pytest
import torch
from sightline.models import REGISTRY, spec, tasks
from sightline.models.captioner import CaptionerConfig, CaptionerModel
from sightline.models.captioner.model import END, FIRST
from sightline.models.clip_encoder import ClipEncoderConfig, ClipEncoderModel
from sightline.models.clip_encoder.features import ROLES, TIMES
from sightline.models.combiner import CombinerConfig, CombinerModel
from sightline.models.domain import DomainConfig, DomainModel
from sightline.models.dual_encoder import DualEncoderConfig, DualEncoderModel
from sightline.models.edit_parser import EditParserConfig, EditParserModel
from sightline.models.editor import EditorConfig, EditorModel
from sightline.models.editor.canvas import condition_width
from sightline.models.grounder import GrounderConfig, GrounderModel
from sightline.models.matcher import MatcherConfig, MatcherModel
from sightline.models.object_reader import ObjectReaderConfig, ObjectReaderModel
from sightline.models.program_parser import ProgramParserConfig, ProgramParserModel
from sightline.models.scene_graph import RelationConfig, RelationModel
from sightline.models.scene_parser import SceneParserConfig, SceneParserModel
from sightline.models.vqa import VqaConfig, VqaModel
from torch import Tensor


@dataclass(frozen=True)
class Case:
    """A tiny model, a batch for it, and the part of its output to compare row by row."""

    build: Callable[[], Any]
    batch: Callable[[int], dict[str, Any]]
    compare: Callable[[Any], Tensor]
    unused: tuple[str, ...] = ()
    rate: float = 1e-2


def _words(n: int) -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(1)
    return {
        "ids": torch.randint(1000, 2000, (4, 6), generator=generator)[:n],
        "mask": torch.ones(n, 6, dtype=torch.bool),
    }


def _slots(n: int) -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(2)
    return {
        "slots": torch.randn(4, 5, 23, generator=generator)[:n],
        "slot_mask": torch.arange(5)[None] < torch.tensor([3, 4, 5, 2])[:n, None],
    }


def _scene_batch(n: int) -> dict[str, Any]:
    generator = torch.Generator().manual_seed(3)
    config = SceneParserConfig.tiny()
    k = config.max_objects
    heatmap = torch.zeros(n, 12, 16)
    heatmap[:, 4, 5] = 1.0
    targets = {
        "heatmap": heatmap,
        "centres": torch.tensor([22.0, 18.0]).expand(n, k, 2).clone(),
        "mask": (torch.arange(k) < 2)[None].expand(n, k).clone(),
        "boxes": torch.tensor([10.0, 10.0, 34.0, 30.0]).expand(n, k, 4).clone(),
        "places": torch.randn(4, k, 3, generator=generator)[:n],
        **{name: torch.ones(n, k, dtype=torch.long) for name in config.attributes},
    }
    pixels = torch.rand(4, 3, 48, 64, generator=generator)[:n]
    return {"pixel_values": pixels, "targets": targets}


_LOOKS = ClipEncoderConfig.tiny().looks


def _clips(n: int) -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(6)
    roles = torch.randint(0, 2, (4, 3, len(ROLES)), generator=generator).float()
    roles[..., 0] = torch.arange(3)[None] < torch.tensor([2, 3, 3, 2])[:, None]
    return {
        "looks": torch.rand(4, 3, _LOOKS, generator=generator)[:n],
        "roles": (roles * roles[..., :1])[:n],
        "times": torch.rand(4, 3, TIMES, generator=generator)[:n],
        "meetings": torch.tensor([[[0, 1], [0, 0]], [[1, 2], [0, 2]]] * 2)[:n],
        "met": torch.tensor([[0.4, -1.0], [0.2, 0.8]] * 2)[:n],
        "counts": torch.tensor([[0, 1, 2, 3], [4, 5, 6, 7], [1, 2, 0, 1], [2, 2, 3, 4]])[:n]
        % (ClipEncoderConfig.tiny().most + 1),
    }


def _grid(n: int) -> Tensor:
    return torch.randn(4, 6, 16, generator=torch.Generator().manual_seed(5))[:n]


def _pixels(n: int, height: int, width: int) -> Tensor:
    return torch.rand(4, 3, height, width, generator=torch.Generator().manual_seed(4))[:n]


def _grounder_batch(n: int) -> dict[str, Any]:
    labels = torch.tensor([[1.0, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 1, 0], [0, 0, 0, 0, 0]])
    return {**_slots(n), **_words(n), "labels": labels[:n]}


CASES = {
    "scene_parser": Case(
        lambda: SceneParserModel(SceneParserConfig.tiny()), _scene_batch, lambda o: o.heatmap
    ),
    "program_parser": Case(
        lambda: ProgramParserModel(ProgramParserConfig.tiny()),
        lambda n: {
            **_words(n),
            "types": torch.zeros(n, 6, dtype=torch.long),
            "labels": torch.tensor([[5, 3, 2], [6, 4, 2], [5, 2, 0], [6, 2, 0]])[:n],
        },
        lambda o: o.logits,
    ),
    "vqa": Case(
        lambda: VqaModel(VqaConfig.tiny()),
        lambda n: {
            **_slots(n),
            **_words(n),
            "labels": torch.tensor([0, 1, 2, 0])[:n],
            "pointing": torch.zeros(n, 5, 2),
        },
        lambda o: o.logits,
    ),
    "grounder": Case(
        lambda: GrounderModel(GrounderConfig.tiny()),
        _grounder_batch,
        lambda o: o.logits,
        # Its detector is trained through `detection_loss`, tested in test_grounder.py.
        unused=("eyes.",),
    ),
    "captioner": Case(
        lambda: CaptionerModel(CaptionerConfig.tiny()),
        lambda n: {
            **_slots(n),
            "labels": torch.tensor([[FIRST, 5, 6, END], [FIRST + 1, 7, END, 0]] * 2)[:n],
        },
        lambda o: o.logits,
    ),
    "dual_encoder": Case(
        lambda: DualEncoderModel(DualEncoderConfig.tiny()),
        lambda n: {
            **_slots(n),
            **_words(n),
            "grid": _grid(n),
            "kinds": torch.tensor([[0, 1, 5, -1, -1], [2, 2, 3, 4, -1]] * 2)[:n],
            "told": torch.ones(n),
        },
        lambda o: o.images,
        # Two pairs collapse to one point under larger steps.
        rate=1e-3,
    ),
    "clip_encoder": Case(
        lambda: ClipEncoderModel(ClipEncoderConfig.tiny()),
        lambda n: {**_clips(n), **_words(n), "told": torch.eye(4, len(ROLES) * _LOOKS)[:n]},
        lambda o: o.clips,
        rate=3e-3,
    ),
    "matcher": Case(
        lambda: MatcherModel(MatcherConfig.tiny()),
        lambda n: {
            **_slots(n),
            **_words(n),
            "said": torch.tensor([[1.0, 0, 2, 0, 0, 1], [0, 1, 0, 0, 1, 0]] * 2)[:n],
            "seen": torch.tensor([[1.0, 0, 2, 0, 0, 1], [0, 0, 0, 1, 1, 0]] * 2)[:n],
            "labels": torch.tensor([1.0, 0, 0, 1])[:n],
        },
        lambda o: o.logits[:, None],
    ),
    "combiner": Case(
        lambda: CombinerModel(CombinerConfig.tiny()),
        lambda n: {
            **_slots(n),
            **_words(n),
            "values": torch.zeros(n, 5, 5),
            "after": torch.tensor([[0, 1, 5, -1, -1], [2, -1, 3, 4, -1]] * 2)[:n],
            "there": torch.tensor([[1, 1, 1, 0, 0], [1, 1, 1, 1, 0]] * 2)[:n] > 0,
            "added": torch.tensor([3, -1, -1, 2])[:n],
        },
        lambda o: o.inventory,
    ),
    "object_reader": Case(
        lambda: ObjectReaderModel(ObjectReaderConfig.tiny()),
        lambda n: {
            "pixel_values": _pixels(n, 16, 16),
            "labels": {
                name: torch.tensor([0, 1, 1, 0])[:n] for name in ("color", "material", "shape")
            },
        },
        lambda o: o.attributes["color"],
    ),
    "editor": Case(
        lambda: EditorModel(EditorConfig.tiny()),
        lambda n: {
            "pixel_values": _pixels(n, 32, 32),
            "hints": torch.ones(n, 4, 32, 32),
            "condition": torch.eye(4, condition_width(EditorConfig.tiny()))[:n],
            "targets": torch.full((n, 3, 32, 32), 0.3),
        },
        lambda o: o.pixels.flatten(1),
    ),
    "edit_parser": Case(
        lambda: EditParserModel(EditParserConfig.tiny()),
        lambda n: {
            **_words(n),
            "types": torch.zeros(n, 6, dtype=torch.long),
            "kinds": torch.tensor([0, 1, 2, 0])[:n],
            "tags": torch.tensor([[-100, 0, 1, 2, 0, -100], [-100, 3, 4, 0, 5, -100]] * 2)[:n],
        },
        lambda o: o.kinds,
    ),
    "scene_graph": Case(
        lambda: RelationModel(RelationConfig.tiny()),
        lambda n: {
            "slots": _slots(n)["slots"][..., :12],
            "values": torch.eye(15)[:5].expand(n, 5, 15),
            "places": _slots(n)["slots"][..., 12:15],
            "mask": _slots(n)["slot_mask"],
            "told": torch.arange(25).view(1, 5, 5).expand(n, 5, 5) % 5,
            "holds": (torch.arange(100).view(1, 5, 5, 4).expand(n, 5, 5, 4) % 3 == 0).float(),
        },
        lambda o: o.told.flatten(1),
    ),
    "domain": Case(
        lambda: DomainModel(DomainConfig.tiny()),
        lambda n: {
            "pixel_values": _pixels(n, 24, 32),
            "labels": torch.tensor([0, 1, 2, 0])[:n],
        },
        lambda o: o.logits,
    ),
}


@pytest.fixture(params=sorted(CASES), name="case")
def _case(request: pytest.FixtureRequest) -> Case:
    torch.manual_seed(0)
    return CASES[request.param]


def test_every_parameter_gets_a_finite_gradient(case: Case) -> None:
    model = case.build().train()
    model(**case.batch(4)).loss.backward()
    for name, parameter in model.named_parameters():
        if name.startswith(case.unused) and case.unused:
            continue
        assert parameter.grad is not None, name
        assert torch.isfinite(parameter.grad).all(), name


def test_saving_and_loading_changes_nothing(case: Case, tmp_path: Any) -> None:
    model = case.build().eval()
    model.save_pretrained(tmp_path)
    again = type(model).from_pretrained(tmp_path).eval()
    batch = case.batch(4)
    with torch.inference_mode():
        assert torch.equal(case.compare(model(**batch)), case.compare(again(**batch)))


def test_a_row_does_not_depend_on_the_others(case: Case) -> None:
    model = case.build().eval()
    with torch.inference_mode():
        whole = case.compare(model(**case.batch(4)))
        part = case.compare(model(**case.batch(2)))
    width = part.shape[-1] if part.ndim < 3 else None
    rows = whole[:2] if width is None else whole[:2, :width]
    torch.testing.assert_close(part, rows, atol=1e-5, rtol=1e-4)


def test_one_batch_can_be_learnt(case: Case) -> None:
    model = case.build().train()
    batch = case.batch(2)
    optimizer = torch.optim.Adam(model.parameters(), lr=case.rate)
    first = model(**batch).loss.item()
    loss = first
    for _ in range(60):
        value = model(**batch).loss
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        loss = value.item()
    assert loss < 0.5 * first


def test_cached_decoding_says_what_uncached_decoding_says() -> None:
    torch.manual_seed(0)
    model = CaptionerModel(CaptionerConfig.tiny()).eval()
    seen = _slots(2)
    spoken = model.decode(seen["slots"], seen["slot_mask"], "short")
    offset = FIRST + len(model.config.styles)
    for row, (words, _) in enumerate(spoken):
        ids = [FIRST, *(model.config.words.index(word) + offset for word in words)]
        labels = torch.tensor([[*ids, END]])
        with torch.no_grad():
            logits = model(
                seen["slots"][row : row + 1], seen["slot_mask"][row : row + 1], labels
            ).logits[0]
        logits[:, FIRST:offset] = -torch.inf
        logits[:, 0] = -torch.inf
        greedy = logits.argmax(-1).tolist()
        assert greedy[: len(words)] == ids[1:]


def test_decoded_programs_are_well_typed() -> None:
    torch.manual_seed(0)
    model = ProgramParserModel(ProgramParserConfig.tiny()).eval()
    words = _words(4)
    parsed = model.decode(words["ids"], words["mask"], torch.zeros(4, 6, dtype=torch.long))
    for program in parsed:
        assert program.tokens[-1] == "scene"
        assert all(token in ("red", "blue") for token in program.tokens[1:-1])
        assert len(program.tokens) <= model.config.longest
        assert 0 <= program.confidence <= 1


def test_the_registry_names_what_it_lacks() -> None:
    with pytest.raises(KeyError, match="scene_parser"):
        spec("no such model")
    for name in CASES:
        assert spec(name).name == name
        assert name in REGISTRY


@pytest.mark.parametrize("name", REGISTRY)
def test_what_a_model_serves_is_a_protocol_that_its_object_keeps(name: str) -> None:
    about = spec(name)
    if about.tasks:
        # `load` is a class method, or a function that names what it gives.
        made = getattr(about.load, "__self__", None) or get_type_hints(about.load)["return"]
        assert all(issubclass(made, getattr(tasks, task)) for task in about.tasks)
