"""Cases of two and three steps with known truth: requests, their files and what must come of them.

Scenes and documents are drawn from the seed; wordings come from `data/plans`. Development seeds
(below 9000) use development wordings and layouts of documents that training saw.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import cycle
from random import Random
from typing import Any

import numpy as np

from ...data.documents import TEST_LAYOUTS, TRAIN_LAYOUTS, sample_document
from ...data.plans import DEV, TEST
from ...data.world.naming import matching
from ...data.world.scene import Scene, derive_relationships
from ...data.world.vocabulary import COLORS, MATERIALS
from ...models.common.boxes import iou
from ...tools.values import comparable
from ..task import TEST_SEED
from .plan_truth import (
    Answers,
    Boxes,
    Case,
    Check,
    Cropped,
    Described,
    Edited,
    File,
    Found,
    Graphed,
    Turned,
)
from .world import drawn_scenes

ALBUM = 10
_TRIES = 60
Values = dict[str, str]
_UNIQUE = (
    ("color", "shape"), ("size", "shape"), ("material", "shape"), ("size", "color", "shape"),
    ("color", "material", "shape"), ("size", "color", "material", "shape"),
)  # fmt: skip
_LESS = ("fewer", "lower", "less", "cheaper", "older", "earlier")


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A scene and its picture."""

    scene: Scene
    file: File


def album_of(seed: int) -> list[Drawn]:
    """The pictures of the album of a seed."""
    return [Drawn(scene=s, file=f) for _, s, f, _ in drawn_scenes(seed, ALBUM)]


