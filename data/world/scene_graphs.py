"""The annotated scene graph of a tabletop scene, and Visual Genome's layout for it.

CLEVR's relations hold for nearly every pair both ways and along both axes: up to 180 true triples
of ten objects, so that the first 50 could never hold them all. People name one: of each pair of
objects the smaller one is told by the larger one, in the direction that it lies in foremost.

- One edge a pair. Its subject is the less notable thing: small before large, rubber before metal,
  then by colour and shape in the vocabulary's order, then the one on the left. The rule says
  nothing of directions, so all four predicates are as frequent.
- Its predicate is the direction with the larger share of the way from object to subject. Where
  neither is `CLEAR` times the other, both are fair and the pair has no annotated edge; there are
  up to 45 edges.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from .scene import BoxXYXY, Scene, SceneObject
from .vocabulary import ATTRIBUTES, DIRECTIONS, VALUES

CLEAR: Final = 1.3
PREDICATES: Final = dict(
    zip(DIRECTIONS, ("left of", "right of", "in front of", "behind"), strict=True)
)


class Triple(NamedTuple):
    """`subject` is `predicate` (a direction) of `object`; both are indices."""

    subject: int
    predicate: str
    object: int


def subject_of(first: SceneObject, second: SceneObject) -> int:
    """Which of two objects is told by the other: 0 or 1; alike ones are told from the left."""
    keys = [
        tuple(
            VALUES[name].index(item.value(name)) for name in ("size", "material", "color", "shape")
        )
        for item in (first, second)
    ]
    if keys[0] == keys[1]:
        return int(second.pixel[0] < first.pixel[0])
    return int(keys[1] < keys[0])


def foremost(scene: Scene, subject: int, anchor: int) -> tuple[str, float]:
    """The direction with the larger share of the way from anchor to subject, and how clearly."""
    way = [
        b - a
        for a, b in zip(
            scene.objects[anchor].position, scene.objects[subject].position, strict=True
        )
    ]
    right, front = (
        sum(w * d for w, d in zip(way, scene.directions[name], strict=True))
        for name in ("right", "front")
    )
    if abs(right) >= abs(front):
        return ("right" if right > 0 else "left"), abs(right) / max(abs(front), 1e-6)
    return ("front" if front > 0 else "behind"), abs(front) / max(abs(right), 1e-6)


def annotated(scene: Scene, least: float = CLEAR) -> list[Triple]:
    """The annotated edges, in the order of their objects; `least` 1 annotates every pair."""
    edges = []
    for i in range(len(scene.objects)):
        for j in range(i + 1, len(scene.objects)):
            ends = (i, j)
            first = subject_of(scene.objects[i], scene.objects[j])
            subject, anchor = ends[first], ends[1 - first]
            direction, clear = foremost(scene, subject, anchor)
            if clear >= least:
                edges.append(Triple(subject, direction, anchor))
    return edges


def all_directions(scene: Scene) -> list[Triple]:
    """Every true triple of CLEVR's relations."""
    return [
        Triple(subject, direction, anchor)
        for direction in DIRECTIONS
        for anchor, subjects in enumerate(scene.relationships[direction])
        for subject in subjects
    ]


def visual_genome(
    objects: Sequence[tuple[Mapping[str, str], BoxXYXY]], edges: Sequence[Triple], image_id: str
) -> dict[str, Any]:
    """One picture in Visual Genome's layout: objects, relationships and attributes.

    Args:
        objects: attributes and box (x0, y0, x1, y1) of each.
    """

    def entry(index: int) -> dict[str, Any]:
        values, (x0, y0, x1, y1) = objects[index]
        return {
            "object_id": index,
            "x": round(x0),
            "y": round(y0),
            "w": round(x1 - x0),
            "h": round(y1 - y0),
            "names": [values["shape"]],
            "synsets": [],
        }

    return {
        "image_id": image_id,
        "objects": [entry(i) for i in range(len(objects))],
        "relationships": [
            {
                "relationship_id": number,
                "predicate": PREDICATES[edge.predicate],
                "subject": entry(edge.subject),
                "object": entry(edge.object),
                "synsets": [],
            }
            for number, edge in enumerate(edges)
        ],
        "attributes": [
            {
                **entry(i),
                "attributes": [values[name] for name in ATTRIBUTES if name != "shape"],
            }
            for i, (values, _) in enumerate(objects)
        ],
    }
