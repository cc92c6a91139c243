"""The fitted view, the rough drawing and the seam, against the world's own camera and pictures."""

from random import Random

import numpy as np
from PIL import Image
from sightline.data.world.raycast import scene_camera
from sightline.data.world.render import render
from sightline.data.world.sampler import sample_scenes
from sightline.finetune.recipes.editor import DrawnEdits, draw_edits, seen_as
from sightline.models.common.boxes import iou
from sightline.models.editor import EditorConfig, EditorModel
from sightline.models.editor.canvas import layout
from sightline.models.editor.editor import TableEditor
from sightline.models.editor.view import TableView, hull

SCENES = sample_scenes(8302, 6)


def test_the_fitted_view_sees_things_where_the_camera_does() -> None:
    overlaps = []
    for scene in SCENES:
        things = [seen_as(item, scene, Random(1)) for item in scene.objects]
        for k, item in enumerate(scene.objects):
            others = [thing for j, thing in enumerate(things) if j != k]
            view = TableView.fit(others, scene.width, scene.height)
            exact = seen_as(item, scene)
            x, y, _ = scene_camera(scene).project([item.position], scene.width, scene.height)[0]
            box = view.box_of(exact)
            middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            assert np.hypot(middle[0] - x, middle[1] - y) < 9
            overlaps.append(iou(box, item.box))
    # Boxes are of what is visible: hidden things overlap less.
    assert np.median(overlaps) > 0.75


def test_hull() -> None:
    square = np.array([[0, 0], [2, 0], [2, 2], [0, 2], [1, 1], [1, 0]], float)
    assert set(hull(square)) == {(0, 0), (2, 0), (2, 2), (0, 2)}


def test_nothing_changes_outside_the_region() -> None:
    scene = SCENES[0]
    picture = Image.fromarray(render([scene])[0].numpy())
    things = [seen_as(item, scene) for item in scene.objects]
    view = TableView.fit(things, scene.width, scene.height)
    editor = TableEditor(EditorModel(EditorConfig.tiny()))
    for mode in ("erase", "repaint", "insert"):
        after, canvas = editor.paint(picture, mode, things[0], things[1:], view)
        changed = (np.asarray(after) != np.asarray(picture)).any(-1)
        assert changed.any()
        rows, columns = np.nonzero(changed)
        x0, y0, x1, y1 = canvas.square
        assert x0 <= columns.min() and columns.max() < x1
        assert y0 <= rows.min() and rows.max() < y1


def test_the_rough_drawing_is_nearer_to_the_truth_than_the_picture_as_it_is() -> None:
    pictures = render(SCENES[:2]).numpy()
    drawn: DrawnEdits = draw_edits(SCENES[:2], pictures, EditorConfig(), 0)
    region = (drawn.hints[:, 1] > 127).float()
    off = (drawn.before.float() - drawn.after.float()).abs().mean(-1)
    by_mode = [
        float(
            (off[drawn.mode == m] * region[drawn.mode == m]).sum() / region[drawn.mode == m].sum()
        )
        for m in range(3)
    ]
    # Grey levels of 255, of a rough drawing; an object that is not drawn is off by 50 or more.
    assert max(by_mode) < 22
    batch = drawn.batch(drawn.mode.new_tensor([0, 1]))
    assert batch[0].shape == (2, 3, 96, 96) and float(batch[1].max()) == 1.0


def test_layouts_hold_the_thing_and_its_shadow() -> None:
    scene = SCENES[1]
    things = [seen_as(item, scene) for item in scene.objects]
    view = TableView.fit(things, scene.width, scene.height)
    for thing in things:
        canvas = layout("erase", thing, [], view, EditorConfig())
        x0, y0, x1, y1 = canvas.square
        assert (
            x0 <= thing.box[0] and y0 <= thing.box[1] and thing.box[2] <= x1 and thing.box[3] <= y1
        )
        own, region = canvas.hints[0] > 0, canvas.hints[1] > 0
        assert region[own].all() and region.sum() > 1.2 * own.sum()
