"""Reads captions back: which facts a text states, which are true, which objects it covers.

A hand-written reader of a regular language over the lexicon's synonyms, independent of
the sampler. It is strict: a sentence it cannot read counts as one untrue fact.

    check_caption("Two red cubes are left of the ball.", scene).true_facts
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from .caption_grammar import Cursor, Phrase, Unread, Values
from .caption_words import COLUMNS, PLACE_GLUE, RELATIONS, ROWS, VERBS, split_sentences
from .places import along
from .scene import Scene

# How far over a third of the picture an object may lie and still be called "on the left".
_TOLERANCE: Final = 0.03


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One stated fact: the sentence it comes from, its kind, and whether it is true."""

    sentence: str
    kind: str
    true: bool


@dataclass(frozen=True, kw_only=True)
class CaptionCheck:
    """What a caption says of a scene.

    Attributes:
        stated: the facts.
        facts, true_facts: their number, and how many are true.
        objects_covered: objects that a phrase names with at least colour and shape.
        objects: objects of the scene.
    """

    stated: tuple[Fact, ...]
    facts: int
    true_facts: int
    objects_covered: int
    objects: int


def check_caption(text: str, scene: Scene) -> CaptionCheck:
    """Read `text` and hold it against `scene`."""
    stated: list[Fact] = []
    mentions: list[tuple[Values, int, tuple[int, ...] | None]] = []
    for tokens in split_sentences(text):
        reader = _Reader(tokens, scene)
        sentence = " ".join(tokens)
        try:
            reader.sentence()
        except Unread:
            stated.append(Fact(sentence=sentence, kind="unreadable", true=False))
            continue
        stated.extend(Fact(sentence=sentence, kind=k, true=t) for k, t in reader.facts)
        mentions.extend(reader.mentions)
    return CaptionCheck(
        stated=tuple(stated),
        facts=len(stated),
        true_facts=sum(fact.true for fact in stated),
        objects_covered=len(_covered(mentions, scene)),
        objects=len(scene.objects),
    )


def _covered(
    mentions: Sequence[tuple[Values, int, tuple[int, ...] | None]], scene: Scene
) -> set[int]:
    covered: set[int] = set()
    loose: list[tuple[list[int], int]] = []
    for values, number, known in mentions:
        if "color" not in values or "shape" not in values:
            continue
        if known is not None:
            covered.update(known)
            continue
        loose.append((_matching(scene, values, range(len(scene.objects))), number))
    # A phrase covers objects that no other covered; the choosiest phrases go first.
    for candidates, number in sorted(loose, key=lambda pair: len(pair[0])):
        covered.update([i for i in candidates if i not in covered][:number])
    return covered


def _matching(scene: Scene, values: Values, among: Sequence[int]) -> list[int]:
    return [i for i in among if all(scene.objects[i].value(k) == v for k, v in values.items())]


