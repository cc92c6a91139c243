"""Profiles: which models to use, read from YAML (`profiles/*.yaml`, or a file of one's own).

A profile names one model per line; an override swaps one for a folder of weights: of a fine-tuning
run, or of a published checkpoint. `others` names models for what those of `tools` do not know,
`memory` how much of the large ones is kept at a time, `limits` what people may send.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from .limits import Limits
from .results import ToolError

PROFILES = Path(__file__).parent / "profiles"
SECTIONS = ("tools", "others", "checks", "senses", "parts")

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
        limits: what people may send.
    """

    name: str
    lines: Mapping[tuple[str, str], Line]
    knows: tuple[str, ...] = ("tabletop", "document")
    about: str = ""
    planner_url: str = ""
    memory: int = 0
    limits: Limits = field(default_factory=Limits)
    overridden: frozenset[str] = field(default_factory=frozenset)


def profiles() -> list[str]:
    """Names of the profiles there are."""
    return sorted(path.stem for path in PROFILES.glob("*.yaml"))


def read_profile(name: str, overrides: Mapping[str, str | Path] | None = None) -> Profile:
    """The profile called `name`, or read from a YAML file of that path, with tools swapped.

    Raises:
        ToolError: no such profile, tool, limit or `memory`, or an override that is no folder of
            weights.
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
        limits=_limits(entry.get("limits", {})),
        overridden=frozenset(overrides or {}),
    )


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


def folder_of(line: Line) -> Path | None:
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


def _limits(given: Mapping[str, Any]) -> Limits:
    """`Limits` with the fields that a profile names."""
    known = {known.name: known.type for known in fields(Limits)}
    for name, value in given.items():
        if name not in known:
            raise ToolError(f"There is no limit {name!r}; there are {', '.join(known)}.")
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise ToolError(f"The limit {name} is a number above 0, not {value!r}.")
    numbers: dict[str, Any] = {
        name: int(v) if known[name] is int else float(v) for name, v in given.items()
    }
    return Limits(**numbers)
