"""Official layouts in, typed samples out; malformed files refused in one sentence."""

import json
from pathlib import Path
from typing import Any

import pytest
from sightline.data.adapters.clevr import load_clevr, load_questions, load_scenes
from sightline.data.adapters.clevr_dialog import load_dialogs
from sightline.data.adapters.clevr_ref import load_refexps
from sightline.data.adapters.coco import load_coco
from sightline.data.adapters.flickr import load_captions
from sightline.data.world.programs import to_tokens

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"

OBJECTS = [
    {
        "shape": shape,
        "color": color,
        "size": "large",
        "material": "rubber",
        "3d_coords": [x, 0.0, 0.7],
        "pixel_coords": [100 + 50 * x, 100.0, 11.0],
        "rotation": 12.0,
    }
    for shape, color, x in (("cube", "red", 0.0), ("sphere", "blue", 2.0))
]
SCENE = {
    "image_index": 0,
    "image_filename": "CLEVR_val_000000.png",
    "split": "val",
    "objects": OBJECTS,
    "directions": {
        "left": [-1, 0, 0],
        "right": [1, 0, 0],
        "front": [0, -1, 0],
        "behind": [0, 1, 0],
        "above": [0, 0, 1],
        "below": [0, 0, -1],
    },
    "relationships": {"left": [[], [0]], "right": [[1], []], "front": [[], []], "behind": [[], []]},
}
PROGRAM = [
    {"function": "scene", "inputs": [], "value_inputs": []},
    {"function": "filter_color", "inputs": [0], "value_inputs": ["red"]},
    {"function": "unique", "inputs": [1], "value_inputs": []},
    {"function": "query_shape", "inputs": [2], "value_inputs": []},
]