def cases(seed: int, limit: int) -> Iterator[Case]:
    """`limit` cases, the families in turn."""
    wordings = TEST if seed >= TEST_SEED else DEV
    pictures = (
        Drawn(scene=s, file=f) for i, s, f, _ in drawn_scenes(seed, 100 * limit) if i >= ALBUM
    )
    album = album_of(seed)
    for number, family in zip(range(limit), cycle(wordings)):
        rng = Random(f"{seed}/{number}")
        wording = wordings[family][number // len(wordings) % len(wordings[family])]
        for _ in range(_TRIES):
            made = _MAKERS[family](_Draw(rng, seed, number, pictures, album), wording)
            if made is not None:
                yield replace(made, family=family)
                break


class _Draw:
    """What a maker draws from."""

    def __init__(
        self, rng: Random, seed: int, number: int, pictures: Iterator[Drawn], album: list[Drawn]
    ) -> None:
        self.rng = rng
        self.seed = seed
        self.number = number
        self.album = album
        self._pictures = pictures

    def picture(self) -> Drawn:
        return next(self._pictures)

    def receipts(self, count: int) -> list[tuple[File, Values]]:
        """Receipts with a total and a date that are worth something, all different."""
        layouts = tuple(
            n for n in (TEST_LAYOUTS if self.seed >= TEST_SEED else TRAIN_LAYOUTS)
            if n.startswith("receipt")
        )  # fmt: skip
        found: list[tuple[File, Values]] = []
        while len(found) < count:
            rng = np.random.default_rng((self.seed, self.number, self.rng.randrange(2**31)))
            made = sample_document(rng, layouts=layouts, n_questions=1)
            fields = {field.key: field.value for field in made.fields}
            known = [{comparable(v[k]) for _, v in found} for k in ("total", "date")]
            worth = [comparable(fields.get(key, "")) for key in ("total", "date")]
            if made.image is None or None in worth:
                continue
            if any(value in seen for value, seen in zip(worth, known, strict=True)):
                continue
            buffer = BytesIO()
            made.image.save(buffer, "PNG", compress_level=1)
            name = f"receipt-{self.seed}-{self.number}-{len(found)}.png"
            found.append(((name, buffer.getvalue()), fields))
        return found


def thing(scene: Scene, rng: Random, apart: bool = False, but: int = -1) -> tuple[int, str] | None:
    """An object and words that mean it alone; `apart`: well away from all others."""
    order = [i for i in range(len(scene.objects)) if i != but]
    rng.shuffle(order)
    for i in order:
        if apart and not _apart(scene, i):
            continue
        for names in _UNIQUE:
            values = {name: scene.objects[i].value(name) for name in names}
            if matching(scene, values) == (i,):
                return i, " ".join(values[n] for n in ("size", "color", "material", "shape") if n in values)  # noqa: E501  # fmt: skip
    return None


def kind(scenes: Sequence[Scene], rng: Random) -> tuple[Values, str]:
    """A kind of things that stands in one of the scenes, in words."""
    item = rng.choice(rng.choice(scenes).objects)
    match rng.randrange(4):
        case 0 | 1:
            return {"shape": item.shape}, f"{item.shape}s"
        case 2:
            name = rng.choice(("color", "material"))
            return {
                name: item.value(name)
            }, f"{item.value(name)} {rng.choice(('things', 'objects'))}"
    return {"color": item.color, "shape": item.shape}, f"{item.color} {item.shape}s"


def _apart(scene: Scene, i: int) -> bool:
    x0, y0, x1, y1 = scene.objects[i].box
    w, h = 0.35 * (x1 - x0), 0.35 * (y1 - y0)
    wide = (x0 - w, y0 - h, x1 + w, y1 + h)
    return all(iou(wide, o.box) == 0 for k, o in enumerate(scene.objects) if k != i)


def _changed(scene: Scene, index: int, **values: str) -> Scene:
    objects = [replace(o, **values) if i == index else o for i, o in enumerate(scene.objects)]
    return replace(scene, objects=tuple(objects))


def _without(scene: Scene, index: int) -> Scene:
    objects = tuple(o for i, o in enumerate(scene.objects) if i != index)
    related = derive_relationships(objects, scene.directions)
    return replace(scene, objects=objects, relationships=related)


def _edited(before: Scene, after: Scene, *touched: int) -> Edited:
    return Edited(
        objects=tuple((o.name, o.box) for o in after.objects),
        touched=tuple(before.objects[i].box for i in touched),
    )


def _count(scene: Scene, values: Values) -> Answers:
    return Answers(value=str(len(matching(scene, values))))


def _other(rng: Random, values: Sequence[str], *but: str) -> str:
    return rng.choice([value for value in values if value not in but])


def _one(draw: _Draw, wording: str, family: str) -> Case | None:
    """Families about one picture."""
    shown, rng = draw.picture(), draw.rng
    scene = shown.scene
    found = thing(scene, rng, apart=family == "crop_describe")
    second = thing(scene, rng, but=found[0]) if found else None
    if found is None or second is None:
        return None
    (i, t), (j, u) = found, second
    values, n = kind([scene], rng)
    item = scene.objects[i]
    colour = _other(rng, COLORS, item.color)
    v = colour if family != "edit_ask" else _other(rng, MATERIALS, item.material)
    after = _changed(scene, i, color=colour)
    pointed = Boxes(file=shown.file[0], boxes=(item.box,))
    checks: dict[str, Callable[[], tuple[Check, ...]]] = {
        "ground_edit_caption": lambda: (
            pointed, _edited(scene, after, i), Described(scene=after),
        ),
        "edit_count": lambda: (_edited(scene, after, i), _count(after, {"color": colour})),
        "remove_count": lambda: (
            _edited(scene, _without(scene, i), i), _count(_without(scene, i), values),
        ),
        "edit_edit": lambda: (_edited(scene, _without(after, j), i, j),),
        "ground_crop": lambda: (pointed, Cropped(box=item.box)),
        "crop_describe": lambda: (
            Cropped(box=item.box), Described(scene=_only(scene, i)),
        ),
        "caption_count": lambda: (Described(scene=scene), _count(scene, values)),
        "count_point": lambda: (_count(scene, values), pointed),
        "attribute_point": lambda: (
            Answers(value=item.material),
            Boxes(file=shown.file[0], boxes=(scene.objects[j].box,)),
        ),
        "graph_count": lambda: (Graphed(objects=len(scene.objects)), _count(scene, values)),
        "blur_rotate": lambda: (Turned(mirrored=False, blurred=item.box),),
        "flip_count": lambda: (Turned(mirrored=True), _count(scene, values)),
        "edit_ask": lambda: (
            _edited(scene, _changed(scene, i, material=v), i), Answers(value=v),
        ),
    }  # fmt: skip
    if family == "edit_edit" and iou(item.box, scene.objects[j].box) > 0:
        return None
    text = wording.format(t=t, u=u, v=v, n=n)
    return Case(family=family, text=text, files=(shown.file,), checks=checks[family]())


def _only(scene: Scene, index: int) -> Scene:
    """One object in the middle of a picture of its own."""
    item = scene.objects[index]
    x0, y0, x1, y1 = item.box
    w, h = x1 - x0, y1 - y0
    alone = replace(item, box=(w, h, 2 * w, 2 * h), pixel=(1.5 * w, 1.5 * h, item.pixel[2]))
    related = derive_relationships((alone,), scene.directions)
    return replace(
        scene, objects=(alone,), relationships=related, width=round(3 * w), height=round(3 * h)
    )


def _two(draw: _Draw, wording: str, family: str) -> Case | None:
    """Families about two pictures."""
    first, second = draw.picture(), draw.picture()
    rng = draw.rng
    values, n = kind([first.scene, second.scene], rng)
    one, two = (len(matching(d.scene, values)) for d in (first, second))
    found = thing(first.scene, rng)
    if found is None or (family == "pictures_difference" and one <= two):
        return None
    if family in ("pictures_which", "pictures_describe_which") and one == two:
        return None
    which = Answers(value="first picture" if one > two else "second picture")
    described = second if "second" in wording else first
    box = Boxes(file=first.file[0], boxes=(first.scene.objects[found[0]].box,))
    checks: dict[str, tuple[Check, ...]] = {
        "pictures_which": (which,),
        "pictures_whether": (Answers(value=_holds(one, two, wording)),),
        "pictures_difference": (Answers(value=str(one - two)),),
        "pictures_describe_which": (Described(scene=described.scene), which),
        "pictures_each": (box, _count(second.scene, values)),
    }
    text = wording.format(t=found[1], n=n)
    return Case(
        family=family, text=text, files=(first.file, second.file), checks=checks[family]
    )  # fmt: skip


def _holds(one: Any, two: Any, wording: str) -> str:
    if "same" in wording:
        return "yes" if one == two else "no"
    less = any(word in wording.lower() for word in _LESS)
    return "yes" if (one < two if less else one > two) else "no"


def _pages(draw: _Draw, wording: str, family: str) -> Case | None:
    """Families about receipts."""
    pages = draw.receipts(1 if family == "document_two_facts" else 2)
    (first, fields), (second, others) = pages[0], pages[-1]
    if family == "document_two_facts":
        checks = (Answers(value=fields["total"]), Answers(value=fields["date"]))
        return Case(family=family, text=wording, files=(first,), checks=checks)
    key = "date" if family == "documents_older" else "total"
    one, two = (comparable(told[key]) for told in (fields, others))
    assert one is not None and two is not None  # `receipts` gives such alone
    if family == "documents_last":
        checks = (Answers(value=others["total"]), Answers(value=_holds(two, one, wording)))
        return Case(
            family=family, text=wording, files=(second,), checks=checks,
            earlier=("what is the total?", (first,)),
        )  # fmt: skip
    asked = wording.lower()
    if family == "documents_whether" or asked.startswith("is "):
        value = _holds(one, two, wording)
    else:
        more = not any(word in asked for word in _LESS)
        value = "first document" if (one > two) == more else "second document"  # type: ignore[operator]
    return Case(
        family=family, text=wording, files=(first, second), checks=(Answers(value=value),)
    )  # fmt: skip


def _album(draw: _Draw, wording: str, family: str) -> Case | None:
    """Families about the album."""
    rng = draw.rng
    wanted = draw.rng.choice(draw.album)
    values, q = kind([wanted.scene], rng)
    number = len(matching(wanted.scene, values))
    numbers = {2: "two", 3: "three", 4: "four", 5: "five"}
    if number == 1:
        found = thing(wanted.scene, rng)
        if found is None:
            return None
        q = f"a {found[1]}"
        values = {
            name: wanted.scene.objects[found[0]].value(name)
            for name in ("size", "color", "material", "shape")
            if wanted.scene.objects[found[0]].value(name) in found[1].split()
        }
    elif number not in numbers:
        return None
    else:
        q = f"{numbers[number]} {q}"
    held = [matching(d.scene, values) for d in draw.album]
    fit = [
        d for d, ids in zip(draw.album, held, strict=True)
        if (len(ids) == number if number > 1 else ids)
    ]  # fmt: skip
    if len(fit) > (2 if family == "retrieve_ground" else 1):
        return None
    counted, n = kind([wanted.scene], rng)
    checks: list[Check] = [Found(names=tuple(d.file[0] for d in fit))]
    if family == "retrieve_ground":
        checks += [
            Boxes(file=d.file[0], boxes=tuple(d.scene.objects[i].box for i in matching(d.scene, values)))  # noqa: E501
            for d in fit
        ]  # fmt: skip
    elif family == "retrieve_caption":
        checks.append(Described(scene=wanted.scene))
    else:
        checks.append(_count(wanted.scene, counted))
    return Case(
        family=family, text=wording.format(q=q, n=n), files=(), checks=tuple(checks), album=True
    )  # fmt: skip


def _maker(family: str) -> Callable[[_Draw, str], Case | None]:
    of = {"pictures": _two, "document": _pages, "documents": _pages, "retrieve": _album}
    make = of.get(family.split("_")[0], _one)
    return lambda draw, wording: make(draw, wording, family)


_MAKERS = {family: _maker(family) for family in TEST}
