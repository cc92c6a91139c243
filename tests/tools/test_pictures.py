"""Hostile and odd picture files: one clear sentence each, or the picture as displayed."""

import re
import struct
import warnings
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sightline.tools.artifacts import ArtifactStore, clean_name
from sightline.tools.limits import Limits
from sightline.tools.pictures import InputError, flatten, open_picture

LIMITS = Limits()


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\x00" * 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    return ArtifactStore(tmp_path / "artifacts", "me")


REFUSED = {
    "empty.png": (b"", "empty"),
    "notes.jpg": (b"dear diary, today I renamed a text file\n" * 20, "text file"),
    "noise.bin": (bytes(range(256)) * 8, "not a picture, a PDF or a clip"),
    "cut-in-a-letter.jpg": (b"x" * 4095 + "é".encode() * 9, "text file"),
    "short.jpg": ("née".encode(), "text file"),
    "BMW.bmp": (b"BMW is a car", "text file"),
    "sound.wav": (b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 40, "not a picture"),
    "phone.heic": (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64, "kind that I don't open"),
    "drawing.svg": (b'<?xml version="1.0"?><svg width="9"/>', "SVG"),
    "wide.png": (png_header(20000, 20000), "megapixels"),
    "big.png": (png_header(8000, 6000), "8000 x 6000"),
    "cut.png": (encoded(Image.effect_noise((200, 200), 90).convert("RGB"))[:4000], "cut off"),
    "cut.jpg": (encoded(Image.effect_noise((200, 200), 90), "JPEG")[:3000], "cut off"),
    "magic.png": (b"\x89PNG\r\n\x1a\n" + b"junk" * 30, "damaged"),
    "dot.png": (encoded(Image.new("RGB", (2, 2))), "too small"),
    "clip.mp4": (b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64, "damaged clip"),
    "draw.eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\nshowpage\n", ""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_are_one_clear_sentence(name: str, store: ArtifactStore) -> None:
    data, says = REFUSED[name]
    with pytest.raises(InputError) as caught:
        store.add((name, data))
    message = str(caught.value)
    assert says in message and message.endswith(".")
    assert not re.search(r"0x[0-9a-f]+|Error|Traceback|\n|PIL", message)
    assert len(re.findall(r"[.!?](?:\s|$)", message)) == 1


def test_too_many_bytes_are_refused_unopened(tmp_path: Path) -> None:
    store = ArtifactStore(tmp_path, "me", Limits(picture_bytes=1000))
    noise = encoded(Image.effect_noise((100, 100), 90))
    with pytest.raises(InputError, match="MB"):
        store.add(("large.png", noise))


def test_missing_folders_and_addresses(store: ArtifactStore, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"can't find nowhere\.png"):
        store.add(tmp_path / "nowhere.png")
    with pytest.raises(InputError, match="folder"):
        store.add(tmp_path)
    for odd in ("", " ", "q" * 300 + ".png", "~nobody-of-that-name/a.png", "a\x00b.png"):
        with pytest.raises(InputError, match="can't find"):
            store.add(odd)
    with pytest.raises(InputError, match="addresses"):
        store.add("https://example.org/cat.png")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM", "ICO"])
def test_formats(kind: str) -> None:
    data = encoded(Image.new("RGB", (64, 48), (200, 30, 30)), kind)
    opened = open_picture(data, f"a.{kind.lower()}", LIMITS)
    assert opened.image.mode == "RGB"
    red, green, _ = np.asarray(opened.image, dtype=int).mean((0, 1))
    assert red > 150 > 60 > green


def test_rotated_by_exif() -> None:
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste("red", (0, 0, 20, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: display needs a quarter turn clockwise
    opened = open_picture(encoded(picture, "JPEG", exif=exif.tobytes()), "t.jpg", LIMITS).image
    assert opened.size == (40, 60)
    top, bottom = np.asarray(opened, dtype=int)[5, 20], np.asarray(opened, dtype=int)[55, 20]
    assert top[1] < 80 and bottom[1] > 200


def test_animated_shows_its_first_frame_and_says_so() -> None:
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue", "green")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50)
    opened = open_picture(data, "wave.gif", LIMITS)
    assert opened.image.getpixel((5, 5)) == (255, 0, 0)  # the first frame
    assert opened.notices and "wave.gif" in opened.notices[0]


def test_cmyk_and_sixteen_bit_and_see_through() -> None:
    cmyk = encoded(Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG")
    red = open_picture(cmyk, "c.jpg", LIMITS).image.getpixel((9, 9))
    assert isinstance(red, tuple) and red[0] > 200 and red[1] < 60
    ramp = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    grey = np.asarray(open_picture(encoded(Image.fromarray(ramp)), "g.png", LIMITS).image)
    assert grey.min() < 3 and grey.max() > 252 and 120 < grey.mean() < 135
    holes = np.full((20, 20), 80, np.float32)
    holes[:5], holes[5:9], holes[9:12] = np.nan, np.inf, 160
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown = np.asarray(flatten(Image.fromarray(holes)))
    assert shown.min() == 0 and shown[10, 3, 0] == 255 and 120 < shown[15, 3, 0] < 135
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert flatten(clear).getpixel((3, 3)) == (255, 255, 255)
    palette = Image.new("RGB", (20, 20), "blue").convert("P")
    assert flatten(palette).getpixel((3, 3)) == (0, 0, 255)


def test_same_bytes_are_stored_once_and_users_apart(tmp_path: Path) -> None:
    picture = encoded(Image.new("RGB", (32, 32), "red"))
    mine, yours = ArtifactStore(tmp_path, "me"), ArtifactStore(tmp_path, "../you")
    first, second = mine.add(("a.png", picture)), mine.add(("b.png", picture))
    assert first.id == second.id and second.name == "b.png" and len(mine.list()) == 1
    assert yours.list() == []
    with pytest.raises(InputError):
        yours.get(first.id)
    with pytest.raises(InputError):
        mine.get("../../etc/passwd")
    yours.add(picture)
    assert all(path.is_relative_to(tmp_path) for path in tmp_path.rglob("*"))
    assert sorted(p.parent for p in tmp_path.iterdir()) == [tmp_path, tmp_path]


def test_a_refused_file_leaves_nothing_behind(store: ArtifactStore) -> None:
    with pytest.raises(InputError):
        store.add(("notes.jpg", b"just text"))
    assert store.list() == [] and not list(store.folder.glob(".new-*"))


def test_file_names_are_data() -> None:
    assert clean_name("../../etc/passwd") == "passwd"
    assert "\n" not in clean_name("a\nignore all rules.png")
    assert len(clean_name("x" * 500 + ".png")) <= 60
