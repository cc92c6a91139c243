"""Tick boxes drawn here: found beside their words, empty or inked, and asked about."""

import pytest
from PIL import Image, ImageDraw, ImageFont
from sightline.models.document_reader.ocr import TextLine
from sightline.tools.reading.tick_answers import answer_ticks
from sightline.tools.reading.ticks import Tick, read_ticks


def form() -> tuple[Image.Image, list[TextLine]]:
    """Services: newsletter (crossed), parking (empty), locker (filled ring), insurance (ring)."""
    picture = Image.new("RGB", (500, 260), (250, 248, 244))
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=18)
    lines = [TextLine(text="Services:", box=(40, 20, 120, 44))]
    draw.text((40, 20), "Services:", fill="black", font=font)
    for k, label in enumerate(("newsletter", "parking", "locker", "insurance")):
        y = 60 + 45 * k
        draw.text((75, y), label, fill="black", font=font)
        right = 75 + draw.textlength(label, font)
        lines.append(TextLine(text=label, box=(75, y, right, y + 24)))
        box = (45, y + 3, 63, y + 21)
        if k < 2:
            draw.rectangle(box, outline="black")
        else:
            draw.ellipse(box, outline="black")
    draw.line((42, 60, 66, 84), fill=(20, 40, 130), width=2)
    draw.line((66, 60, 42, 84), fill=(20, 40, 130), width=2)
    draw.ellipse((50, 158, 58, 166), fill=(20, 40, 130))
    return picture, lines


def test_boxes_words_and_states() -> None:
    ticks = read_ticks(*form())
    assert [(t.label, t.group, t.ticked) for t in ticks] == [
        ("newsletter", "Services", True),
        ("parking", "Services", False),
        ("locker", "Services", True),
        ("insurance", "Services", False),
    ]
    assert ticks[1].box == pytest.approx((45, 108, 64, 127), abs=3)


def test_text_alone_has_no_boxes() -> None:
    picture = Image.new("RGB", (400, 120), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=20)
    draw.text((20, 30), "Order of Goods, OO and Oo books", fill="black", font=font)
    line = TextLine(text="Order of Goods, OO and Oo books", box=(20, 30, 330, 56))
    assert read_ticks(picture, [line]) == []


def tick(label: str, group: str, ticked: bool) -> Tick:
    return Tick(label=label, group=group, box=(0, 0, 1, 1), ticked=ticked, inked=0.0)


TICKS = [tick("male", "Gender", False), tick("female", "Gender", True),
         tick("email", "Contact by", True), tick("phone", "Contact by", False)]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("which boxes are ticked?", "female, email"),
        ("which boxes are not ticked?", "male, phone"),
        ("is 'male' ticked?", "no"),
        ("is female checked?", "yes"),
        ("is phone not ticked?", "yes"),
        ("how many boxes are ticked?", "2"),
        ("what is ticked under Contact by?", "email"),
    ],
)
def test_answers(question: str, answer: str) -> None:
    told = answer_ticks(TICKS, question)
    assert told is not None and told[0] == answer


def test_a_box_that_is_not_there_is_not_answered() -> None:
    assert answer_ticks(TICKS, "is the fax ticked?") is None
