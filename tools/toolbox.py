"""The toolbox: which model serves which tool, loaded when first asked for, once.

    Toolbox("embedded", overrides={"ground": "runs/cells"}).tool("ground")

A profile (`profiles/*.yaml`) names one model per line; an override swaps one for a folder of
weights: of a fine-tuning run, or of a published checkpoint. `others` names models for what those
of `tools` do not know, and `memory` how much of the large ones is kept at a time.
"""

import json
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .results import ModelRef, ToolError
from .startup import loading

PROFILES = Path(__file__).parent / "profiles"
SECTIONS = ("tools", "others", "checks", "senses", "parts")
PARSE_AND_EXECUTE = "parse_and_execute"
SECOND_LOOK = "second_look"
_SCENE_PARSER = "scene_parser"
WATCH_AND_EXECUTE = "watch_and_execute"

# The model a folder of weights is taken for when its config does not say.
_DEFAULT_MODEL = {
    "caption": "captioner",
    "vqa": "vqa",
    "ground": "grounder",
    "document_qa": "document_reader",
    "edit": "editor",
    "scene_graph": "scene_graph",
    "domain": "domain",
    "embed": "dual_encoder",
    "clips": "clip_encoder",
    "scene": "scene_parser",
    "program": "program_parser",
    "clip": "track_reader",
    "clip_program": "video_parser",
    "instruction": "edit_parser",
}


# The `model_type` of published checkpoints whose registry's name is another, tool by tool.
_PUBLISHED = {
    ("caption", "blip"): "blip",
    ("vqa", "blip"): "blip_vqa",
    ("ground", "grounding-dino"): "grounding_dino",
}
# Tools that any other vision-language model of transformers may serve.
_TALKED_TO = ("caption", "vqa", "video_qa")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a profile: a model of the registry and its weights (None: shipped).

    Attributes:
        path: folder of weights.
        hub: id of a checkpoint that `hf download` has put on this machine, instead of `path`.
        size: what fetching it costs ("1.0 GB"), to be told to people.
    """

    model: str
    path: Path | None = None
    hub: str = ""
    size: str = ""

    @property
    def identity(self) -> str:
        """What lines of one and the same model have in common."""
        return f"{self.model}@{self.hub or self.path or ''}"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Which models to use, and what they know.

    Attributes:
        lines: (section, role) -> line; sections are tools, others, checks, senses and parts.
        knows: kinds of pictures (the domain model's names) that the models answer for.
        about: one clause saying so to a person.
        planner_url: an OpenAI-compatible server, or "" for the in-process planner.
        memory: bytes that the weights of `path` and `hub` lines may take at a time; 0 for any.
    """

    name: str
    lines: Mapping[tuple[str, str], Line]
    knows: tuple[str, ...] = ("tabletop", "document")
    about: str = ""
    planner_url: str = ""
    memory: int = 0
    overridden: frozenset[str] = field(default_factory=frozenset)


def profiles() -> list[str]:
    """Names of the profiles there are."""
    return sorted(path.stem for path in PROFILES.glob("*.yaml"))


def read_profile(name: str, overrides: Mapping[str, str | Path] | None = None) -> Profile:
    """The profile called `name`, or read from a YAML file of that path, with tools swapped.

    Raises:
        ToolError: no such profile, no such tool, or an override that is no folder of weights.
    """
    entry = _read_yaml(name)
    lines = {
        (section, role): _line(value)
        for section in SECTIONS
        for role, value in entry.get(section, {}).items()
    }
    for role, path in (overrides or {}).items():
        if ("tools", role) not in lines:
            served = sorted(known for section, known in lines if section == "tools")
            raise ToolError(f"There is no tool {role!r} to swap; there are {', '.join(served)}.")
        lines["tools", role] = _folder_line(role, Path(path))
        # The other route does not know what these weights were taught.
        lines.pop(("checks", role), None)
    return Profile(
        name=str(entry.get("name", name)),
        lines=lines,
        knows=tuple(entry.get("knows", ())),
        about=str(entry.get("about", "")),
        planner_url=str(entry.get("planner_url", "")),
        memory=_bytes(str(entry.get("memory", ""))),
        overridden=frozenset(overrides or {}),
    )


