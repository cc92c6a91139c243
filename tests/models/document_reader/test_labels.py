"""Truth found among lines that OCR misread; words cut where answers begin and end."""

from sightline.models.document_reader.features import split_words
from sightline.models.document_reader.labels import find_text, locate, span_text
from sightline.models.document_reader.ocr import TextLine


def page(*texts: str) -> tuple[list[TextLine], list]:
    lines = [
        TextLine(text=text, box=(0, 30.0 * row, 10.0 * len(text), 30.0 * row + 20))
        for row, text in enumerate(texts)
    ]
    return lines, [word for row, line in enumerate(lines) for word in split_words(line, row)]


def test_words_end_where_values_begin() -> None:
    _, words = page("Date:03/03/2018 18:05", "Total RM9.00", "1 139,40 kr", "BHD(789417-W)")
    texts = [word.text for word in words]
    assert texts[:3] == ["Date:", "03/03/2018", "18:05"]
    assert texts[3:6] == ["Total", "RM", "9.00"]
    assert texts[6] == "1 139,40"
    assert texts[-2:] == ["BHD", "(789417-W)"]


def test_misread_text_is_found() -> None:
    lines, words = page("BOOK TA _K SDN BND", "Tel 12", "12 HILL RCAD", "81100 JOHOR")
    span = locate(words, [0], "BOOK TA .K SDN BHD")
    assert span is not None and span_text(lines, words, span.words) == "BOOK TA _K SDN BND"
    address = find_text(lines, words, "12 HILL ROAD, 81100 JOHOR.")
    assert span_text(lines, words, address[0].words) == "12 HILL RCAD 81100 JOHOR"


def test_absent_text_is_not_found() -> None:
    lines, words = page("GREEN MARKET", "3.50")
    assert find_text(lines, words, "Blue Harbour Ltd") == []
    assert locate(words, [0, 1], "Blue Harbour Ltd") is None


def test_text_printed_twice_is_found_twice() -> None:
    lines, words = page("GREEN MARKET", "tea 3.50", "GREEN MARKET")
    assert len(find_text(lines, words, "Green Market")) == 2
