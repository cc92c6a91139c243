"""The toolbox: which model serves which tool, loaded when first asked for, once.

    Toolbox("embedded", overrides={"ground": "runs/cells"}).tool("ground")

A profile (`profiles/*.yaml`) names one model per line; an override swaps one for a folder of
weights, for instance of a fine-tuning run.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .results import ModelRef, ToolError
from .startup import loading

PROFILES = Path(__file__).parent / "profiles"
PARSE_AND_EXECUTE = "parse_and_execute"
SECOND_LOOK = "second_look"
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


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a profile: the registry's name of a model, and its weights (None: shipped)."""

    model: str
    path: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Which models to use, and what they know.

    Attributes:
        lines: (section, role) -> line; sections are tools, checks, senses and parts.
        knows: kinds of pictures (the domain model's names) that the models answer for.
        about: one clause saying so to a person.
        planner_url: an OpenAI-compatible server, or "" for the in-process planner.
    """

    name: str
    lines: Mapping[tuple[str, str], Line]
    knows: tuple[str, ...] = ("tabletop", "document")
    about: str = ""
    planner_url: str = ""
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
        for section in ("tools", "checks", "senses", "parts")
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

    def tool(self, role: str) -> Any:
        """The model that serves tool `role`; see `models.tasks` for what it offers."""
        return self._get("tools", role)

    def check(self, role: str) -> Any | None:
        """The model of the other route, or None where the profile has none."""
        return self._get("checks", role) if self.has("checks", role) else None

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
        return not domain or role in self.profile.overridden or domain in self.profile.knows

    def ref(self, role: str, section: str = "tools") -> ModelRef:
        """Name and weights hash of the model on that line."""
        key = f"{section}.{role}"
        line = self.profile.lines.get((section, role))
        model = self._ready.get(key)
        name = str(getattr(model, "name", "")) or (line.model if line else type(model).__name__)
        return ModelRef(name=name, weights=str(getattr(model, "weights", "")))

    def _get(self, section: str, role: str) -> Any:
        key = f"{section}.{role}"
        if key in self._ready:
            return self._ready[key]
        line = self.profile.lines.get((section, role))
        if line is None:
            raise ToolError(
                f"The profile {self.profile.name} names no model for {role}; "
                "choose another profile."
            )
        # Models are shared between lines: vqa and ground both rest on one scene parser.
        identity = f"{line.model}@{line.path or ''}"
        with loading():
            if identity not in self._ready:
                self._ready[identity] = self._load(line)
            self._ready[key] = self._ready[identity]
        return self._ready[key]

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

        try:
            return spec(line.model).load(line.path)
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
    sections = {
        key: {**base.get(key, {}), **entry.get(key, {})}
        for key in ("tools", "checks", "senses", "parts")
    }
    return {**base, **entry, **sections}


def _line(value: str | Mapping[str, str]) -> Line:
    if isinstance(value, str):
        return Line(model=value)
    path = value.get("path")
    return Line(model=value["model"], path=Path(path).expanduser() if path else None)


def _folder_line(role: str, folder: Path) -> Line:
    folder = folder.expanduser()
    if not (folder / "config.json").is_file():
        raise ToolError(f"{folder} is no folder of weights (no config.json), so {role} stays off.")
    config = json.loads((folder / "config.json").read_text())
    named = str(config.get("model_type", "")).removeprefix("sightline_")
    return Line(model=named if named in _DEFAULT_MODEL.values() else _DEFAULT_MODEL[role],
                path=folder)  # fmt: skip