class _Reader(Cursor):
    """One sentence; a recursive-descent parser that takes back the facts of a failed try."""

    def __init__(self, tokens: Sequence[str], scene: Scene) -> None:
        super().__init__(tokens)
        self.scene = scene
        self.facts: list[tuple[str, bool]] = []
        self.mentions: list[tuple[Values, int, tuple[int, ...] | None]] = []

    def attempt(self, read: Callable[[], bool]) -> bool:
        facts, mentions = len(self.facts), len(self.mentions)
        if super().attempt(read):
            return True
        del self.facts[facts:]
        del self.mentions[mentions:]
        return False

    # --- sentences

    def sentence(self) -> None:
        self.take("and", "also", "in addition ,", "overall ,")
        ways = (self.ordered, self.portion, self.statements, self.listing, self.fronted)
        if not any(self.attempt(lambda way=way: way() and self.done()) for way in ways):
            raise Unread

    def ordered(self) -> bool:
        """ "From left to right there is a cube, a ball and a can."."""
        order = self.take(
            "from left to right", "from right to left", "from front to back", "from back to front"
        )
        if order is None:
            return False
        self.take(":", ",")
        self.intro()
        self.take(":")
        phrases = self.items()
        words = order.split()
        self.facts.append(("order", self.in_order(phrases, words[1], words[3])))
        return True

    def portion(self) -> bool:
        """ "Four of them are metal", "all of them are cubes", "everything is red"."""
        total = len(self.scene.objects)
        number = self.take("all of them", "all of the objects", "everything", "every object")
        if number is None:
            if self.take("all") is not None:
                phrase = self.noun_phrase()
                self.fact("count", phrase.number == total and not phrase.values)
                wanted = total
            else:
                wanted = self.some_of_them()
        else:
            wanted = total
        if wanted is None or self.take(*VERBS) is None:
            return False
        self.fact("portion", self.agrees(self.predicate(), wanted))
        return True

    def some_of_them(self) -> int | None:
        if self.take("most of them", "most objects", "most of the objects") is not None:
            return -1
        if self.take("none of them") is not None:
            return 0
        number = self.number()
        if number is None or self.take("of them", "of the objects", "of these") is None:
            return None
        return number

    def agrees(self, values: Values, wanted: int) -> bool:
        found = len(_matching(self.scene, values, range(len(self.scene.objects))))
        return 2 * found > len(self.scene.objects) if wanted == -1 else found == wanted

    def listing(self) -> bool:
        """ "There are five objects on a table: a cube, ...", "seven objects, mostly cubes"."""
        self.intro()
        self.items()
        self.table()
        while not self.done():
            if self.take(":", ", with", "with", ", including", "including", ", among them"):
                self.items()
                self.table()
            elif self.take(", mostly", "mostly") is not None:
                self.fact("portion", self.agrees(self.predicate(), -1))
            elif self.take(","):
                wanted = self.some_of_them()
                if wanted is None:
                    raise Unread
                self.take(*VERBS)
                self.fact("portion", self.agrees(self.predicate(), wanted))
            else:
                raise Unread
        return True

    def statements(self) -> bool:
        """ "The cube is behind the ball and a can is on the left"."""
        self.statement()
        while self.take(", and", "and", ",") is not None:
            self.statement()
        return True

    def statement(self) -> None:
        if self.attempt(self.copula):
            return
        if self.take("there is", "there are") is None:
            raise Unread
        self.item()

    def copula(self) -> bool:
        phrase = self.noun_phrase()
        ids = self.meant(phrase)
        if self.take(*VERBS) is None:
            return False
        place = self.whereabouts()
        if place is not None:
            self.state(phrase, ids, place, "place")
            return True
        values = self.predicate()
        if not phrase.definite:
            raise Unread
        kept = _matching(self.scene, values, ids or ())
        self.facts.append(("attribute", bool(ids) and kept == ids))
        self.mentions.append(({**dict(phrase.values), **values}, 1, tuple(kept)))
        return True

    def fronted(self) -> bool:
        """ "On the left there is a red cube", "behind the ball, a cube and a can"."""
        place = self.whereabouts()
        if place is None:
            return False
        self.take(",")
        self.take("there is", "there are", "stands", "is", "are", "we see", "you can see")
        while True:
            phrase = self.noun_phrase()
            self.state(phrase, self.meant(phrase), place, "place")
            if self.take(", and", "and", ",") is None:
                return True

    def intro(self) -> None:
        self.take(
            *(
                "there is also",
                "there are also",
                "there is",
                "there are",
                "the picture shows",
                "the scene has",
                "we see",
            ),
            *("the image shows", "the scene shows", "this picture shows", "you can see"),
            *("i see", "the picture has", "the scene contains", "the picture contains"),
        )

    def table(self) -> None:
        self.take(
            *("on a table", "on a gray table", "on the table", "on a grey table", "in the picture"),
            *("in the scene", "in the image", "on the gray table", "on a surface"),
        )

    # --- noun phrases

    def items(self) -> list[Phrase]:
        phrases = [self.item()]
        while self.attempt(
            lambda: self.take(", and", "and", ",") is not None and self.more(phrases)
        ):
            pass
        return phrases

    def more(self, phrases: list[Phrase]) -> bool:
        phrases.append(self.item())
        return True

    def item(self) -> Phrase:
        """A noun phrase, with a place or relation of its own or without."""
        phrase = self.noun_phrase()
        ids = self.meant(phrase)
        place: list[int] | None = None

        def read() -> bool:
            nonlocal place
            place = self.whereabouts()
            return place is not None

        if self.attempt(read):
            self.state(phrase, ids, place, "place")
        else:
            self.state(phrase, ids, None, "count" if phrase.exact else "exist")
        return phrase

    # --- meaning

    def meant(self, phrase: Phrase) -> list[int] | None:
        """Objects a definite phrase means; None where it means none, or the wrong number.

        For an indefinite phrase, all that it may mean.
        """
        found = _matching(self.scene, dict(phrase.values), range(len(self.scene.objects)))
        if phrase.extreme:
            return [self.extreme(found, phrase.extreme)] if found else None
        if phrase.definite and (len(found) != (phrase.number or len(found)) or not found):
            return None
        return found

    def extreme(self, ids: Sequence[int], direction: str) -> int:
        return max(ids, key=lambda i: along(self.scene, i, direction))

    def state(
        self, phrase: Phrase, ids: list[int] | None, place: list[int] | None, kind: str
    ) -> None:
        """A fact: so many such objects, or these, are there (within `place`)."""
        known: tuple[int, ...] | None = None
        if ids is None:
            true = False
        elif phrase.definite:
            true = place is None or all(i in place for i in ids)
            known = tuple(ids)
        else:
            within = [i for i in ids if place is None or i in place]
            true = len(within) == phrase.number if phrase.exact else len(within) >= 1
            if len(within) <= max(1, phrase.number) and within:
                known = tuple(within)
        self.facts.append((kind, true))
        self.mentions.append((dict(phrase.values), max(1, phrase.number), known))

    def fact(self, kind: str, true: bool) -> None:
        self.facts.append((kind, true))

    def whereabouts(self) -> list[int] | None:
        """Objects at a place of the picture or in a relation; None where no place is named."""
        related: list[int] = []
        if self.attempt(lambda: self.related(related)):
            return related
        start = self.at
        row = column = None
        while not self.done():
            word = self.tokens[self.at]
            if word in ROWS:
                row = ROWS[word]
            elif word in COLUMNS:
                column = COLUMNS[word]
            elif word not in PLACE_GLUE:
                break
            self.at += 1
        if row is None and column is None:
            self.at = start
            return None
        if row == column == 1 or (row is None and column == 1):
            row, column = 1, 1
        return [i for i in range(len(self.scene.objects)) if self.lies(i, row, column)]

    def related(self, found: list[int]) -> bool:
        word = self.take(*RELATIONS)
        if word is None:
            return False
        phrase = self.noun_phrase()
        ids = self.meant(phrase)
        # An anchor that is not there leaves nothing at the place: the fact is untrue.
        if phrase.definite and ids is not None and len(ids) == 1:
            found.extend(self.scene.relationships[RELATIONS[word]][ids[0]])
            self.mentions.append((dict(phrase.values), 1, tuple(ids)))
        return phrase.definite

    def lies(self, index: int, row: int | None, column: int | None) -> bool:
        x, y, _ = self.scene.objects[index].pixel
        sides = ((column, x / self.scene.width), (row, y / self.scene.height))
        return all(
            cell is None or cell / 3 - _TOLERANCE <= share <= (cell + 1) / 3 + _TOLERANCE
            for cell, share in sides
        )

    def in_order(self, phrases: Sequence[Phrase], first: str, last: str) -> bool:
        """Whether objects fitting the phrases, each its own, stand in this order."""
        names = {"front": "front", "back": "behind", "left": "left", "right": "right"}
        towards = names[last]
        ids = sorted(range(len(self.scene.objects)), key=lambda i: along(self.scene, i, towards))
        del first
        wanted = [dict(p.values) for p in phrases for _ in range(max(1, p.number))]
        at = 0
        for values in wanted:
            while at < len(ids) and not _matching(self.scene, values, [ids[at]]):
                at += 1
            if at == len(ids):
                return False
            at += 1
        return True
