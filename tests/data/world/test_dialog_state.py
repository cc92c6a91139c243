"""What a turn leaves behind for the next, on a scene built by hand."""

import pytest
from sightline.data.world.programs import FalsePremise, answer_text, execute, from_tokens
from sightline.data.world.scene import Scene, SceneObject, derive_relationships

AXES = {
    "left": (-1.0, 0.0, 0.0),
    "right": (1.0, 0.0, 0.0),
    "front": (0.0, 1.0, 0.0),
    "behind": (0.0, -1.0, 0.0),
}
# name, x, y (x grows to the right, y towards the camera)
THINGS = (
    ("large red rubber cube", -2.0, 0.0),
    ("small blue metal sphere", 0.0, -2.0),
    ("large blue metal sphere", 1.0, 1.5),
    ("small red metal cube", 2.0, 0.0),
    ("large green rubber cylinder", 2.6, -2.5),
    ("small blue rubber cube", -1.0, 2.0),
)


def hand_made() -> Scene:
    objects = []
    for name, x, y in THINGS:
        size, color, material, shape = name.split()
        objects.append(
            SceneObject(
                shape=shape,
                color=color,
                size=size,
                material=material,
                position=(x, y, 0.35),
                pixel=(160 + 40 * x, 120 + 30 * y, 10.0),
                box=(150 + 40 * x, 110 + 30 * y, 170 + 40 * x, 130 + 30 * y),
            )
        )
    placed = tuple(objects)
    return Scene(
        objects=placed,
        directions=AXES,
        relationships=derive_relationships(placed, AXES),
        width=320,
        height=240,
    )


def talk(*turns: str) -> list[str]:
    """Answers of the turns, given as flat programs; a false premise gives its kind."""
    scene, state, answers = hand_made(), None, []
    for turn in turns:
        try:
            done = execute(from_tokens(turn.split()), scene, state)
        except FalsePremise as error:
            state = error.state
            answers.append(error.kind)
        else:
            state = done.state
            answers.append(answer_text(done.answer))
    return answers


SMALL_BALL = "unique filter_size[small] filter_shape[sphere] scene"
LARGE_CUBE = "unique filter_size[large] filter_shape[cube] scene"


@pytest.mark.parametrize(
    ("turns", "answers"),
    [
        # What colour is the small ball? And its material? And the one left of it?
        (
            (f"query_color {SMALL_BALL}", "query_material it", "query_shape it"),
            ["blue", "metal", "sphere"],
        ),
        # How big is the small ball? No, the other one. And the other one again.
        (
            (f"query_size {SMALL_BALL}", "again unique other", "again unique other"),
            ["small", "large", "small"],
        ),
        # How many cubes? And the red ones? And blue? And balls?
        (
            (
                "count filter_shape[cube] scene",
                "again swap[red]",
                "again swap[blue]",
                "again swap[sphere]",
            ),
            ["3", "2", "1", "2"],
        ),
        # What is the ball made of? (There are two.) The left one. The large one.
        (
            (
                "query_size unique filter_shape[sphere] scene",
                "again extreme[left] them",
                "again unique swap[large]",
            ),
            ["ambiguous", "small", "large"],
        ),
        # What is the blue cylinder made of? (There is none.) Sorry, the green one.
        (
            (
                "query_material unique filter_color[blue] filter_shape[cylinder] scene",
                "again unique swap[green]",
                "query_size it",
            ),
            ["absent", "rubber", "large"],
        ),
        # Is the cylinder bigger than the small ball? It stays the topic.
        (
            (
                "greater_size query_size unique filter_shape[cylinder] scene "
                f"query_size {SMALL_BALL}",
                "query_color it",
            ),
            ["yes", "green"],
        ),
        # Are there cubes? Are they all red? How many of them are metal? And rubber?
        (
            (
                "exist filter_shape[cube] scene",
                "every them filter_color[red] them",
                "count filter_material[metal] them",
                "again swap[rubber]",
            ),
            ["yes", "no", "1", "2"],
        ),
        # How many things are left of the large cube? And behind it?
        (
            (f"count relate[left] {LARGE_CUBE}", "again relate[behind] it"),
            ["0", "2"],
        ),
        # The leftmost cube leaves the other cubes behind.
        (
            (
                "query_color extreme[left] filter_shape[cube] scene",
                "count other",
                "each_size other",
            ),
            ["red", "2", "small"],
        ),
        # Nothing was spoken of yet.
        (("query_color it",), ["dialogue"]),
        (("again swap[red]",), ["dialogue"]),
        # Is there a cylinder? Are there others? No.
        (("exist filter_shape[cylinder] scene", "exist other"), ["yes", "no"]),
    ],
)
def test_turns_are_understood(turns: tuple[str, ...], answers: list[str]) -> None:
    assert talk(*turns) == answers


def test_a_failed_turn_forgets_it_unless_it_was_spoken_of() -> None:
    scene = hand_made()
    state = execute(from_tokens(f"query_color {SMALL_BALL}".split()), scene).state
    with pytest.raises(FalsePremise) as failed:
        execute(
            from_tokens(["query_color", "unique", "filter_color[brown]", "scene"]), scene, state
        )
    assert failed.value.state is not None
    assert failed.value.state.it is None
    with pytest.raises(FalsePremise) as failed:
        execute(from_tokens(["query_color", "unique", "relate[front]", "it"]), scene, state)
    assert failed.value.state is not None
    assert failed.value.state.it == 1


def test_them_before_anything_was_asked_is_everything() -> None:
    assert talk("count them") == ["6"]
    assert talk("query_color it") == ["dialogue"]
    # A search that found nothing leaves nothing to speak of.
    assert talk("count filter_color[yellow] scene", "count them")[1] == "dialogue"
