"""Artifacts: what people send, kept by content hash, each user's apart from the others'.

    store = ArtifactStore(home / "artifacts", user="me")
    artifact = store.add("photo.jpg")        # path, bytes, or PIL picture
    store.image(artifact.id)                 # RGB, as displayed

A user's folder is named by a hash of the user's name, so no name can lead outside the store.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

from PIL import Image

from .clips import decode_clip, is_clip
from .documents import is_pdf, render_pdf
from .limits import Limits
from .pictures import InputError, flatten, open_picture

Kind = Literal["picture", "document", "video", "file"]
Attachable = str | Path | bytes | Image.Image | tuple[str, bytes]
# Of a crop's `info`: what gives the picture that it was cut out of.
CUT_FROM: Final = "cut_from"
_CACHED_PIXELS = 40_000_000


@dataclass(frozen=True, kw_only=True)
class Artifact:
    """A stored file.

    Attributes:
        id: SHA-256 of its bytes, 64 hex digits.
        name: the file's name as sent, cleaned; data for people, never instructions.
        kind: how it came: `picture`, `document` (a PDF) or `video`; or `file`, made from one of
            these for other programs (CSV, JSON), whose picture is the page it was read from.
            Whether a picture shows a page is for the `domain` model to say (`domain`,
            `domain_confidence`, "" until asked).
        width, height: pixels of the picture or of the first page.
        pages: pages that can be looked at; 1 for a picture; of a clip, the frames that were kept,
            evenly from its first to its last.
        notices: what a person should know about how it was read.
        seconds, fps, frames: of a clip; `span` is the time from its first to its last frame.
        parent, operation: of an edited picture, the picture it was made from and how; else "".
        focus, touched: the box of what the edit was about last, where there is one, and of all
            that its order was about.
        whole: of a part, the picture that it was cut out of; "" of all others.
    """

    id: str
    name: str
    kind: Kind
    width: int
    height: int
    pages: int = 1
    notices: tuple[str, ...] = ()
    domain: str = ""
    domain_confidence: float = 0.0
    parent: str = ""
    operation: str = ""
    seconds: float = 0.0
    span: float = 0.0
    fps: float = 0.0
    frames: int = 0
    focus: tuple[float, float, float, float] | None = None
    touched: tuple[tuple[float, float, float, float], ...] = ()
    whole: str = ""


def clean_name(name: str) -> str:
    """A file name fit to be shown: no folders, no control characters, at most 60 characters."""
    base = re.split(r"[\\/]", str(name))[-1]
    base = re.sub(r"[^\w .()+-]", "_", base).strip() or "the file"
    return base if len(base) <= 60 else f"{base[:40]}...{base[-15:]}"


class ArtifactStore:
    """One user's files below `root`.

    Args:
        root: folder of all users' files.
        user: whose files these are.
        limits: what may be stored.
    """

    def __init__(self, root: Path, user: str, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.folder = root / hashlib.sha256(user.encode()).hexdigest()[:24]
        self._images: OrderedDict[tuple[str, int], Image.Image] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, source: Attachable) -> Artifact:
        """Store `source` and return what it is; the same bytes are stored once.

        Raises:
            InputError: one clear sentence on why it cannot be used.
        """
        name, data = self._read(source)
        digest = hashlib.sha256(data).hexdigest()
        known = self._describe(digest)
        if known is not None:
            return known if known.name == name else replace(known, name=name)
        document = is_pdf(data)
        clip = not document and is_clip(data)
        most, what = self.limits.picture_bytes, "pictures"
        if document or clip:
            most = self.limits.document_bytes if document else self.limits.clip_bytes
            what = "PDFs" if document else "clips"
        if len(data) > most:
            raise InputError(
                f"{name} is {len(data) / 1e6:.0f} MB; I take {what} of up to {most / 1e6:g} MB."
            )
        # Everything is prepared aside and moved in at the end: no half-written artifact is seen.
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".new-", dir=self.folder))
        try:
            (draft / "original").write_bytes(data)
            if document:
                artifact = self._add_pdf(draft, digest, name)
            elif clip:
                artifact = self._add_clip(draft, digest, name)
            else:
                opened = open_picture(data, name, self.limits)
                opened.image.save(draft / "0001.png", compress_level=1)
                width, height = opened.image.size
                artifact = Artifact(
                    id=digest, name=name, kind="picture", width=width, height=height,
                    notices=opened.notices,
                )  # fmt: skip
            self._write(draft, artifact)
            target = self._path(digest)
            target.parent.mkdir(exist_ok=True)
            if not target.exists():
                draft.rename(target)
        except OSError as error:
            if self._path(digest).exists():  # another thread stored the same bytes first
                return self.get(digest)
            raise error
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return artifact

    def derive(
        self,
        parent: Artifact,
        data: bytes,
        ending: str,
        operation: str,
        touched: Sequence[tuple[float, float, float, float]] = (),
        whole: str = "",
    ) -> Artifact:
        """Store what was made from `parent` by `operation`, encoded as `data`.

        A file of that ending lies beside it for other programs (`file_path`). Bytes that are
        stored already keep the history they have.
        """
        stem = parent.name.rsplit(".", 1)[0].removesuffix("-edited")
        name = f"{stem.replace(' ', '-')}-edited.{ending}"
        made = self.add((name, data))
        if made.parent or made.id == parent.id:
            return made
        made = replace(
            made,
            parent=parent.id,
            operation=operation,
            domain=parent.domain,
            domain_confidence=parent.domain_confidence,
            focus=touched[-1] if touched else None,
            touched=tuple(touched),
            whole=whole,
        )
        (self._path(made.id) / f"edited.{ending}").write_bytes(data)
        self._write(self._path(made.id), made)
        return made

    def keep_file(self, parent: Artifact, data: bytes, name: str, operation: str) -> Artifact:
        """Store a text file that was made from `parent` under `name`; `operation` says what it is.

        Its picture is the first page of `parent`.
        """
        digest = hashlib.sha256(f"{parent.id}/{name}/".encode() + data).hexdigest()
        if (known := self._describe(digest)) is not None:
            return known
        name = clean_name(name)
        made = Artifact(
            id=digest, name=name, kind="file", width=parent.width, height=parent.height,
            domain="document", domain_confidence=1.0, parent=parent.id, operation=operation,
        )  # fmt: skip
        draft = Path(tempfile.mkdtemp(prefix=".new-", dir=self.folder))
        try:
            (draft / f"file.{name.rsplit('.', 1)[-1]}").write_bytes(data)
            shutil.copyfile(self.image_path(parent.id), draft / "0001.png")
            self._write(draft, made)
            self._path(digest).parent.mkdir(exist_ok=True)
            if not self._path(digest).exists():
                draft.rename(self._path(digest))
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return made

    def file_path(self, artifact_id: str) -> Path:
        """A file that other programs can open: a made file's or picture's own, else the PNG."""
        self.get(artifact_id)
        folder = self._path(artifact_id)
        own = [*folder.glob("edited.*"), *folder.glob("file.*")]
        return own[0] if own else self.image_path(artifact_id)

    def get(self, artifact_id: str) -> Artifact:
        """What is stored under `artifact_id`.

        Raises:
            InputError: this user has no such artifact.
        """
        found = self._describe(artifact_id)
        if found is None:
            raise InputError("That file is no longer stored.")
        return found

    def image(self, artifact_id: str, page: int = 1) -> Image.Image:
        """The picture, or page `page` (from 1), as displayed: RGB, EXIF applied.

        The `info` of a crop holds, as `CUT_FROM`, what gives the picture that it was cut out of.
        """
        key = (artifact_id, page)
        with self._lock:
            if key in self._images:
                self._images.move_to_end(key)
                return self._images[key]
        path = self.image_path(artifact_id, page)
        with Image.open(path) as file:
            picture = file.convert("RGB")
        if whole := self.get(artifact_id).whole:
            picture.info[CUT_FROM] = partial(self.image, whole)
        with self._lock:
            self._images[key] = picture
            while sum(kept.width * kept.height for kept in self._images.values()) > _CACHED_PIXELS:
                self._images.popitem(last=False)
        return picture

    def image_path(self, artifact_id: str, page: int = 1) -> Path:
        """The PNG file of the picture or page as displayed.

        Raises:
            InputError: no such artifact, or it has no such page.
        """
        artifact = self.get(artifact_id)
        if not 1 <= page <= artifact.pages:
            raise InputError(f"{artifact.name} has {artifact.pages} page(s), not page {page}.")
        return self._path(artifact_id) / f"{page:04d}.png"

    def pages(self, artifact_id: str) -> list[Image.Image]:
        """All pages that were rendered, in order; one picture for a picture."""
        return [self.image(artifact_id, page + 1) for page in range(self.get(artifact_id).pages)]

    def pack(self, artifact_id: str) -> dict[str, bytes]:
        """Every file that is kept of an artifact, by name."""
        self.get(artifact_id)
        return {file.name: file.read_bytes() for file in self._path(artifact_id).iterdir()}

    def unpack(self, artifact_id: str, files: Mapping[str, bytes]) -> Artifact:
        """Store what `pack` gave, unless it is stored already.

        Raises:
            InputError: these are not the files of an artifact.
        """
        if (known := self._describe(artifact_id)) is not None:
            return known
        named = re.fullmatch(r"[0-9a-f]{64}", artifact_id)
        if not named or not all(re.fullmatch(r"\w+(\.\w+)?", name) for name in files):
            raise InputError("These are not the files of a stored picture or document.")
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".new-", dir=self.folder))
        for name, data in files.items():
            (draft / name).write_bytes(data)
        self._path(artifact_id).parent.mkdir(exist_ok=True)
        draft.rename(self._path(artifact_id))
        return self.get(artifact_id)

    def set_domain(self, artifact_id: str, domain: str, confidence: float) -> Artifact:
        """Keep what the domain model said of a picture."""
        artifact = replace(self.get(artifact_id), domain=domain, domain_confidence=confidence)
        self._write(self._path(artifact_id), artifact)
        return artifact

    def list(self) -> list[Artifact]:
        """Every artifact of this user."""
        found = [self._describe(path.parent.name) for path in self.folder.glob("*/*/about.json")]
        return [artifact for artifact in found if artifact is not None]

    def remove(self, artifact_id: str) -> bool:
        """Delete a file and everything made to show it; False when it is not stored."""
        with self._lock:
            for key in [key for key in self._images if key[0] == artifact_id]:
                del self._images[key]
        if self._describe(artifact_id) is None:
            return False
        shutil.rmtree(self._path(artifact_id))
        return True

    def clear(self) -> None:
        """Delete every file of this user."""
        with self._lock:
            self._images.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _add_pdf(self, draft: Path, digest: str, name: str) -> Artifact:
        rendered = render_pdf(draft / "original", draft, name, self.limits)
        with Image.open(draft / "0001.png") as first:
            width, height = first.size
        return Artifact(
            id=digest, name=name, kind="document", width=width, height=height,
            pages=rendered.rendered, notices=rendered.notices, domain="document",
            domain_confidence=1.0,
        )  # fmt: skip

    def _add_clip(self, draft: Path, digest: str, name: str) -> Artifact:
        told = decode_clip(draft / "original", draft, name, self.limits)
        return Artifact(
            id=digest, name=name, kind="video", width=told.width, height=told.height,
            pages=told.kept, seconds=told.seconds, span=told.span, fps=told.fps,
            frames=told.frames,
        )  # fmt: skip

    def _read(self, source: Attachable) -> tuple[str, bytes]:
        if isinstance(source, Image.Image):
            width, height = source.size
            if width * height > self.limits.pixels:
                raise InputError(
                    f"The picture is {width} x {height} pixels; I open pictures of up to "
                    f"{self.limits.pixels / 1e6:g} megapixels."
                )
            buffer = BytesIO()
            flatten(source).save(buffer, "PNG", compress_level=1)
            return "the picture", buffer.getvalue()
        if isinstance(source, tuple):
            name, data = clean_name(source[0]), source[1]
        elif isinstance(source, bytes | bytearray):
            name, data = "the file", bytes(source)
        else:
            name, data = self._read_path(str(source))
        if not data:
            raise InputError(f"{name} is empty (0 bytes).")
        return name, data

    def _read_path(self, source: str) -> tuple[str, bytes]:
        if re.match(r"(?i)[a-z][a-z0-9+.-]+://", source):
            raise InputError("I don't fetch files from addresses; please save it and attach it.")
        name = clean_name(source)
        try:
            path = Path(source).expanduser()
            folder, file = path.is_dir(), path.is_file()
        except (OSError, RuntimeError) as error:  # too long a name; the home of nobody here
            raise InputError(f"I can't find {name}.") from error
        if folder and source.strip():
            raise InputError(f"{name} is a folder; please attach a file.")
        if not file:
            raise InputError(f"I can't find {name}.")
        try:
            # The size is asked first: a huge file is refused without being read.
            if path.stat().st_size > self.limits.clip_bytes:
                most = self.limits.clip_bytes / 1e6
                raise InputError(
                    f"{name} is {path.stat().st_size / 1e6:.0f} MB; I take up to {most:.0f} MB."
                )
            return name, path.read_bytes()
        except OSError as error:
            raise InputError(f"I'm not allowed to read {name}.") from error

    def _path(self, artifact_id: str) -> Path:
        return self.folder / artifact_id[:2] / artifact_id

    def _describe(self, artifact_id: str) -> Artifact | None:
        if not re.fullmatch(r"[0-9a-f]{64}", artifact_id):
            return None
        try:
            about: dict[str, Any] = json.loads((self._path(artifact_id) / "about.json").read_text())
        except (OSError, ValueError):
            return None
        focus = tuple(about["focus"]) if about.get("focus") else None
        touched = tuple(tuple(box) for box in about.get("touched", ()))
        notices = tuple(about["notices"])
        return Artifact(**{**about, "notices": notices, "focus": focus, "touched": touched})

    @staticmethod
    def _write(folder: Path, artifact: Artifact) -> None:
        # Written aside and renamed: a reader sees the old description or the new one.
        draft = folder / f"about.{os.getpid()}.{threading.get_ident()}"
        draft.write_text(json.dumps(asdict(artifact)))
        draft.replace(folder / "about.json")


def newest(artifacts: Sequence[Artifact]) -> Artifact | None:
    """The last of `artifacts`: what a turn means when it names none."""
    return artifacts[-1] if artifacts else None
