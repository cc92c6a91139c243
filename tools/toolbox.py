"""The toolbox: which model serves which tool, loaded when first asked for, once.

    Toolbox("embedded", overrides={"ground": "runs/cells"}).tool("ground")

Which model that is stands in a profile (see `profile`).
"""

from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .profile import Line, Profile, folder_of, read_profile
from .results import ModelRef, ToolError
from .startup import loading

PARSE_AND_EXECUTE = "parse_and_execute"
SECOND_LOOK = "second_look"
_SCENE_PARSER = "scene_parser"
WATCH_AND_EXECUTE = "watch_and_execute"


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
        folder = folder_of(line)
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
            model = spec(line.model).load(folder_of(line))
            return PartsParser(model) if line.model == _SCENE_PARSER else model
        except FileNotFoundError as error:
            where = f"not in {line.path}" if line.path else "not installed"
            raise ToolError(
                f"The weights of {line.model} are {where}; `sightline doctor` says more."
            ) from error
