"""Render a PDF's pages; runs as a child process with memory and time limits.

    python -m sightline.tools.pdf_worker IN.pdf OUT_DIR PAGES SIDE BYTES SECONDS

Writes OUT_DIR/0001.png ... and one JSON line: {"pages": 100, "rendered": 50} or {"error": CODE},
CODE one of `encrypted`, `broken`, `empty`, `memory`.
"""

import json
import resource
import sys
from pathlib import Path


def render(source: Path, out: Path, pages: int, side: int) -> dict[str, int | str]:
    """Draw the first `pages` pages, longer side `side` pixels, in black on white."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        return {"error": "encrypted" if "password" in str(error).lower() else "broken"}
    total = len(document)
    if not total:
        return {"error": "empty"}
    count = min(total, pages)
    for index in range(count):
        try:
            page = document[index]
            scale = side / max(1.0, *page.get_size())
            bitmap = page.render(scale=scale)  # pyright: ignore[reportArgumentType]
        except pdfium.PdfiumError:
            return {"error": "broken"}
        picture = bitmap.to_pil().convert("RGB")
        picture.save(out / f"{index + 1:04d}.png", compress_level=1)
        bitmap.close()
        page.close()
    return {"pages": total, "rendered": count}


def main(argv: list[str]) -> None:
    """Set the limits of this process, then render."""
    source, out, pages, side, memory, seconds = argv
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    processor = int(float(seconds)) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    try:
        outcome = render(Path(source), Path(out), int(pages), int(side))
    except MemoryError:
        outcome = {"error": "memory"}
    print(json.dumps(outcome))


if __name__ == "__main__":
    main(sys.argv[1:])
