"""Charts drawn here, with text where OCR would see it: numbers come out as they went in."""

import pytest
from PIL import Image, ImageDraw
from sightline.models.document_reader.ocr import OcrEngine, TextLine
from sightline.tools.reading.axes import find_axis, tick_value
from sightline.tools.reading.chart_answers import answer_chart, chart_rows
from sightline.tools.reading.charts import Chart, read_chart

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May")
VALUES = (12, 35, 20, 48, 27)
FOOT, TOP = 300, 100  # pixels of 0 and 50


def line(text: str, x: float, y: float) -> TextLine:
    half = 4 * len(text)
    return TextLine(text=text, box=(x - half, y - 8, x + half, y + 8))


def ticks() -> list[TextLine]:
    found = []
    for value in (0, 10, 20, 30, 40, 50):
        y = FOOT - value * (FOOT - TOP) / 50
        text = str(value)
        found.append(TextLine(text=text, box=(60 - 8 * len(text), y - 8, 60, y + 8)))
    return found


def place(order: int) -> int:
    return 110 + 80 * order


def names(texts: tuple[str, ...] = MONTHS) -> list[TextLine]:
    return [line(text, place(k), FOOT + 18) for k, text in enumerate(texts)]


def pixel(value: float) -> float:
    return FOOT - value * (FOOT - TOP) / 50


def blank() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (520, 350), "white")
    draw = ImageDraw.Draw(picture)
    draw.line((70, FOOT, 500, FOOT), fill=(40, 40, 40))
    draw.line((70, TOP, 70, FOOT), fill=(40, 40, 40))
    return picture, draw


def bar_chart() -> Chart:
    picture, draw = blank()
    for k, value in enumerate(VALUES):
        draw.rectangle((place(k) - 20, pixel(value), place(k) + 20, FOOT - 1), fill=(31, 119, 180))
    chart = read_chart(picture, [*ticks(), *names()], OcrEngine())
    assert chart is not None
    return chart


def test_bars_become_numbers() -> None:
    chart = bar_chart()
    assert (chart.kind, chart.categories, chart.series) == ("bar", MONTHS, ("",))
    assert list(chart.values[0]) == pytest.approx(VALUES, abs=0.6)
    box = chart.boxes[0][3]
    assert box is not None and box[1] == pytest.approx(pixel(48), abs=2)


def test_lines_become_numbers_and_grid_lines_do_not() -> None:
    picture, draw = blank()
    for value in (10, 20, 30, 40, 50):
        draw.line((70, pixel(value), 500, pixel(value)), fill=(215, 215, 215))
    second = tuple(50 - value for value in VALUES)
    for row, colour in ((VALUES, (200, 40, 40)), (second, (40, 90, 200))):
        points = [(place(k), pixel(value)) for k, value in enumerate(row)]
        draw.line(points, fill=colour, width=3)
    draw.line((200, 60, 225, 60), fill=(200, 40, 40), width=3)
    draw.line((330, 60, 355, 60), fill=(40, 90, 200), width=3)
    lines = [*ticks(), *names(), line("North", 252, 60), line("South", 382, 60)]
    chart = read_chart(picture, lines, OcrEngine())
    assert chart is not None
    assert (chart.kind, chart.series) == ("line", ("North", "South"))
    assert list(chart.values[0]) == pytest.approx(VALUES, abs=1.0)
    assert list(chart.values[1]) == pytest.approx(second, abs=1.0)


def test_bars_that_lie() -> None:
    picture = Image.new("RGB", (560, 300), "white")
    draw = ImageDraw.Draw(picture)
    lines = []
    for k, (name, value) in enumerate(zip(("Oslo", "Lima", "Rome"), (300, 120, 450), strict=True)):
        y = 60 + 60 * k
        draw.rectangle((100, y - 15, 100 + 0.8 * value, y + 15), fill=(200, 90, 30))
        lines.append(TextLine(text=name, box=(50, y - 8, 92, y + 8)))
    lines += [line(str(v), 100 + 0.8 * v, 250) for v in (0, 100, 200, 300, 400, 500)]
    chart = read_chart(picture, lines, OcrEngine())
    assert chart is not None and chart.categories == ("Oslo", "Lima", "Rome")
    assert list(chart.values[0]) == pytest.approx((300, 120, 450), abs=4)


def test_a_page_without_an_axis_is_no_chart() -> None:
    picture = Image.new("RGB", (400, 300), "white")
    lines = [line("Milk 2.40", 80, 40), line("Total", 60, 80), line("12.40", 300, 80)]
    assert read_chart(picture, lines, OcrEngine()) is None


def test_years_are_names_and_not_values() -> None:
    years = [line(str(2015 + k), place(k), FOOT + 18) for k in range(5)]
    axis = find_axis([*ticks(), *years])
    assert axis is not None and not axis.across
    assert axis.value(pixel(30)) == pytest.approx(30, abs=0.2)


def test_a_misread_tick_is_left_out() -> None:
    lines = ticks()
    lines[2] = TextLine(text="70", box=lines[2].box)
    axis = find_axis(lines)
    assert axis is not None and axis.value(pixel(20)) == pytest.approx(20, abs=0.2)


@pytest.mark.parametrize(
    ("text", "value"),
    [("$1,500", 1500), ("20%", 20), ("15k", 15000), ("$O", 0), ("-5", -5), ("5,000-", 5000)],
)
def test_ticks(text: str, value: float) -> None:
    told = tick_value(text)
    assert told is not None and told[0] == value


@pytest.mark.parametrize("text", ["Q1", "Jan", "2 x 3", ""])
def test_no_ticks(text: str) -> None:
    assert tick_value(text) is None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("which month is highest?", "Apr"),
        ("where is it lowest?", "Jan"),
        ("is March higher than May?", "no"),
        ("how many are above 25?", "3"),
        ("did it go up or down from Jan to May?", "up"),
        ("what kind of chart is this?", "bar chart"),
        ("how many bars are there?", "5"),
    ],
)
def test_questions(question: str, answer: str) -> None:
    told = answer_chart(bar_chart(), question)
    assert told is not None and told.answer == answer


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("what was February?", 35),
        ("how much more is Apr than Mar?", 28),
        ("what's the total?", sum(VALUES)),
        ("the average value?", sum(VALUES) / 5),
        ("what is the highest value?", 48),
    ],
)
def test_numbers(question: str, number: float) -> None:
    told = answer_chart(bar_chart(), question)
    assert told is not None and float(told.answer) == pytest.approx(number, abs=2.0)


def test_other_questions_are_left_to_the_reader() -> None:
    assert answer_chart(bar_chart(), "who signed it?") is None


def test_rows() -> None:
    rows = chart_rows(bar_chart())
    assert rows[0] == ["category", "value"] and [row[0] for row in rows[1:]] == list(MONTHS)
