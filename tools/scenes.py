"""A parsed picture as a typed scene, ready for programs and for reading captions back."""

from ..data.world.scene import Scene, SceneObject, derive_relationships
from ..models.tasks import SceneGraph


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
