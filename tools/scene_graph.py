"""Draw up a picture's scene graph: objects with attributes and boxes, relations as edges."""

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import BaseModel, Field

from ..data.world.scene_graphs import PREDICATES, Triple, visual_genome
from .base import OnAttachment, SightlineTool, Specialist
from .gate import abstention
from .results import Box, Edge, ToolResult
from .scenes import in_order

if TYPE_CHECKING:  # the grapher's package brings torch; finding a tool must not wait for it
    from ..models.scene_graph.grapher import RelatedScene, ScoredEdge

_MOST_TOLD = 12


class SceneGraphArgs(OnAttachment):
    """Arguments of `scene_graph`."""

    form: Literal["text", "json"] = Field(
        default="text", description="json: Visual Genome's layout instead of sentences"
    )


class SceneGraphTool(SightlineTool):
    """The `scene_graph` tool."""

    name: str = "scene_graph"
    description: str = "List every object of a picture and the relations between them."
    args_schema: type[BaseModel] = SceneGraphArgs
    specialist: ClassVar[Specialist] = "perception"
    wants: ClassVar = "picture"
    examples: ClassVar[tuple[str, ...]] = (
        "give me all relations between the objects as json",
        "who stands where relative to whom, as a list",
        "draw a scene graph of this",
    )

    def look(self, artifact: str = "", form: str = "text", **_: Any) -> ToolResult:
        """The graph as text or JSON, with a box for each object and an edge for each relation."""
        picture = self.context.artifact(artifact)
        if (refused := abstention(self.context, picture, self.name)) is not None:
            return refused
        image = self.context.store.image(picture.id)
        graph = self.context.toolbox.tool(self.name).relate([image])[0]
        names = numbered(graph)
        found = [node.box.xyxy for node in graph.scene.nodes]
        boxes = [
            Box(artifact=picture.id, x0=b[0], y0=b[1], x1=b[2], y1=b[3], label=name)
            for name, b in zip(names, found, strict=True)
        ]
        edges = [
            Edge(
                artifact=picture.id,
                subject=names[edge.subject],
                predicate=PREDICATES[edge.predicate],
                object=names[edge.object],
            )
            for edge in graph.edges
        ]
        layout = genome(graph, picture.id)
        return ToolResult(
            text=json.dumps(layout) if form == "json" else told(names, graph.edges),
            evidence=(*boxes, *edges),
            model=self.model_ref(self.name),
            confidence=min([graph.scene.confidence, *(edge.score for edge in graph.edges)]),
            detail={"visual_genome": layout},
        )


def numbered(graph: "RelatedScene") -> list[str]:
    """A name for each object, numbered where two would share one: "small red rubber cube 2"."""
    plain = [in_order(" ".join(node.attributes.values())) for node in graph.scene.nodes]
    several = Counter(plain)
    seen: Counter[str] = Counter()
    names = []
    for name in plain:
        seen[name] += 1
        names.append(f"{name} {seen[name]}" if several[name] > 1 else name)
    return names


def genome(graph: "RelatedScene", image_id: str) -> dict[str, Any]:
    """The graph in Visual Genome's layout."""
    objects = [(node.attributes, node.box.xyxy) for node in graph.scene.nodes]
    edges = [Triple(edge.subject, edge.predicate, edge.object) for edge in graph.edges]
    return visual_genome(objects, edges, image_id)


def told(names: list[str], edges: tuple["ScoredEdge", ...]) -> str:
    """The graph in sentences: the objects, then the surest relations."""
    if not names:
        return "I see no objects on the table, so there are no relations."
    listed = "\n".join(f"{number} {name}" for number, name in enumerate(names, start=1))
    count = f"{len(names)} object{'s' if len(names) > 1 else ''}"
    if not edges:
        return f"{count}, no relations:\n{listed}"
    shown = [
        f"- the {names[e.subject]} is {PREDICATES[e.predicate]} the {names[e.object]}"
        for e in edges[:_MOST_TOLD]
    ]
    rest = len(edges) - len(shown)
    more = f"\n... and {rest} more; ask for it as JSON to get them all." if rest else ""
    relations = "\n".join(shown)
    return f"{count}:\n{listed}\n{len(edges)} relations:\n{relations}{more}"
