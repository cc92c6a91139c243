"""The shipped relation head on drawn pictures: edges are true, one a pair."""

from PIL import Image
from sightline.data.world.render import render
from sightline.data.world.sampler import sample_scenes
from sightline.data.world.scene_graphs import annotated
from sightline.models.scene_graph import SPEC


def test_edges_of_a_clear_scene() -> None:
    scene = sample_scenes(8303, 1, max_objects=4)[0]
    image = Image.fromarray(render([scene])[0].numpy())
    graph = SPEC.load(None).relate([image])[0]
    n = len(scene.objects)
    assert len(graph.scene.nodes) == n and len(graph.edges) == n * (n - 1) // 2
    near = {
        i: min(
            range(n),
            key=lambda j: (
                abs(graph.scene.nodes[i].box.xyxy[0] - scene.objects[j].box[0])
                + abs(graph.scene.nodes[i].box.xyxy[1] - scene.objects[j].box[1])
            ),
        )
        for i in range(n)
    }
    told = {(near[e.subject], e.predicate, near[e.object]) for e in graph.edges}
    assert set(annotated(scene)) <= told
    assert len(graph.candidates) == n * (n - 1) * 4
    assert SPEC.load(None).relate([Image.new("RGB", (320, 240), "gray")])[0].edges == ()
