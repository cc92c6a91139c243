"""A description held against the parsed scene: what is false goes, what is missing is told."""

import re
from random import Random

from ..data.world.caption_reader import check_caption
from ..data.world.captions import sample_caption
from ..data.world.scene import Scene

_END = re.compile(r"(?<=[.!?])\s+")


def mended(text: str, scene: Scene, style: str) -> str:
    """`text` without the sentences that `scene` contradicts.

    A long description that leaves objects out, or any of which nothing is left, is told from the
    scene instead; the same scene is always told the same way.
    """
    if not scene.objects:
        return text
    kept = " ".join(s for s in _END.split(text.strip()) if s and _holds(s, scene))
    check = check_caption(kept, scene)
    whole = style != "long" or check.objects_covered == check.objects
    if kept and whole:
        return kept
    seed = " ".join(item.name for item in scene.objects)
    return sample_caption(scene, Random(seed), style)


def _holds(sentence: str, scene: Scene) -> bool:
    check = check_caption(sentence, scene)
    return 0 < check.facts == check.true_facts
