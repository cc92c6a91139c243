"""Reading dataset files with clear refusals: every error names the file and what is wrong."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def existing(path: Path, what: str) -> Path:
    """`path`, or `FileNotFoundError` saying which file of the dataset is missing."""
    if not path.exists():
        raise FileNotFoundError(f"{what} not found: {path}")
    return path


def first_existing(candidates: Sequence[Path], what: str) -> Path:
    """The first candidate that exists, or `FileNotFoundError` naming all of them."""
    for path in candidates:
        if path.exists():
            return path
    tried = " or ".join(str(path) for path in candidates)
    raise FileNotFoundError(f"{what} not found: looked for {tried}")


def read_json(path: Path, what: str) -> Any:
    """Parse a JSON file.

    Raises:
        FileNotFoundError: it is not there.
        ValueError: it is not JSON.
    """
    existing(path, what)
    try:
        return json.loads(path.read_bytes())
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is not valid JSON ({error})") from error


def read_entries(path: Path, key: str, what: str) -> list[Any]:
    """The list under `key` of a JSON object file.

    Raises:
        FileNotFoundError: the file is not there.
        ValueError: it is not JSON, or has no such list.
    """
    data = read_json(path, what)
    if not isinstance(data, dict) or not isinstance(data.get(key), list):
        raise ValueError(f"{path} is not a {what} file: it has no list {key!r}")
    return data[key]


def read_json_lines(path: Path, what: str) -> Iterator[tuple[int, Any]]:
    """(line number from 1, parsed line) of a JSON-lines file; empty lines are skipped.

    Raises:
        FileNotFoundError: the file is not there.
        ValueError: a line is not JSON.
    """
    existing(path, what)
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{path}, line {number} is not valid JSON ({error})") from error


@contextmanager
def reading(path: Path, entry: str) -> Iterator[None]:
    """Turn a malformed entry's error into one `ValueError` that names file and entry."""
    try:
        yield
    except KeyError as error:
        raise ValueError(f"{path}, {entry}: the field {error} is missing") from error
    except (TypeError, ValueError, IndexError, AttributeError) as error:
        raise ValueError(f"{path}, {entry} is malformed: {error}") from error


def read_each(path: Path, entries: Sequence[Any], name: str, read: Callable[[Any], T]) -> list[T]:
    """`read` every entry; the first malformed one is reported as `name` and its number."""
    done: list[T] = []
    for number, entry in enumerate(entries):
        with reading(path, f"{name} {number}"):
            done.append(read(entry))
    return done
