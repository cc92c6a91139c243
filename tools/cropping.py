"""Crops of tabletop pictures: told from the picture that they were cut out of.

The models of the tabletop know whole tables, seen from where the camera stands; of a part blown up
to a picture of its own they make things up. What stands in the part is read off the whole.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..data.world.scene import Scene, derive_relationships
from ..models.common.boxes import BoxXYXY
from ..models.tasks import SceneParser
from .artifacts import Artifact, ArtifactStore
from .results import ToolError
from .scenes import scene_of

_CROP = "crop"


def scene_of_part(store: ArtifactStore, picture: Artifact, eyes: SceneParser) -> Scene | None:
    """What stands in a crop, by the picture it was cut out of; None where `picture` is no crop."""
    if not picture.parent or not picture.operation.lower().startswith(_CROP):
        return None
    try:
        whole = store.image(picture.parent)
    except ToolError:
        return None  # the whole was deleted
    window = place_in(np.asarray(whole), np.asarray(store.image(picture.id)))
    if window is None:
        return None
    scene = scene_of(eyes.parse([whole])[0])
    x0, y0, x1, y1 = window
    objects = tuple(
        replace(
            item,
            box=(item.box[0] - x0, item.box[1] - y0, item.box[2] - x0, item.box[3] - y0),
            pixel=(item.pixel[0] - x0, item.pixel[1] - y0, item.pixel[2]),
        )
        for item in scene.objects
        if x0 <= (item.box[0] + item.box[2]) / 2 <= x1
        and y0 <= (item.box[1] + item.box[3]) / 2 <= y1
    )
    return replace(
        scene, objects=objects, relationships=derive_relationships(objects, scene.directions),
        width=picture.width, height=picture.height,
    )  # fmt: skip


def place_in(whole: NDArray[np.uint8], part: NDArray[np.uint8]) -> BoxXYXY | None:
    """Where `part` (h, w, 3) stands in `whole` (H, W, 3), to the last bit, in pixels of `whole`."""
    height, width = part.shape[:2]
    rows, columns = whole.shape[0] - height + 1, whole.shape[1] - width + 1
    if rows < 1 or columns < 1:
        return None
    for y, x in np.argwhere((whole[:rows, :columns] == part[0, 0]).all(-1)):
        if (whole[y : y + height, x : x + width] == part).all():
            return float(x), float(y), float(x + width), float(y + height)
    return None
