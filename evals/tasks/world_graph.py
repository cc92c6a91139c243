"""world-graph: scene graphs through the assistant's tool, against the annotated graph (SGDet).

What is annotated, and why, stands in `data/world/scene_graphs.py`. An object's class is its full
name (size, colour, material and shape), which is stricter than Visual Genome's nouns.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from ...agent.assistant import Assistant
from ...data.world.scene import Scene
from ...data.world.scene_graphs import all_directions, annotated, foremost, subject_of
from ...models.scene_graph.grapher import RelatedScene, ScoredEdge
from ...tools.scenes import in_order
from ..metrics.scene_graph import (
    Node,
    Triplet,
    constrained,
    found,
    matching,
    mean_recall,
    recall,
)
from ..metrics.shares import share
from ..task import Sample, Task
from .world import drawn_scenes

_K = 50
_FEW = 6
_EVERY = 200  # more than all true directions of ten objects


def samples(seed: int, limit: int) -> Iterator[Sample]:
    """One picture each."""
    for index, scene, picture, _ in drawn_scenes(seed, limit):
        yield Sample(id=str(index), data=(picture, scene))


def run(assistant: Assistant, sample: Sample) -> dict[str, Any]:
    """The graph of one picture; right when it is exactly so."""
    picture, scene = sample.data
    store = assistant.store("eval")
    image = store.image(store.add(picture).id)
    graph: RelatedScene = assistant.toolbox.tool("scene_graph").relate([image])[0]
    nodes = [Node(in_order(_name(n.attributes)), n.box.xyxy) for n in graph.scene.nodes]
    true = [Node(item.name, item.box) for item in scene.objects]
    edges = [Triplet(true[e.subject], e.predicate, true[e.object]) for e in annotated(scene)]
    full = [Triplet(true[e.subject], e.predicate, true[e.object]) for e in all_directions(scene)]
    ranked = _triplets(graph.candidates, nodes)
    hits = found(constrained(ranked), edges, _K)
    free = found(ranked, edges, _K)
    directions = found(_triplets(graph.holds, nodes), full, _EVERY)
    claimed = len(graph.holds)
    return {
        "objects": len(true),
        "edges": [[e.predicate, hit] for e, hit in zip(edges, hits, strict=True)],
        "free": free,
        "directions": sum(directions) / len(directions) if directions else 1.0,
        "directions_right": sum(directions) / claimed if claimed else 1.0,
        "right": exact(graph, nodes, scene, true),
    }


def exact(graph: RelatedScene, nodes: list[Node], scene: Scene, true: list[Node]) -> bool:
    """Whether objects are all right, and so is the one edge told of each pair.

    Where two directions are about as fair, either is right.
    """
    pairs = matching(nodes, true)
    if pairs is None:
        return False
    of = {given: j for j, given in pairs.items()}
    for edge in graph.edges:
        subject, anchor = of[edge.subject], of[edge.object]
        first = subject_of(scene.objects[subject], scene.objects[anchor])
        if first != 0 or subject not in scene.relationships[edge.predicate][anchor]:
            return False
    told = {(of[e.subject], of[e.object]): e.predicate for e in graph.edges}
    return all(
        told.get((e.subject, e.object)) == e.predicate == foremost(scene, e.subject, e.object)[0]
        for e in annotated(scene)
    )


def score(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Recall at 50 and its mean over predicates, whole graphs, and CLEVR's full directions."""
    pictures = [[(name, hit) for name, hit in r["edges"]] for r in records]
    few = [r for r in records if r["objects"] <= _FEW]
    return {
        "recall_at_50": round(recall([[hit for _, hit in p] for p in pictures]), 4),
        "mean_recall_at_50": round(mean_recall(pictures), 4),
        "recall_at_50_unconstrained": round(recall([r["free"] for r in records]), 4),
        "exact": round(share(r["right"] for r in few), 4),
        "exact_of": float(len(few)),
        "exact_any_size": round(share(r["right"] for r in records), 4),
        "directions_recall": round(share(r["directions"] for r in records), 4),
        "directions_precision": round(share(r["directions_right"] for r in records), 4),
    }


def _triplets(edges: Sequence[ScoredEdge], nodes: Sequence[Node]) -> list[Triplet]:
    return [Triplet(nodes[e.subject], e.predicate, nodes[e.object]) for e in edges]


def _name(attributes: Any) -> str:
    return " ".join(attributes.values())


TASK = Task(
    name="world-graph",
    description="scene graphs: recall at 50, whole graphs exactly right",
    limit=300,
    samples=samples,
    run=run,
    score=score,
)