def put(path: Path, data: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return path


@pytest.fixture
def clevr(tmp_path: Path) -> Path:
    (tmp_path / "images" / "val").mkdir(parents=True)
    put(tmp_path / "scenes" / "CLEVR_val_scenes.json", {"info": {}, "scenes": [SCENE]})
    question = {
        "image_index": 0,
        "image_filename": "CLEVR_val_000000.png",
        "question": "What shape is the red thing?",
        "answer": "cube",
        "program": PROGRAM,
        "question_family_index": 3,
        "split": "val",
    }
    put(tmp_path / "questions" / "CLEVR_val_questions.json", {"questions": [question]})
    return tmp_path


def test_clevr(clevr: Path) -> None:
    dataset = load_clevr(clevr, "val")
    assert dataset.scenes[0].objects[0].color == "red"
    assert dataset.scenes[0].relationships["left"] == ((), (0,))
    question = dataset.questions[0]
    assert question.image == clevr / "images" / "val" / "CLEVR_val_000000.png"
    assert question.program is not None
    assert to_tokens(question.program) == ["query_shape", "unique", "filter_color[red]", "scene"]
    assert (question.answer, question.family) == ("cube", "3")


def test_clevr_test_split_has_no_answers(clevr: Path) -> None:
    (clevr / "images" / "test").mkdir()
    asked = {"image_index": 4, "image_filename": "CLEVR_test_000004.png", "question": "How many?"}
    put(clevr / "questions" / "CLEVR_test_questions.json", {"questions": [asked]})
    dataset = load_clevr(clevr, "test")
    assert dataset.scenes == ()
    assert dataset.questions[0].answer is None


def test_clevr_refusals(clevr: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="scene file of split 'train'"):
        load_scenes(clevr, "train")
    with pytest.raises(FileNotFoundError, match="dataset folder not found"):
        load_scenes(tmp_path / "none")
    path = clevr / "questions" / "CLEVR_val_questions.json"
    put(path, {"questions": [{"image_index": 0, "image_filename": "a.png"}]})
    with pytest.raises(ValueError, match="question 0: the field 'question' is missing"):
        load_questions(clevr)
    put(path, "{")
    with pytest.raises(ValueError, match="not valid JSON"):
        load_questions(clevr)
    put(path, [1])
    with pytest.raises(ValueError, match="no list 'questions'"):
        load_questions(clevr)
    put(path, {"questions": [7]})
    with pytest.raises(ValueError, match="question 0 is malformed"):
        load_questions(clevr)


def test_clevr_ref(tmp_path: Path) -> None:
    (tmp_path / "images" / "val").mkdir(parents=True)
    scene = {**SCENE, "obj_bbox": {"1": [10, 20, 30, 40], "2": [100, 20, 30, 40]}}
    put(tmp_path / "scenes" / "clevr_ref+_val_scenes.json", {"scenes": [scene]})
    nodes = [*PROGRAM[:2], {**PROGRAM[2], "_output": [0]}]
    refexp = {
        "refexp": "The red thing",
        "program": nodes,
        "image_index": 0,
        "image_filename": "CLEVR_val_000000.png",
    }
    unknown = {
        **refexp,
        "program": [
            {
                "type": "filter_visible",
                "inputs": [],
                "side_inputs": ["fully visible"],
                "_output": [1, 0],
            }
        ],
    }
    path = put(tmp_path / "refexps" / "clevr_ref+_val_refexps.json", {"refexps": [refexp, unknown]})
    first, second = load_refexps(tmp_path)
    assert first.boxes == ((10.0, 20.0, 40.0, 60.0),)
    assert first.program is not None
    assert second.program is None
    assert second.objects == (1, 0)
    put(path, {"refexps": [{**refexp, "image_index": 5}]})
    with pytest.raises(ValueError, match="no scene holds boxes for image 5"):
        load_refexps(tmp_path)


def test_clevr_dialog(tmp_path: Path) -> None:
    turns = [
        {"question": "Is it red?", "answer": True, "template": "exist-attr"},
        {"question": "How many?", "answer": 2, "template": "count-all"},
    ]
    entry = {
        "image_index": 3,
        "image_filename": "CLEVR_val_000003.png",
        "split": "val",
        "dialogs": [{"caption": "A red cube.", "dialog": turns, "graph": {}}],
    }
    path = put(tmp_path / "clevr_dialog_val_raw.json", [entry])
    for root in (tmp_path, path):
        (dialog,) = load_dialogs(root)
        assert [turn.answer for turn in dialog.turns] == ["yes", "2"]
        assert dialog.caption == "A red cube."
    with pytest.raises(FileNotFoundError, match="dialogue file of split 'train'"):
        load_dialogs(tmp_path, "train")
    put(path, [{"dialogs": []}, {}])
    with pytest.raises(ValueError, match="image 1: the field 'dialogs' is missing"):
        load_dialogs(tmp_path)


def coco(**changes: Any) -> dict[str, Any]:
    return {
        "images": [{"id": 1, "file_name": "a.png", "width": 50, "height": 40}],
        "annotations": [
            {"id": 1, "image_id": 1, "category_id": 2, "bbox": [40, 10, 20, 10]},
            {"id": 2, "image_id": 1, "category_id": 2, "bbox": [60, 10, 20, 10]},
        ],
        "categories": [{"id": 2, "name": "cell"}],
        **changes,
    }


@pytest.mark.parametrize("place", ["images/a.png", "a.png"])
def test_coco(tmp_path: Path, place: str) -> None:
    put(tmp_path / "instances.json", coco())
    put(tmp_path / place, "")
    dataset = load_coco(tmp_path)
    (image,) = dataset.images
    assert image.image == tmp_path / place
    assert [box.xyxy for box in image.boxes] == [(40.0, 10.0, 50.0, 20.0)]
    assert dataset.categories == ("cell",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"images": []}, "no list 'annotations'"),
        (coco(images=[]), "lists no images"),
        (coco(categories=[]), "category 2 is not among 'categories'"),
        (
            coco(annotations=[{"image_id": 9, "category_id": 2, "bbox": [0, 0, 1, 1]}]),
            "image 9 is not among 'images'",
        ),
        (coco(annotations=[{"image_id": 1, "category_id": 2}]), "'bbox' is missing"),
        (coco(annotations=[{"image_id": 1, "category_id": 2, "bbox": [1]}]), "malformed"),
    ],
)
def test_coco_refusals(tmp_path: Path, data: dict[str, Any], message: str) -> None:
    put(tmp_path / "instances.json", data)
    put(tmp_path / "images" / "a.png", "")
    with pytest.raises(ValueError, match=message):
        load_coco(tmp_path)


def test_coco_without_files(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"expected instances\.json"):
        load_coco(tmp_path)
    put(tmp_path / "instances.json", coco())
    with pytest.raises(FileNotFoundError, match=r"'a\.png'"):
        load_coco(tmp_path)


def test_flickr(tmp_path: Path) -> None:
    path = put(
        tmp_path / "captions.jsonl", '{"image": "images/1.jpg", "captions": ["A dog runs ."]}\n\n'
    )
    (photo,) = load_captions(tmp_path)
    assert photo.image == tmp_path / "images" / "1.jpg"
    assert photo.captions == ("A dog runs .",)
    put(path, '{"image": "images/1.jpg"}')
    with pytest.raises(ValueError, match="line 1: the field 'captions' is missing"):
        load_captions(tmp_path)
    put(path, "{")
    with pytest.raises(ValueError, match="line 1 is not valid JSON"):
        load_captions(tmp_path)
    put(path, "")
    with pytest.raises(ValueError, match="holds no captions"):
        load_captions(tmp_path)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data sets are not on this machine")
def test_real_data() -> None:
    cells = load_coco(SHARED / "blood_cells")
    assert len(cells.images) == 292
    assert cells.categories == ("red blood cell", "white blood cell", "platelet")
    assert all(image.image.is_file() for image in cells.images)
    photos = load_captions(SHARED / "photos")
    assert len(photos) == 700
    assert all(photo.image.is_file() for photo in photos)
