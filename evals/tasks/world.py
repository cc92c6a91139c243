"""What the tabletop benchmarks share: test scenes with their pictures, drawn a few at a time."""

from collections.abc import Iterator
from io import BytesIO
from random import Random

from PIL import Image

from ...data.world.render import render
from ...data.world.sampler import sample_scenes
from ...data.world.scene import Scene

_CHUNK = 16


def picture_of(file: tuple[str, bytes]) -> Image.Image:
    """The picture of a drawn scene's file."""
    return Image.open(BytesIO(file[1])).convert("RGB")


def drawn_scenes(seed: int, n: int) -> Iterator[tuple[int, Scene, tuple[str, bytes], Random]]:
    """Yield (index, scene, (name, PNG bytes), generator of its own) of `n` scenes of `seed`."""
    for first in range(0, n, _CHUNK):
        scenes = sample_scenes(seed, min(_CHUNK, n - first), first=first)
        pictures = render(scenes, width=320, height=240).numpy()
        for offset, (scene, picture) in enumerate(zip(scenes, pictures, strict=True)):
            index = first + offset
            buffer = BytesIO()
            Image.fromarray(picture).save(buffer, "PNG", compress_level=1)
            name = f"scene-{seed}-{index}.png"
            yield index, scene, (name, buffer.getvalue()), Random(f"{seed}/{index}")
