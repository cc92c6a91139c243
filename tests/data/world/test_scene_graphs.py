"""The annotated graph: one true edge a pair, told the same way whatever the order of objects."""

from collections import Counter
from dataclasses import replace

from sightline.data.world.sampler import sample_scenes
from sightline.data.world.scene import derive_relationships
from sightline.data.world.scene_graphs import annotated, visual_genome

SCENES = sample_scenes(8301, 40)


def test_edges_are_true_and_one_a_pair() -> None:
    seen: Counter[str] = Counter()
    for scene in SCENES:
        edges = annotated(scene, least=1.0)
        n = len(scene.objects)
        assert len(edges) == n * (n - 1) // 2 <= 45
        for edge in edges:
            assert edge.subject in scene.relationships[edge.predicate][edge.object]
        assert set(annotated(scene)) <= set(edges)
        seen.update(edge.predicate for edge in edges)
    # The rule for subjects leaves all four predicates frequent.
    assert min(seen.values()) > 0.2 * sum(seen.values())


def test_the_graph_does_not_depend_on_the_order_of_objects() -> None:
    for scene in SCENES[:10]:
        turned = tuple(reversed(scene.objects))
        other = replace(
            scene, objects=turned, relationships=derive_relationships(turned, scene.directions)
        )
        last = len(turned) - 1
        mapped = {(last - e.subject, e.predicate, last - e.object) for e in annotated(other)}
        assert mapped == set(annotated(scene))


def test_visual_genome_layout() -> None:
    scene = SCENES[0]
    objects = [
        ({n: o.value(n) for n in ("size", "color", "material", "shape")}, o.box)
        for o in scene.objects
    ]
    edges = annotated(scene)
    entry = visual_genome(objects, edges, "7")
    assert [o["names"] for o in entry["objects"]] == [[o.shape] for o in scene.objects]
    first = entry["relationships"][0]
    assert first["subject"]["object_id"] == edges[0].subject
    assert first["predicate"] in ("left of", "right of", "in front of", "behind")
    assert len(entry["attributes"][0]["attributes"]) == 3
    x0, _, x1, _ = scene.objects[0].box
    assert (entry["objects"][0]["x"], entry["objects"][0]["w"]) == (x0, x1 - x0)
