"""What an instruction amounts to, by the shipped parser: gapped orders, and what leans on one."""

import pytest
from sightline.data.edits import Adjust, Redo, Resize, Rotate, Undo, WorldEdit
from sightline.models import spec
from sightline.tools.studio.orders import leads_up, leans, read


@pytest.fixture(scope="module", name="parse")
def _parse():
    return spec("edit_parser").load(None).parse


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("make the cube blue and the yellow one red",
         ["recolour the cube > blue", "recolour the yellow one > red"]),
        ("there is a gray cube i dont like. colour it yellow", ["recolour the gray cube > yellow"]),
        ("i don't want the yellow cube, erase it", ["remove the yellow cube"]),
        ("black and white pls and upside down", ["saturation 0", "rotate 180"]),
        ("more contrast and less colour", ["contrast 1.4", "saturation 0.7"]),
        ("what would it look like in black and white?", ["saturation 0"]),
        ("bring the balls back", ["undo"]),
        ("dont want cylinders any more, get rid of all of em", ["remove the cylinders"]),
        ("clone the little blue ball and set the clone left of the cyan cube",
         ["add copy of the little blue ball @ left of the cyan cube"]),
        ("and put a small green cube in its place", ["add a small green cube @ in its place"]),
        ("put a copy of the purple cube next to the yellow ball",
         ["add copy of the purple cube @ next to the yellow ball"]),
        ("Give the small gray item the colour of the blue cylinder.",
         ["recolour the small gray item > as the blue cylinder"]),
        ("change the material of that large reflective cylinder to matte.",
         ["material that large reflective cylinder > matte"]),
        ("i'd like the golden block to be purple", ["recolour the golden block > purple"]),
        ("two blue cubes is one too many, remove the right one", ["remove the right cube"]),
        ("Swap the green ball with a red cube and the cylinder with a ball",
         ["replace the green ball > a red cube", "replace the cylinder > a ball"]),
        ("crop a strip of 15 pixels from top and bottom", ["crop 0 15px 1 1-15px"]),
        ("cut out the blue ball", ["crop to the blue ball"]),
        ("trim the photo down to the green cube", ["crop to the green cube"]),
        ("trim it to the left half", ["crop 0 0 0.5 1"]),
        ("I want the purple ball in blue and the gray cube gone",
         ["recolour the purple ball > blue", "remove the gray cube"]),
        ("cut the blue ball out", ["remove the blue ball"]),
        ("crop away everything but the purple cube", ["crop to the purple cube"]),
        ("crop it square around the centre", ["crop ratio 1:1"]),
    ],
)  # fmt: skip
def test_orders(parse, text: str, told: list[str]) -> None:
    assert [str(step) for step in read(text, parse)] == told


@pytest.mark.parametrize(
    ("before", "text", "steps"),
    [
        ("would u mind turning the big ball pink?", "ok then red",
         [WorldEdit(kind="recolour", thing="the big ball", value="red")]),
        ("make the cube blue", "the bigger one",
         [WorldEdit(kind="recolour", thing="the bigger cube", value="blue")]),
        ("all the cubes in red plz", "and the cylinders same",
         [WorldEdit(kind="recolour", thing="the cylinders", value="red")]),
        ("turn this by 90 degrees clockwise", "once more", [Rotate(degrees=90)]),
        ("a tad brighter", "too much! only half of that",
         [Undo(steps=1), Adjust(quality="brightness", factor=1.1)]),
        ("make the cube blue", "now remove the ball", [WorldEdit(kind="remove", thing="the ball")]),
        ("make the cube blue", "hmm no, redo it", [Redo()]),
        ("make the red ball blue", "the brown one likewise, please",
         [WorldEdit(kind="recolour", thing="the brown ball", value="blue")]),
        ("make it brighter", "undo", [Undo()]),
        ("resize this to 50%", "no, 75", [Undo(steps=1), Resize(scale=0.75)]),
        ("quarter turn anticlockwise pls", "another one", [Rotate(degrees=-90)]),
        ("make it brighter", "undo just the last one", [Undo(steps=1)]),
        ("make it brighter", "undo the last two", [Undo(steps=2)]),
    ],
)  # fmt: skip
def test_what_leans_on_the_order_before(parse, before: str, text: str, steps: list) -> None:
    assert read(text, parse, [before]) == steps


def test_what_only_leans() -> None:
    assert leans("ok now the ball too") and leans("once more") and not leans("the ball is red")
    assert leads_up("there is a gray cube i dont like. ")
    assert not leads_up("thanks for that. ") and not leads_up("paint the cube red and ")
