"""A picture looked at in a mirror is told as it is."""

from PIL import Image
from sightline.data.world.render import render
from sightline.data.world.sampler import sample_scenes
from sightline.models.common.boxes import iou
from sightline.tools.mirrored import MirroredSceneParser, turned
from sightline.tools.toolbox import Toolbox


def test_both_looks_tell_the_same_scene() -> None:
    scene = next(iter(sample_scenes(8990, 1)))
    picture = Image.fromarray(render([scene])[0].numpy())
    eyes = Toolbox().part("scene")
    plain, mirrored = eyes.parse([picture])[0], MirroredSceneParser(eyes).parse([picture])[0]
    assert len(plain.nodes) == len(mirrored.nodes) == len(scene.objects)
    match = {
        i: max(range(len(plain.nodes)), key=lambda k: iou(plain.nodes[k].box.xyxy, node.box.xyxy))
        for i, node in enumerate(mirrored.nodes)
    }
    assert sorted(match.values()) == list(range(len(plain.nodes)))
    for i, node in enumerate(mirrored.nodes):
        assert node.attributes == plain.nodes[match[i]].attributes
        assert abs(node.position[0] - plain.nodes[match[i]].position[0]) < 0.5
    sides = {(match[a], name, match[b]) for a, name, b in mirrored.relations}
    assert len(sides & set(plain.relations)) > 0.9 * len(plain.relations)


def test_turning_twice_changes_nothing() -> None:
    scene = next(iter(sample_scenes(8991, 1)))
    graph = Toolbox().part("scene").parse([Image.fromarray(render([scene])[0].numpy())])[0]
    again = turned(turned(graph))
    assert again.relations == graph.relations
    assert [n.attributes for n in again.nodes] == [n.attributes for n in graph.nodes]
