"""Loading models: one thread at a time, and without what nothing here uses.

transformers decorates a few functions with `torch._dynamo` marks, and torch's initialisers carry
them; the first one imports the whole compiler, sympy and the distributed tensors: half of a cold
start's processor time. While models load, the marks are stand-ins that do nothing; afterwards
everything is as it was, and `torch.compile` works (see the test). Likewise scipy's optimisers,
which its detection losses match boxes with, are imported when they are called, and the two thousand
files of its models, which it reads to know their names, are read once instead of twice.
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
    if "scipy.optimize" not in sys.modules:
        sys.modules["scipy.optimize"] = _later_matching()
    try:
        with _names_read_once():
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
        if isinstance(sys.modules.get("scipy.optimize"), _Later):
            del sys.modules["scipy.optimize"]


@contextmanager
def _names_read_once() -> Iterator[None]:
    """`transformers.models` gets the names that `transformers` has read of the same folder."""
    import transformers
    from transformers.utils import import_utils

    read = import_utils.define_import_structure
    models = Path(transformers.__file__).parent / "models"

    def known(path: Any, prefix: str | None = None) -> Any:
        if prefix is not None or Path(path) != models / "__init__.py":
            return read(path, prefix)
        found = read(models, prefix="models")
        return {
            needs: {
                name.removeprefix("models."): objects
                for name, objects in names.items()
                if name.startswith("models.")  # the package has added its own modules to it
            }
            for needs, names in found.items()
        }

    import_utils.define_import_structure = known
    try:
        yield
    finally:
        import_utils.define_import_structure = read


def _unmarked(function: Callable[..., Any] | None = None, *_: Any, **__: Any) -> Any:
    """A decorator, with or without arguments, that returns the function as it is."""
    return function if function is not None else lambda inner: inner


class _Later(ModuleType):
    """Stands for a module that is imported when one of its functions is called."""


def _later_matching() -> ModuleType:
    """`scipy.optimize` for the detection losses, which transformers imports with everything."""

    def linear_sum_assignment(*args: Any, **options: Any) -> Any:
        from scipy.optimize import linear_sum_assignment as matched

        return matched(*args, **options)

    module = _Later("scipy.optimize")
    setattr(module, "linear_sum_assignment", linear_sum_assignment)  # noqa: B010
    return module


class _Marks(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _unmarked
