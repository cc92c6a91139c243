"""Decode a clip; runs as a child process with memory and time limits.

    python -m sightline.tools.clip_worker IN OUT_DIR FRAMES RATE SIDE PIXELS LONGEST BYTES SECONDS

Writes OUT_DIR/0001.png ..., frames sampled evenly from first to last, at most FRAMES and at most
RATE a second, and one JSON line: {"seconds": 4.2, "width": 320, "height": 240, "fps": 12.0,
"frames": 51, "kept": 51, "codec": "h264"} or {"error": CODE}, CODE one of `broken`, `empty`,
`long` (with "seconds"), `large`, `memory`.
"""

import itertools
import json
import resource
import sys
from pathlib import Path
from typing import Any


def decode(
    source: Path, out: Path, most: int, rate: float, side: int, pixels: int, longest: float
) -> dict[str, Any]:
    """Facts of the clip, and its sampled frames as files."""
    import av

    try:
        with av.open(str(source)) as file:
            if not file.streams.video:
                return {"error": "empty"}
            stream = file.streams.video[0]
            width, height = stream.width, stream.height
            if width * height > pixels:
                return {"error": "large"}
            facts: dict[str, Any] = {
                "width": width, "height": height, "codec": stream.codec_context.name,
            }  # fmt: skip
            told = float((file.duration or 0) / av.time_base)
            if told > longest + 0.5:
                return {"error": "long", "seconds": told}
            times = _times(file, stream)
        if not times:
            return {"error": "empty"}
        usual = sorted(b - a for a, b in itertools.pairwise(times))
        beat = usual[len(usual) // 2] if usual else 0.0
        seconds = times[-1] - times[0] + beat
        if seconds > longest + 0.5:
            return {"error": "long", "seconds": seconds}
        span = times[-1] - times[0]
        kept = max(1, min(most, len(times), int(span * rate + 1e-6) + 1))
        wanted = [times[0] + span * k / max(1, kept - 1) for k in range(kept)]
        chosen = _nearest(times, wanted)
        _save(source, out, chosen, side)
    except (av.FFmpegError, ValueError, IndexError, EOFError):
        return {"error": "broken"}
    return {
        **facts, "seconds": round(seconds, 3), "fps": round(1 / beat, 3) if beat > 0 else 0.0,
        "frames": len(times), "kept": len(chosen), "span": round(span, 4),
    }  # fmt: skip


def _times(file: Any, stream: Any) -> list[float]:
    """Seconds of every frame, in order of showing."""
    return sorted(
        float(packet.pts * packet.time_base)
        for packet in file.demux(stream)
        if packet.pts is not None and packet.size
    )


def _nearest(times: list[float], wanted: list[float]) -> list[int]:
    """Index of the frame nearest to each wanted time."""
    found, at = [], 0
    for time in wanted:
        while at + 1 < len(times) and abs(times[at + 1] - time) <= abs(times[at] - time):
            at += 1
        found.append(at)
    return found


def _save(source: Path, out: Path, chosen: list[int], side: int) -> None:
    import av

    with av.open(str(source)) as file:
        last = None
        number = 0
        for index, frame in enumerate(file.decode(video=0)):
            while number < len(chosen) and chosen[number] <= index:
                last = _reduced(frame.to_image(), side)
                last.save(out / f"{number + 1:04d}.png", compress_level=1)
                number += 1
            if number == len(chosen):
                return
        if last is None:
            raise ValueError("no frame could be decoded")
        # Files may promise more frames than they hold: the last one stands for those.
        for rest in range(number, len(chosen)):
            last.save(out / f"{rest + 1:04d}.png", compress_level=1)


def _reduced(picture: Any, side: int) -> Any:
    scale = min(1.0, side / max(picture.size))
    picture = picture.convert("RGB")
    if scale == 1.0:
        return picture
    return picture.resize([max(1, round(s * scale)) for s in picture.size])


def main(argv: list[str]) -> None:
    """Set the limits of this process, then decode."""
    source, out, most, rate, side, pixels, longest, memory, seconds = argv
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    processor = int(float(seconds)) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    try:
        outcome = decode(
            Path(source), Path(out), int(most), float(rate), int(side), int(pixels), float(longest)
        )
    except MemoryError:
        outcome = {"error": "memory"}
    print(json.dumps(outcome))


if __name__ == "__main__":
    main(sys.argv[1:])