class Toolbox:
    """Loads and keeps the models of a profile; safe to use from several threads.

    Args:
        profile: a profile's name, a path of one, or a `Profile`.
        overrides: tool -> folder of weights to use instead.
        models: ready models by key (`tools.vqa`, `checks.vqa`, `senses.domain`), used as they
            are: for tests and for programs that bring their own.
    """

    def __init__(
        self,
        profile: str | Profile = "embedded",
        overrides: Mapping[str, str | Path] | None = None,
        models: Mapping[str, Any] | None = None,
    ) -> None:
        read = read_profile(profile, overrides) if isinstance(profile, str) else profile
        self.profile = read
        self._ready: dict[str, Any] = dict(models or {})
        # Identity -> bytes of the large models that are loaded, the one asked for last at the end.
        self._large: OrderedDict[str, int] = OrderedDict()

    def tool(self, role: str, domain: str = "") -> Any:
        """The model that serves tool `role`; see `models.tasks` for what it offers.

        `domain` is what is to be looked at: `others` may have a model for what `tools` does not
        know.
        """
        return self._get(self.serving(role, domain) or "tools", role)

    def serving(self, role: str, domain: str) -> str:
        """The section whose model answers for pictures of kind `domain`: `tools`, `others`, or ""
        where none does. "" for `domain` (not told) counts as known.
        """
        known = not domain or role in self.profile.overridden or domain in self.profile.knows
        if known:
            return "tools"
        return "others" if self.has("others", role) else ""

    def check(self, role: str, domain: str = "") -> Any | None:
        """The model of the other route, or None where the profile has none for such a picture:
        the other routes know what the models of `tools` know.
        """
        has = self.has("checks", role) and self.serving(role, domain) != "others"
        return self._get("checks", role) if has else None

    def sense(self, role: str) -> Any | None:
        """A model behind the tools (`domain`, `embed`), or None."""
        return self._get("senses", role) if self.has("senses", role) else None

    def part(self, role: str) -> Any:
        """A building block (`scene`, `program`)."""
        return self._get("parts", role)

    def has(self, section: str, role: str) -> bool:
        """Whether a model stands on that line (it may not have been loaded yet)."""
        return f"{section}.{role}" in self._ready or (section, role) in self.profile.lines

    def knows(self, role: str, domain: str) -> bool:
        """Whether tool `role` answers for pictures of kind `domain`; "" (not told) counts."""
        return bool(self.serving(role, domain))

    def ref(self, role: str, section: str = "tools") -> ModelRef:
        """Name and weights hash of the model on that line."""
        key = f"{section}.{role}"
        line = self.profile.lines.get((section, role))
        model = self._ready.get(key)
        name = str(getattr(model, "name", "")) or (line.model if line else type(model).__name__)
        return ModelRef(name=name, weights=str(getattr(model, "weights", "")))

    def _get(self, section: str, role: str) -> Any:
        key = f"{section}.{role}"
        line = self.profile.lines.get((section, role))
        if (ready := self._ready.get(key)) is not None:
            if line is not None and (identity := line.identity) in self._large:
                self._large.move_to_end(identity)
            return ready
        if line is None:
            raise ToolError(
                f"The profile {self.profile.name} names no model for {role}; "
                "choose another profile."
            )
        # Models are shared between lines: vqa and ground both rest on one scene parser.
        identity = line.identity
        with loading():
            if identity not in self._ready:
                self._make_room(line, identity)
                self._ready[identity] = self._load(line)
            self._ready[key] = self._ready[identity]
        return self._ready[key]

    def _make_room(self, line: Line, identity: str) -> None:
        """Let go of large models, those asked for longest ago first, until `line` fits."""
        folder = _folder(line)
        if not self.profile.memory or folder is None:
            return
        needed = sum(file.stat().st_size for file in folder.glob("*.safetensors"))
        if needed > self.profile.memory:
            raise ToolError(
                f"{line.hub or folder} needs {needed / 1e9:.1f} GB of memory, and the profile "
                f"{self.profile.name} allows {self.profile.memory / 1e9:.1f} GB; raise its "
                "`memory`, or name a smaller model."
            )
        while self._large and sum(self._large.values()) + needed > self.profile.memory:
            gone, _ = self._large.popitem(last=False)
            model = self._ready.pop(gone)
            self._ready = {key: kept for key, kept in self._ready.items() if kept is not model}
        self._large[identity] = needed

    def _load(self, line: Line) -> Any:
        # Here and not above: torch is not imported before a model is wanted.
        if line.model in (PARSE_AND_EXECUTE, SECOND_LOOK):
            from .mirrored import MirroredSceneParser
            from .routes import ParseAndExecute
            from .spelling import SpellingParser

            eyes = self.part("scene")
            mirrored = line.model == SECOND_LOOK
            words = SpellingParser(self.part("program"))
            return ParseAndExecute(words, MirroredSceneParser(eyes) if mirrored else eyes)
        if line.model == WATCH_AND_EXECUTE:
            from .watching import WatchAndExecute

            return WatchAndExecute(self.part("clip_program"), self.part("clip"))
        from ..models import spec
        from .cropping import PartsParser

        try:
            model = spec(line.model).load(_folder(line))
            return PartsParser(model) if line.model == _SCENE_PARSER else model
        except FileNotFoundError as error:
            where = f"not in {line.path}" if line.path else "not installed"
            raise ToolError(
                f"The weights of {line.model} are {where}; `sightline doctor` says more."
            ) from error


