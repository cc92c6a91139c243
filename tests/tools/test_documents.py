"""PDFs are rendered in a child process; bad ones give one sentence."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from sightline.tools.artifacts import ArtifactStore
from sightline.tools.limits import Limits
from sightline.tools.pictures import InputError


def pdf_of(pages: int, path: Path) -> Path:
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(300, 400)
    document.save(path)
    return path


def test_pages_are_rendered(tmp_path: Path) -> None:
    store = ArtifactStore(tmp_path / "store", "me")
    artifact = store.add(pdf_of(3, tmp_path / "a.pdf"))
    assert (artifact.kind, artifact.pages, artifact.domain) == ("document", 3, "document")
    pages = store.pages(artifact.id)
    assert len(pages) == 3 and all(max(page.size) == 1600 for page in pages)
    with pytest.raises(InputError, match="not page 4"):
        store.image(artifact.id, 4)


def test_a_long_document_is_read_in_part_and_says_so(tmp_path: Path) -> None:
    store = ArtifactStore(tmp_path / "store", "me", Limits(page_side=100))
    artifact = store.add(pdf_of(100, tmp_path / "long.pdf"))
    assert artifact.pages == 50
    assert artifact.notices == ("long.pdf has 100 pages; I read the first 50.",)


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"%PDF-1.7\ngarbage", "damaged"), (b"%PDF-1.4\n" + b"\x00" * 5000, "damaged")],
)
def test_broken(data: bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=says):
        ArtifactStore(tmp_path, "me").add(("b.pdf", data))


def test_protected(tmp_path: Path) -> None:
    # An encryption dictionary whose keys fit no password that we know (there is none to give).
    body = (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>endobj\n"
        b"trailer<</Root 1 0 R/Size 4/Encrypt 3 0 R/ID[<%s><%s>]>>\n%%%%EOF"
    ) % (b"41" * 32, b"42" * 32, b"43" * 16, b"43" * 16)
    with pytest.raises(InputError, match="password"):
        ArtifactStore(tmp_path, "me").add(("secret.pdf", body))


def test_rendering_stops_in_time(tmp_path: Path) -> None:
    store = ArtifactStore(tmp_path / "store", "me", Limits(render_seconds=0.01))
    with pytest.raises(InputError, match="too long"):
        store.add(pdf_of(2, tmp_path / "slow.pdf"))
