"""The scene graph tool: names, sentences, edges and Visual Genome's layout say the same."""

import json
from pathlib import Path
from types import SimpleNamespace

from PIL import Image
from sightline.models.scene_graph.grapher import RelatedScene, ScoredEdge
from sightline.models.tasks import Box, SceneGraph, SceneNode
from sightline.tools.artifacts import ArtifactStore
from sightline.tools.base import ToolContext
from sightline.tools.results import Edge
from sightline.tools.scene_graph import SceneGraphTool
from sightline.tools.toolbox import Toolbox


def _node(x: float, color: str) -> SceneNode:
    values = {"color": color, "material": "rubber", "shape": "cube", "size": "small"}
    box = Box(xyxy=(x, 50, x + 30, 80), confidence=0.9)
    return SceneNode(
        attributes=values, confidences=dict.fromkeys(values, 0.9), box=box, position=(x, 0, 0.35)
    )


def _graph() -> RelatedScene:
    nodes = (_node(20, "red"), _node(120, "red"), _node(220, "blue"))
    scene = SceneGraph(
        nodes=nodes, relations=(), directions={}, width=320, height=240, confidence=0.9
    )
    edges = tuple(
        ScoredEdge(subject=a, predicate="left", object=b, score=0.8)
        for a, b in ((0, 1), (0, 2), (1, 2))
    )
    return RelatedScene(scene=scene, edges=edges, candidates=edges, holds=edges)


def test_text_evidence_and_json_agree(tmp_path: Path) -> None:
    store = ArtifactStore(tmp_path, "me")
    picture = store.add(Image.new("RGB", (320, 240), "gray"))
    models = {
        "tools.scene_graph": SimpleNamespace(relate=lambda images: [_graph() for _ in images]),
        "senses.domain": SimpleNamespace(
            classify=lambda images: [SimpleNamespace(kind="tabletop", confidence=1.0)]
        ),
    }
    context = ToolContext(
        user="me", store=store, toolbox=Toolbox("embedded", models=models), attachments=(picture,)
    )
    result = SceneGraphTool.given(context).use()
    edges = [item for item in result.evidence if isinstance(item, Edge)]
    assert [(e.subject, e.predicate, e.object) for e in edges] == [
        ("small red rubber cube 1", "left of", "small red rubber cube 2"),
        ("small red rubber cube 1", "left of", "small blue rubber cube"),
        ("small red rubber cube 2", "left of", "small blue rubber cube"),
    ]
    assert "the small red rubber cube 1 is left of the small blue rubber cube" in result.text
    layout = json.loads(SceneGraphTool.given(context).use(form="json").text)
    assert layout == result.detail["visual_genome"]
    told = [(r["subject"]["object_id"], r["object"]["object_id"]) for r in layout["relationships"]]
    assert told == [(0, 1), (0, 2), (1, 2)]
    assert layout["attributes"][2]["attributes"] == ["small", "blue", "rubber"]
    assert [o["x"] for o in layout["objects"]] == [20, 120, 220]
