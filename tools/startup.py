"""Loading models: one thread at a time, and without the compiler that nothing here uses.

transformers decorates a few functions with `torch._dynamo` marks, and torch's initialisers carry
them; the first one imports the whole compiler, sympy and the distributed tensors: half of a cold
start's processor time. While models load, the marks are stand-ins that do nothing; afterwards
everything is as it was, and `torch.compile` works (see the test).
"""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

# Loading bars of a library are no business of the person who chats; read when it is imported.
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")

# transformers' lazy modules break when two threads import them at once.
_LOCK = threading.RLock()
_COMPILER = "torch._dynamo"


@contextmanager
def loading() -> Iterator[None]:
    """Hold this while models are imported and loaded."""
    with _LOCK:
        if _COMPILER in sys.modules:  # wanted by somebody, or held further out by this thread
            yield
            return
        with _without_compiler():
            _import_transformers()
            yield


@contextmanager
def _without_compiler() -> Iterator[None]:
    import torch

    stand_in = _Marks(_COMPILER)
    # Submodules are the real ones.
    stand_in.__path__ = [str(Path(torch.__file__).parent / "_dynamo")]
    kept = torch.compiler.disable, torch.compiler.allow_in_graph
    sys.modules[_COMPILER] = stand_in
    setattr(torch, "_dynamo", stand_in)  # noqa: B010
    torch.compiler.disable = torch.compiler.allow_in_graph = _unmarked
    try:
        yield
    finally:
        torch.compiler.disable, torch.compiler.allow_in_graph = kept
        if sys.modules.get(_COMPILER) is stand_in:
            del sys.modules[_COMPILER]
            delattr(torch, "_dynamo")


def _import_transformers() -> None:
    if "transformers.modeling_utils" in sys.modules:
        return
    import torch

    available = torch.distributed.is_available
    torch.distributed.is_available = lambda: False
    try:
        import transformers.masking_utils
        import transformers.modeling_utils  # noqa: F401
    except (ImportError, AttributeError):
        # A version that needs the real thing: start over without stand-ins.
        for name in [name for name in sys.modules if name.split(".")[0] == "transformers"]:
            del sys.modules[name]
        del sys.modules[_COMPILER]
        delattr(torch, "_dynamo")
    finally:
        torch.distributed.is_available = available


def _unmarked(function: Callable[..., Any] | None = None, *_: Any, **__: Any) -> Any:
    """A decorator, with or without arguments, that returns the function as it is."""
    return function if function is not None else lambda inner: inner


class _Marks(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _unmarked