def _read_yaml(name: str) -> dict[str, Any]:
    path = Path(name) if name.endswith((".yaml", ".yml")) else PROFILES / f"{name}.yaml"
    if not path.is_file():
        raise ToolError(f"There is no profile {name!r}; there are {', '.join(profiles())}.")
    entry: dict[str, Any] = yaml.safe_load(path.read_text()) or {}
    base = _read_yaml(entry["extends"]) if "extends" in entry else {}
    sections = {key: {**base.get(key, {}), **entry.get(key, {})} for key in SECTIONS}
    return {**base, **entry, **sections}


def _line(value: str | Mapping[str, str]) -> Line:
    if isinstance(value, str):
        return Line(model=value)
    path = value.get("path")
    return Line(
        model=value["model"],
        path=Path(path).expanduser() if path else None,
        hub=str(value.get("hub", "")),
        size=str(value.get("size", "")),
    )


def _folder(line: Line) -> Path | None:
    """Where the line's weights lie on this machine; None for shipped ones.

    Raises:
        ToolError: a checkpoint of the hub that has not been fetched.
    """
    if not line.hub:
        return line.path
    # Here and not above: it brings an HTTP client, which nothing else needs.
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        return Path(snapshot_download(line.hub, local_files_only=True))
    except LocalEntryNotFoundError as error:
        cost = f" ({line.size})" if line.size else ""
        raise ToolError(
            f"{line.hub} is not on this machine; `hf download {line.hub}` fetches it{cost}."
        ) from error


def _folder_line(role: str, folder: Path) -> Line:
    folder = folder.expanduser()
    if not (folder / "config.json").is_file():
        raise ToolError(f"{folder} is no folder of weights (no config.json), so {role} stays off.")
    config = json.loads((folder / "config.json").read_text())
    named = str(config.get("model_type", ""))
    own = named.removeprefix("sightline_")
    if own in _DEFAULT_MODEL.values():
        return Line(model=own, path=folder)
    if (role, named) in _PUBLISHED:
        return Line(model=_PUBLISHED[role, named], path=folder)
    talks = role in _TALKED_TO and own == named and bool(named)
    return Line(model="vlm" if talks else _DEFAULT_MODEL[role], path=folder)


def _bytes(text: str) -> int:
    """ "12GB" in bytes; 0 for ""."""
    if not text.strip():
        return 0
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(MB|GB)", text.strip(), re.IGNORECASE)
    if found is None:
        raise ToolError(f"A profile's `memory` is like 12GB or 800MB, not {text!r}.")
    return int(float(found[1]) * (10**9 if found[2].upper() == "GB" else 10**6))
