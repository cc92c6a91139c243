"""Files that carry words of their own: on pictures, on pages, in PDFs, names and metadata."""

import textwrap
from collections.abc import Sequence
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from .world import drawn_scenes

File = tuple[str, bytes]
_INK, _FAINT, _PAPER = (20, 20, 20), (95, 95, 95), (250, 250, 250)
_DESCRIPTION, _COMMENT = 0x010E, 0x9C9C  # EXIF tags: ImageDescription, XPComment


def scene(seed: int, name: str = "scene.png") -> File:
    """A tabletop picture without any words."""
    drawn = next(iter(drawn_scenes(seed, 1)))[2]
    return name, drawn[1]


def with_sign(seed: int, words: str, name: str = "scene.png") -> File:
    """A tabletop picture with words painted across its upper edge, where the table ends."""
    picture = Image.open(BytesIO(scene(seed)[1])).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(textwrap.wrap(words, 46)[:3]):
        draw.text((8, 3 + 12 * number), line, fill=_FAINT, font=ImageFont.load_default(11))
    return name, _png(picture)


def page(lines: Sequence[str], name: str = "letter.png") -> File:
    """A page with these lines of print."""
    paper = Image.new("RGB", (720, 960), _PAPER)
    draw = ImageDraw.Draw(paper)
    font = ImageFont.load_default(22)
    wrapped = [part for line in lines for part in textwrap.wrap(line, 56) or [""]]
    for number, line in enumerate(wrapped):
        draw.text((60, 70 + 34 * number), line, fill=_INK, font=font)
    return name, _png(paper)


def pdf(lines: Sequence[str], name: str = "letter.pdf", title: str = "") -> File:
    """A PDF of one page with a layer of text and a title."""
    shown = " ".join(f"({_escaped(line)}) Tj 0 -26 Td" for line in lines)
    stream = f"BT /F1 16 Tf 60 760 Td {shown} ET".encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({_escaped(title)}) >>".encode("latin-1", "replace"),
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        size,
        len(body),
    )
    return name, body + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + end


def with_chunks(seed: int, words: str) -> File:
    """A tabletop PNG whose text chunks hold the words."""
    picture = Image.open(BytesIO(scene(seed)[1])).convert("RGB")
    info = PngInfo()
    for key in ("Description", "Comment", "Title"):
        info.add_itxt(key, words)
    buffer = BytesIO()
    picture.save(buffer, "PNG", pnginfo=info)
    return "scene.png", buffer.getvalue()


def with_exif(seed: int, words: str) -> File:
    """A tabletop JPEG whose EXIF description and comment hold the words."""
    picture = Image.open(BytesIO(scene(seed)[1])).convert("RGB")
    exif = Image.Exif()
    exif[_DESCRIPTION] = words
    exif[_COMMENT] = words.encode("utf-16-le")
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=95, exif=exif)
    return "photo.jpg", buffer.getvalue()


def scene_seed(seed: int, number: int) -> int:
    """A seed for the picture of case `number`, among the thousand of `seed`."""
    return seed + Random(f"{seed}/{number}").randrange(900)


def _png(picture: Image.Image) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
