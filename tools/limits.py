"""Every limit on what people may send, in one frozen config; each is a setting."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Limits checked before anything is decoded or answered.

    Attributes:
        pixels: most pixels of a picture, from its header.
        shortest_side: least pixels along each side.
        picture_bytes, document_bytes, clip_bytes: largest file of each kind.
        pages: pages of a document that are read; the rest is left, with a notice.
        page_side: pixels of a rendered page's longer side.
        render_seconds, render_bytes: time and memory of the process that renders a PDF.
        clip_seconds: longest clip.
        clip_frames, clip_rate: most frames kept of a clip, and most of one second.
        clip_side: pixels of a kept frame's longer side.
        attachments: files that may come with one turn.
        message_chars: longest message.
        calls: tool calls that one turn may plan, those of a second plan included.
        items: files that were found, and are then looked at one by one.
        planner_tokens: tokens of planners' models after which a turn is not planned again.
        deadline_seconds: a turn starts no more tools after this.
    """

    pixels: int = 40_000_000
    shortest_side: int = 8
    picture_bytes: int = 25_000_000
    document_bytes: int = 100_000_000
    clip_bytes: int = 200_000_000
    pages: int = 50
    page_side: int = 1600
    render_seconds: float = 60.0
    render_bytes: int = 2_000_000_000
    clip_seconds: float = 60.0
    clip_frames: int = 96
    clip_rate: float = 12.0
    clip_side: int = 640
    attachments: int = 10
    message_chars: int = 8_000
    calls: int = 6
    items: int = 6
    planner_tokens: int = 20_000
    deadline_seconds: float = 120.0
