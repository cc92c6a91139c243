"""Marks on pictures: numbered, once each, visible, with a legend in words."""

from PIL import Image
from sightline.agent.interfaces.drawing import annotate, beside, graph, legend_lines, marks_by_view
from sightline.agent.interfaces.presenting import evidence_lines, step_detail, step_title, took
from sightline.agent.reply import Step
from sightline.tools.results import Box, Edge, Memory, Region

BALL = Box(artifact="a", x0=10, y0=20, x1=50, y1=60, label="red ball")
LINE = Region(artifact="b", page=2, x0=0, y0=0, x1=30, y1=10, label="TOTAL 9.00")


def test_marks_are_numbered_across_views_and_counted_once() -> None:
    views = marks_by_view([BALL, BALL, LINE])
    assert list(views) == [("a", 1), ("b", 2)]
    assert [mark.number for marks in views.values() for mark in marks] == [1, 2]
    (mark,) = views["b", 2]
    assert mark.page == 2
    assert "TOTAL 9.00" in legend_lines([mark])[0]


def test_boxes_and_legend_are_drawn() -> None:
    picture = Image.new("RGB", (320, 240), "black")
    marks = marks_by_view([BALL])["a", 1]
    drawn = annotate(picture, marks)
    assert drawn.width == 640  # small pictures are enlarged
    assert drawn.height > 480  # the legend stands below
    color = tuple(int(marks[0].color[i : i + 2], 16) for i in (1, 3, 5))
    found = {pixel for _, pixel in drawn.getcolors(10**6) or []}
    assert color in found
    assert annotate(picture, []).size == (640, 480)


def test_large_pages_are_reduced() -> None:
    page = Image.new("RGB", (1600, 2400), "white")
    drawn = annotate(page, marks_by_view([LINE])["b", 2], legend=False)
    assert max(drawn.size) == 1200


def test_words_for_steps_and_evidence() -> None:
    step = Step(role="perception", tool="vqa", args={"question": "how many?"}, ms=120, model="m@1")
    assert step_title(step) == "Perception looked for the answer"
    assert "how many?" in step_detail(step)
    assert "could not: no" in step_detail(Step(role="x", tool="y", ok=False, note="no"))
    assert took([step, step]) == "2 steps, 0.2 s"
    assert any("from memory" in line for line in evidence_lines([BALL, Memory(id="m", label="x")]))


def test_before_and_after_stand_side_by_side() -> None:
    shown = beside(Image.new("RGB", (100, 80), "red"), Image.new("RGB", (60, 40), "blue"))
    assert shown.width == 170 and shown.height > 80
    assert shown.getpixel((50, 60)) == (255, 0, 0) and shown.getpixel((140, 60)) == (0, 0, 255)


def test_a_drawn_graph_holds_every_node_in_its_colour() -> None:
    boxes = [
        Box(artifact="a", x0=10 * i, y0=5, x1=10 * i + 8, y1=15, label=f"thing {i}")
        for i in range(3)
    ]
    marks = marks_by_view(boxes)["a", 1]
    edges = [Edge(artifact="a", subject="thing 0", predicate="left of", object="thing 2")]
    bare, drawn = graph(marks, []), graph(marks, edges)
    assert drawn.size == bare.size and drawn.tobytes() != bare.tobytes()
    for mark in marks:
        rgb = tuple(int(mark.color[k : k + 2], 16) for k in (1, 3, 5))
        assert rgb in {color for _, color in drawn.getcolors(1 << 20) or ()}
