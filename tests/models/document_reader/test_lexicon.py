"""Known shops mend what OCR misread, and nothing else."""

from pathlib import Path

from sightline.models.document_reader.lexicon import ShopLexicon

KNOWN = [
    {"company": "BOOK TA .K (TAMAN DAYA) SDN BHD"},
    {"company": "BOOK TA .K (TAMAN DAYA) SDN BHD"},
    {"company": "BOOK TA.K (TAMAN DAYA) SDN BHD"},
    {"company": "GREEN MARKET"},
]


def lexicon() -> ShopLexicon:
    return ShopLexicon({}).extended(KNOWN, ("company",))


def test_mends_a_misread_name() -> None:
    read = "BOOK TA _K (TAMAN DAYA) SDN BND"
    assert lexicon().mend("company", read, 0.86) == "BOOK TA .K (TAMAN DAYA) SDN BHD"


def test_leaves_another_shop_alone() -> None:
    assert lexicon().mend("company", "GREEN GROCER", 0.86) == "GREEN GROCER"
    assert lexicon().mend("address", "GREEN MARKET", 0.86) == "GREEN MARKET"


def test_saved_and_loaded(tmp_path: Path) -> None:
    lexicon().save(tmp_path)
    assert ShopLexicon.load(tmp_path).texts == lexicon().texts
    assert ShopLexicon.load(tmp_path / "none").texts == {}
