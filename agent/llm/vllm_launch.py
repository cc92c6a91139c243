"""How vLLM is started as a planner's server: where it is installed, its command line, its settings.

vLLM lives in a virtual environment of its own (`make vllm` makes it) and is never imported here: it
needs other versions of what the project needs too.
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...models.spec import weights_folder
from .served import OWN

_ROOT = Path(__file__).parents[2]
_CONTEXT = {True: 16384, False: 8192}  # pieces a hub model reads, on a GPU or not
_OWN_CONTEXT = 2048


@dataclass(frozen=True, kw_only=True)
class Launch:
    """What is to be served, and how.

    Attributes:
        model: a hub id or a folder; "" is the planner of ours.
        parser: vLLM's tool-call parser for that model's format.
        threads: processor threads (without a GPU); 0 is one for the planner of ours, which is too
            small for more, and every core for other models.
        gpu: serve on the GPU.
    """

    model: str = ""
    parser: str = "hermes"
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 0
    gpu: bool = False

    @property
    def name(self) -> str:
        """The name that the model is served under."""
        return self.model or OWN

    @property
    def url(self) -> str:
        """The server's base address, ending in /v1."""
        return f"http://{self.host}:{self.port}/v1"

    def command(self, python: Path) -> list[str]:
        """The server's command line.

        Args:
            python: the interpreter of vLLM's own environment.
        """
        own = not self.model
        options = {
            "model": str(weights_folder("planner")) if own else self.model,
            "served-model-name": self.name,
            "host": self.host,
            "port": str(self.port),
            "tool-call-parser": self.parser,
            "max-model-len": str(_OWN_CONTEXT if own else _CONTEXT[self.gpu]),
            # Half of the last bit decides no call: ours is small enough to be exact.
            "dtype": "auto" if self.gpu else "float32" if own else "bfloat16",
        }
        flags = ["enable-auto-tool-choice", "enable-prefix-caching", "enable-prompt-tokens-details"]
        if not self.gpu:
            flags.append("enforce-eager")
            options["block-size"] = "32"  # the least: only whole blocks of a prompt are cached
        return [
            str(python), "-m", "vllm.entrypoints.openai.api_server",
            *(word for name, value in options.items() for word in (f"--{name}", value)),
            *(f"--{flag}" for flag in flags),
        ]  # fmt: skip

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """The server's environment variables, on top of `base`."""
        settings = {
            # xgrammar 0.2.8 takes the masks of one grammar for those of another that differs in its
            # token ids alone; without its cache it does not.
            "VLLM_XGRAMMAR_CACHE_MB": "0",
            "VLLM_NO_USAGE_STATS": "1",
            "DO_NOT_TRACK": "1",
        }
        if not self.model or Path(self.model).is_dir():
            settings["HF_HUB_OFFLINE"] = "1"
        if not self.gpu:
            settings |= {
                "OMP_NUM_THREADS": str(self.threads or (os.cpu_count() if self.model else 1)),
                "OMP_WAIT_POLICY": "PASSIVE",  # threads that spin take the cores from the assistant
                "VLLM_CPU_OMP_THREADS_BIND": "nobind",
                "VLLM_CPU_KVCACHE_SPACE": "4" if self.model else "1",  # GiB
            }
        return {**base, **settings}


def vllm_python() -> Path | None:
    """The interpreter of vLLM's environment, $SIGHTLINE_VLLM or `.venv-vllm`; None without one."""
    named = os.environ.get("SIGHTLINE_VLLM")
    folders = [Path(named)] if named else [_ROOT / ".venv-vllm", Path(".venv-vllm")]
    for folder in folders:
        python = folder / "bin" / "python"
        # The mark that `make` leaves when the installation is complete.
        if python.is_file() and (folder / ".ready").is_file():
            return python.absolute()
    return None


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def has_gpu() -> bool:
    """Whether this machine has a GPU that vLLM can serve on."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return False
    listed = subprocess.run([tool, "-L"], capture_output=True, text=True, check=False)
    return listed.returncode == 0 and "GPU" in listed.stdout
