"""Crops of tabletop pictures: the parser and the studio see them as parts of the whole."""

from pathlib import Path

import numpy as np
from PIL import Image
from sightline.data.world.naming import matching
from sightline.data.world.render import render
from sightline.data.world.sampler import sample_scenes
from sightline.tools.artifacts import ArtifactStore
from sightline.tools.base import ToolContext
from sightline.tools.edit import EditTool
from sightline.tools.mirrored import MirroredSceneParser
from sightline.tools.toolbox import Toolbox


def test_a_crop_is_seen_and_changed_as_a_part_of_the_whole(tmp_path: Path) -> None:
    scene = next(iter(sample_scenes(8995, 1)))
    item = next(
        o for o in scene.objects
        if o.size == "large" and len(matching(scene, {"color": o.color, "shape": o.shape})) == 1
    )  # fmt: skip
    store, toolbox = ArtifactStore(tmp_path, "me"), Toolbox()
    whole = store.add(Image.fromarray(render([scene])[0].numpy()))
    store.set_domain(whole.id, "tabletop", 1.0)

    def edit(order: str, *view: str) -> str:
        seen = tuple(store.get(id_) for id_ in (whole.id, *view))
        context = ToolContext(user="me", store=store, toolbox=toolbox, attachments=seen)
        return EditTool.given(context).use(instruction=order).artifacts[0]

    part = edit(f"crop to the {item.color} {item.shape}")
    eyes = toolbox.part("scene")
    for parser in (eyes, MirroredSceneParser(eyes)):
        names = [
            " ".join(n.attributes.values()) for n in parser.parse([store.image(part)])[0].nodes
        ]
        assert f"{item.color}" in " ".join(names) and len(names) < len(scene.objects)
    other = "red" if item.color != "red" else "blue"
    painted = edit(f"make it {other}", part)
    node = max(
        eyes.parse([store.image(painted)])[0].nodes, key=lambda n: n.box.xyxy[2] - n.box.xyxy[0]
    )
    assert node.attributes["color"] == other and node.attributes["shape"] == item.shape
    assert store.image(painted).size == store.image(part).size
    assert (np.asarray(store.image(painted)) != np.asarray(store.image(part))).any()
    assert edit("undo", part, painted) == part
