"""What the router reads: attachments and turns as word pieces that know where they stand.

Layout: [CLS] attachments [SEP] last turn [SEP] earlier turns, newest first, each with a word for
its speaker and a [SEP]. Shapes: N talks, T word pieces.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ..common.sentence_encoder import SentenceEncoder

CLS, SEP = 101, 102
WHOLE = 0  # the position of [CLS] stands for the whole last turn
_NOTHING = "no attachment"
_SPEAKERS = ("user", "assistant")

Place = tuple[int, int, int]  # turn, first character, character after the last; turn -1: no word


@dataclass(frozen=True, kw_only=True)
class TalkBatch:
    """Word pieces of talks.

    Attributes:
        ids, mask, types: (N, T); types are 1 on earlier turns.
        turn: (N, T) index of the turn that a piece belongs to, -1 for everything else.
        pointable: (N, T) True on pieces of the user's turns.
        places: for each talk, where each of its pieces stands.
    """

    ids: Tensor
    mask: Tensor
    types: Tensor
    turn: Tensor
    pointable: Tensor
    places: list[list[Place]]


def encode_talks(
    turns: Sequence[Sequence[str]], kinds: Sequence[Sequence[str]], longest: int
) -> TalkBatch:
    """Talks as word pieces.

    Args:
        turns: user and assistant in turn, the last one the user's, for each talk.
        kinds: attachments in view, oldest first, for each talk.
        longest: most pieces; what is beyond is cut, the oldest turns first.

    Raises:
        ValueError: a talk does not end with the user's turn.
    """
    if any(len(talk) % 2 == 0 for talk in turns):
        raise ValueError("a talk must start and end with the user's turn")
    texts = [
        text
        for talk, seen in zip(turns, kinds, strict=True)
        for text in (" ".join(seen) or _NOTHING, *talk)
    ]
    tokenizer = SentenceEncoder.load().tokenizer
    encodings = iter(tokenizer.encode_batch(texts, add_special_tokens=False))
    speakers = [tokenizer.token_to_id(name) or 0 for name in _SPEAKERS]
    rows: list[tuple[list[int], list[Place], int]] = []
    for talk in turns:
        head = next(encodings)
        said = [next(encodings) for _ in talk]
        ids = [CLS, *head.ids, SEP]
        places: list[Place] = [(-1, 0, 0)] * len(ids)
        earlier = longest
        for index in reversed(range(len(talk))):
            if index < len(talk) - 1:
                earlier = min(earlier, len(ids))
                ids.append(speakers[index % 2])
                places.append((-1, 0, 0))
            ids += [*said[index].ids, SEP]
            places += [(index, *offsets) for offsets in said[index].offsets]
            places.append((-1, 0, 0))
        rows.append((ids[:longest], places[:longest], earlier))
    return _pad(rows)


def _pad(rows: list[tuple[list[int], list[Place], int]]) -> TalkBatch:
    """Rows of pieces, places and the index of the first piece of the earlier turns."""
    n, width = len(rows), max(len(ids) for ids, _, _ in rows)
    ids = torch.zeros(n, width, dtype=torch.long)
    mask = torch.zeros(n, width, dtype=torch.bool)
    turn = torch.full((n, width), -1)
    types = torch.zeros(n, width, dtype=torch.long)
    for row, (pieces, places, earlier) in enumerate(rows):
        ids[row, : len(pieces)] = torch.tensor(pieces)
        mask[row, : len(pieces)] = True
        turn[row, : len(pieces)] = torch.tensor([place[0] for place in places])
        types[row, earlier : len(pieces)] = 1
    return TalkBatch(
        ids=ids,
        mask=mask,
        types=types,
        turn=turn,
        pointable=(turn >= 0) & (turn % 2 == 0),
        places=[places for _, places, _ in rows],
    )


def piece_span(places: Sequence[Place], span: Place) -> tuple[int, int] | None:
    """First and last piece of a span of characters, None where the span was cut off."""
    inside = [
        i
        for i, (turn, start, end) in enumerate(places)
        if turn == span[0] and start < span[2] and end > span[1]
    ]
    return (inside[0], inside[-1]) if inside else None
