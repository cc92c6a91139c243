"""Programs and answers as English."""

import pytest
from sightline.agent.roles import phrasing, smalltalk
from sightline.data.world.programs import FUNCTIONS, Call

SENTENCES = [
    ("count filter_color[red] filter_shape[cube] scene", "3", "There are 3 red cubes."),
    ("count filter_shape[cube] scene", "1", "There is 1 cube."),
    ("count filter_shape[cube] scene", "0", "There are no cubes."),
    ("exist relate[left] unique filter_shape[sphere] scene", "yes",
     "Yes, there is an object to the left of the sphere."),
    ("exist filter_color[gray] filter_shape[sphere] scene", "no",
     "No, there is no gray sphere."),
    ("query_material it", "rubber", "It is made of rubber."),
    ("query_shape unique filter_color[red] scene", "cube", "It is a cube."),
    ("query_size extreme[left] filter_shape[cube] scene", "large",
     "The leftmost cube is large."),
    ("greater_than count filter_shape[cube] scene count filter_color[red] scene", "no",
     "No, there are not more cubes than red objects."),
    ("equal_color query_color unique filter_shape[cube] scene "
     "query_color unique filter_shape[sphere] scene", "yes",
     "Yes, they have the same colour."),
    ("each_color filter_shape[cube] scene", "red, blue", "Red and blue."),
    ("locate unique filter_color[red] scene", "centre",
     "The red object is in the middle of the picture."),
    ("again swap[blue]", "large", "The blue one is large."),
    ("describe scene", "small red rubber cube, large blue metal sphere",
     "I see a small red rubber cube and a large blue metal sphere."),
]  # fmt: skip


@pytest.mark.parametrize(("program", "answer", "text"), SENTENCES)
def test_sentences(program: str, answer: str, text: str) -> None:
    parsed = phrasing.program_of(program.split())
    assert parsed is not None
    assert phrasing.sentence(parsed, answer) == text


def test_every_function_can_be_said() -> None:
    """No program, however odd, leaves the writer without words."""
    scene = Call("scene")
    one = Call("unique", (scene,))
    count = Call("count", (scene,))
    stand_in = {"set": scene, "object": one, "int": count, "bool": Call("exist", (scene,))}
    for name, signature in FUNCTIONS.items():
        inputs = tuple(stand_in.get(kind) or Call(f"query_{kind}", (one,))
                       for kind in signature.inputs)  # fmt: skip
        program = Call(name, inputs, signature.values[0] if signature.values else None)
        for answer in ("yes", "2", "red", "none"):
            text = phrasing.sentence(program, answer)
            assert text.endswith((".", "?")) and text[0] == text[0].upper() and "  " not in text
        assert phrasing.absent(program, program).startswith("There is no ")


def test_telling_apart() -> None:
    say = phrasing.ambiguous
    assert say(["small red rubber cube", "large red rubber cube"]) == (
        "There are two cubes: a small one and a large one. Which do you mean?"
    )
    assert say(["small red rubber cube", "small red metal sphere"]) == (
        "There are two objects: a red cube and a red sphere. Which do you mean?"
    ) or "metal" in say(["small red rubber cube", "small red metal sphere"])
    alike = ["small red rubber cube"] * 3
    assert say(alike) == "There are three cubes like that. Which do you mean?"
    assert say([]).endswith("Which do you mean?")


@pytest.mark.parametrize("said", ["yes", "No.", "ok please", "Sure!"])
def test_yes_by_itself_orders_nothing(said: str) -> None:
    assert smalltalk.certain(said) and smalltalk.answer(said) == "All right."


def test_what_is_like_no_small_talk_is_not_answered_as_such() -> None:
    assert smalltalk.answer("asdkjh qwe zzz") == ""
    assert smalltalk.answer("how do you say good morning in Japanese?") == ""
    assert smalltalk.answer("hey, how are you?") == smalltalk.INTENTS["greeting"][1]
    assert smalltalk.answer("ciao") == smalltalk.INTENTS["greeting"][1]
