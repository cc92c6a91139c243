"""Wording: nothing is left unsaid, articles agree, noise keeps to its bounds."""

import re
from random import Random

import pytest
from sightline.data.world.lexicon import (
    ADJECTIVES,
    FINISHES,
    MATERIAL_NOUNS,
    NOUNS,
    PLURAL_PREDICATES,
)
from sightline.data.world.patterns import Pattern, draw, tidy
from sightline.data.world.vocabulary import ATTRIBUTES, DIRECTIONS, VALUES
from sightline.data.world.wording import (
    attribute_word,
    frame,
    indefinite,
    noun_phrase,
    ordinal_phrase,
    predicate,
    relation,
    superlative,
    typos,
)


def said(value: str) -> set[str]:
    """Every word that can stand for a value."""
    words = {w if isinstance(w, str) else w[0] for w in ADJECTIVES[value]}
    for table in (MATERIAL_NOUNS, FINISHES, PLURAL_PREDICATES):
        words |= {w if isinstance(w, str) else w[0] for w in table.get(value, ())}
    words |= {form for forms in NOUNS.get(value, ()) for form in forms[:2]}
    extra = {"large": {"biggest", "largest"}, "small": {"smallest", "tiniest"}}
    return words | extra.get(value, set())


def test_every_value_is_said() -> None:
    rng = Random(8000)
    for _ in range(3000):
        values = {a: rng.choice(VALUES[a]) for a in ATTRIBUTES if rng.random() < 0.5}
        number = rng.choice(("one", "many"))
        article = rng.choice(("the", "a", "any", ""))
        text = noun_phrase(rng, values, number, article)
        for value in values.values():
            assert any(word in text for word in said(value)), (values, text)
        assert text == text.lower().strip() and "  " not in text


def test_articles() -> None:
    rng = Random(8001)
    for _ in range(500):
        values = {"color": rng.choice(VALUES["color"]), "shape": rng.choice(VALUES["shape"])}
        assert re.match(r"(the|that) ", noun_phrase(rng, values, "one", "the"))
        text = noun_phrase(rng, values, "one", "a")
        assert re.match(r"an [aeio]|a [^aeio]|a one", text), text
        assert noun_phrase(rng, values, "one", "a", other=True).startswith("another ")
        assert noun_phrase(rng, values, "many", "any").startswith("any ")
    assert indefinite("object") == "an object"
    assert indefinite("one that is red") == "a one that is red"


def test_plain_phrases_have_nothing_after_the_noun() -> None:
    rng = Random(8002)
    nouns = tuple(form[0] for form in NOUNS["cube"])
    for _ in range(300):
        values = {a: rng.choice(VALUES[a]) for a in ("size", "color", "material")}
        text = noun_phrase(rng, {**values, "shape": "cube"}, "one", "the", plain=True)
        assert text.endswith(nouns)


def test_wide_choice() -> None:
    rng = Random(8003)
    ways = {noun_phrase(rng, {"material": "metal", "shape": "sphere"}) for _ in range(3000)}
    assert len(ways) > 250
    for direction in DIRECTIONS:
        assert len({relation(rng, direction) for _ in range(2000)}) >= 15
        assert len({superlative(rng, direction, "ball") for _ in range(2000)}) >= 15
        assert len({ordinal_phrase(rng, 2, direction, "ball") for _ in range(500)}) >= 6
    assert {attribute_word(rng, "color") for _ in range(50)} >= {"color", "colour"}
    assert "cubes" in {predicate(rng, "shape", "cube", "many") for _ in range(50)}


def test_the_draw_repeats() -> None:
    first, second = (
        [
            typos(rng, frame(rng, noun_phrase(rng, {"color": "red"}, "many", "the")))
            for _ in range(100)
        ]
        for rng in (Random(8004), Random(8004))
    )
    assert first == second


def test_most_texts_stay_as_typed() -> None:
    rng = Random(8005)
    text = "What is the color of the large metallic cylinder behind the cube?"
    typed = [typos(rng, text) for _ in range(2000)]
    assert 0.75 < sum(t == text for t in typed) / len(typed) < 0.97
    assert all(abs(len(t) - len(text)) <= 8 for t in typed)


def test_frames_keep_the_question() -> None:
    rng = Random(8006)
    for _ in range(500):
        assert "how many red balls are there" in frame(rng, "how many red balls are there").lower()


def test_patterns() -> None:
    rng = Random(8007)
    pattern = Pattern("[a|b {slot}|<shared>]", {"shared": "c[d|]"})
    assert {pattern.draw(rng, {"slot": "x"}) for _ in range(200)} == {"a", "b x", "c", "cd"}
    assert pattern.slots == {"slot"}
    assert draw(rng, "is {o} red", {"o": lambda: "the ball"}) == "is the ball red"
    assert tidy("so , what  is it ?") == "so, what is it?"


@pytest.mark.parametrize("source", ["[a|b", "a]", "<unknown>", "a{"])
def test_broken_patterns_are_refused(source: str) -> None:
    with pytest.raises(ValueError):
        Pattern(source)
