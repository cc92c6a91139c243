"""Edits that lean on each other, and an album that is told of, by the real team."""

from pathlib import Path

import pytest
from PIL import Image
from sightline import Assistant
from sightline.agent.reply import Reply
from sightline.data.world.naming import matching
from sightline.data.world.render import render
from sightline.data.world.sampler import sample_scenes
from sightline.data.world.scene import Scene, SceneObject


@pytest.fixture(scope="module", name="assistant")
def _assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module", name="scene")
def _scene() -> Scene:
    """One with a shape of which there is only one, and others."""
    return next(
        s
        for s in sample_scenes(8996, 40)
        if any(len(matching(s, {"shape": o.shape})) == 1 for o in s.objects) and len(s.objects) > 3
    )


def _only(scene: Scene) -> SceneObject:
    return next(o for o in scene.objects if len(matching(scene, {"shape": o.shape})) == 1)


def _colours(assistant: Assistant, reply: Reply) -> dict[str, list[str]]:
    image = assistant.store("me").image(reply.made[-1])
    found: dict[str, list[str]] = {}
    for node in assistant.toolbox.part("scene").parse([image])[0].nodes:
        found.setdefault(node.attributes["shape"], []).append(node.attributes["color"])
    return found


def test_edits_lean_on_the_one_before(assistant: Assistant, scene: Scene) -> None:
    item = _only(scene)
    one, two = [c for c in ("red", "blue", "yellow") if c != item.color][:2]
    picture = Image.fromarray(render([scene])[0].numpy())
    first = assistant.ask(f"make the {item.shape} {one}", [picture], session="lean")
    assert _colours(assistant, first)[item.shape] == [one], first.text
    second = assistant.ask(f"hmm, {two} then", session="lean")
    assert _colours(assistant, second)[item.shape] == [two], second.text
    assert assistant.ask("what colour was it before?", session="lean").answer == one
    undone = assistant.ask("undo", session="lean")
    assert _colours(assistant, undone)[item.shape] == [one], undone.text
    again = assistant.ask("redo", session="lean")
    assert _colours(assistant, again)[item.shape] == [two], again.text
    asked = assistant.ask("what did you just change?", session="lean")
    assert asked.text.startswith("I said:") and not asked.made


def test_a_thing_that_is_only_named_gets_what_the_last_one_got(
    assistant: Assistant, scene: Scene
) -> None:
    item = _only(scene)
    other = next(o for o in scene.objects if o.shape != item.shape)
    colour = next(c for c in ("red", "blue", "cyan") if c not in (item.color, other.color))
    picture = Image.fromarray(render([scene])[0].numpy())
    assistant.ask(f"paint the {item.shape} {colour}", [picture], session="too")
    reply = assistant.ask(f"and the {other.shape}s too", session="too")
    painted = _colours(assistant, reply)
    assert set(painted[other.shape]) == {colour} == set(painted[item.shape]), reply.text


def test_an_album_takes_and_gives_up(tmp_path: Path, scene: Scene) -> None:
    assistant = Assistant(home=tmp_path)
    picture = Image.fromarray(render([scene])[0].numpy())
    kept = assistant.ask("keep this one in my album", [picture], session="a")
    assert kept.text.startswith("In your album now:") and not kept.made
    assert len(assistant.album().items()) == 1
    item = _only(scene)
    out = assistant.ask(f"take the one with a {item.shape} out of my album", session="b")
    assert "out of your album" in out.text and not assistant.album().items()
