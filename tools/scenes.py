"""A parsed picture as a typed scene, ready for programs and for reading captions back."""

from ..data.world.scene import Scene, SceneObject, derive_relationships
from ..data.world.vocabulary import ATTRIBUTE_OF, ATTRIBUTES
from ..models.common.boxes import BoxXYXY, iou
from ..models.tasks import SceneGraph


def in_order(label: str) -> str:
    """A full name with its words as English stacks them: "small red rubber cube"."""
    words = {ATTRIBUTE_OF.get(word, ""): word for word in label.split()}
    if len(words) != len(label.split()) or "" in words:
        return label
    return " ".join(words[name] for name in ATTRIBUTES if name in words)


def scene_of(graph: SceneGraph) -> Scene:
    """The scene that `graph` describes; pixels are those of the parsed picture."""
    objects = tuple(
        SceneObject(
            shape=node.attributes["shape"],
            color=node.attributes["color"],
            size=node.attributes["size"],
            material=node.attributes["material"],
            position=node.position,
            pixel=(
                (node.box.xyxy[0] + node.box.xyxy[2]) / 2,
                (node.box.xyxy[1] + node.box.xyxy[3]) / 2,
                0.0,
            ),
            box=node.box.xyxy,
        )
        for node in graph.nodes
    )
    return Scene(
        objects=objects,
        directions=graph.directions,
        relationships=derive_relationships(objects, graph.directions),
        width=graph.width,
        height=graph.height,
    )


def name_in_box(graph: SceneGraph, box: BoxXYXY) -> str:
    """The full name of what stands in `box` (pixels of the parsed picture), "" for nothing."""
    best = max(graph.nodes, key=lambda node: iou(node.box.xyxy, box), default=None)
    if best is None or iou(best.box.xyxy, box) < 0.3:
        return ""
    return in_order(" ".join(best.attributes.values()))
