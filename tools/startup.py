"""Loading models: one thread at a time, and without the compiler that nothing here uses.

transformers decorates a few functions with `torch._dynamo` marks, which imports torch's whole
compiler, sympy and the distributed tensors: nearly half of a cold start's processor time. While
transformers is imported the marks are stand-ins that do nothing; afterwards everything is as it
was, and `torch.compile` works (see the test).
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
        _import_transformers()
        yield


def _import_transformers() -> None:
    if "transformers.modeling_utils" in sys.modules or _COMPILER in sys.modules:
        return
    import torch

    kept = (
        torch.compiler.disable,
        torch.compiler.allow_in_graph,
        torch.distributed.is_available,
    )
    stand_in = _Marks(_COMPILER)
    # Submodules are the real ones.
    stand_in.__path__ = [str(Path(torch.__file__).parent / "_dynamo")]
    sys.modules[_COMPILER] = stand_in
    setattr(torch, "_dynamo", stand_in)  # noqa: B010
    torch.compiler.disable = torch.compiler.allow_in_graph = _unmarked
    torch.distributed.is_available = lambda: False
    try:
        import transformers.masking_utils
        import transformers.modeling_utils  # noqa: F401
    except (ImportError, AttributeError):
        # A version that needs the real thing: start over without stand-ins.
        for name in [name for name in sys.modules if name.split(".")[0] == "transformers"]:
            del sys.modules[name]
    finally:
        torch.compiler.disable, torch.compiler.allow_in_graph = kept[:2]
        torch.distributed.is_available = kept[2]
        del sys.modules[_COMPILER]
        delattr(torch, "_dynamo")


def _unmarked(function: Callable[..., Any] | None = None, *_: Any, **__: Any) -> Any:
    """A decorator, with or without arguments, that returns the function as it is."""
    return function if function is not None else lambda inner: inner


class _Marks(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _unmarked
