"""What the clip encoder reads of a clip, and that who met whom, not in which order, decides."""

import numpy as np
import torch
from sightline.models.clip_encoder import ClipEmbedder, ClipEncoderConfig, ClipEncoderModel
from sightline.models.clip_encoder.features import COUNTS, ROLES, clip_batch, look_of
from sightline.models.clip_encoder.loss import ranked_nce
from sightline.models.dual_encoder.loss import info_nce
from sightline.models.tasks import ClipReading, Course

CONFIG = ClipEncoderConfig.tiny()
RED = {"size": "small", "color": "red", "material": "metal", "shape": "cube"}
BLUE = {"size": "large", "color": "blue", "material": "rubber", "shape": "sphere"}
GRAY = {"size": "large", "color": "gray", "material": "metal", "shape": "cylinder"}


def _reading(things, touches, moving=None, inside=None) -> ClipReading:
    n = len(things)
    still, there = np.zeros((n, 11), bool), np.ones((n, 11), bool)
    course = Course(
        touches=tuple(touches),
        moving=still if moving is None else np.array(moving, bool),
        inside=there if inside is None else np.array(inside, bool),
        rate=2.0,
    )
    return ClipReading(
        attributes=tuple(things), confidences=(), course=course, point=np.zeros((n, 11, 2)),
        near=(), confidence=1.0, seconds=5.0,
    )  # fmt: skip


def test_roles_are_read_off_a_course() -> None:
    moving = [[0] * 11, [1] * 6 + [0] * 5, [0] * 11]
    inside = [[1] * 11, [0] * 2 + [1] * 9, [1] * 8 + [0] * 3]
    clips = clip_batch([_reading((RED, BLUE, GRAY), [(2.5, 0, 1)], moving, inside)], CONFIG)
    played = [
        {role for role, flag in zip(ROLES, row, strict=True) if flag}
        for row in clips.roles[0].tolist()
    ]
    assert played == [
        {"there", "collision", "still"},
        {"there", "collision", "enter", "moves", "stop"},
        {"there", "leave", "still"},
    ]
    assert dict(zip(COUNTS, clips.counts[0].tolist(), strict=True)) == {
        "there": 3, "collision": 1, "enter": 1, "leave": 1,
    }  # fmt: skip
    assert torch.allclose(clips.times[0, 1], torch.tensor([0.2, 1.0, 1.0]))
    assert torch.allclose(clips.times[0, 2], torch.tensor([0.0, 0.8, 0.0]))
    assert clips.meetings[0].tolist() == [[0, 1]]
    assert clips.met[0].tolist() == [0.5]


def test_looks_are_values_and_pairs_and_leave_out_what_is_not_said() -> None:
    assert sum(look_of(RED, CONFIG)) == 5  # four values and "red cube"
    assert sum(look_of({"color": "red"}, CONFIG)) == 1
    assert sum(look_of({}, CONFIG)) == 0
    assert len(look_of(RED, CONFIG)) == CONFIG.looks


def test_a_saved_config_codes_looks_as_before(tmp_path) -> None:
    CONFIG.save_pretrained(tmp_path)
    again = ClipEncoderConfig.from_pretrained(tmp_path)
    assert look_of(RED, again) == look_of(RED, CONFIG)


def test_the_order_of_things_and_of_a_pair_changes_nothing() -> None:
    torch.manual_seed(0)
    embedder = ClipEmbedder(ClipEncoderModel(CONFIG))
    one = _reading((RED, BLUE, GRAY), [(2.5, 0, 1)])
    turned = _reading((GRAY, BLUE, RED), [(2.5, 1, 2)])
    other = _reading((RED, BLUE, GRAY), [(2.5, 0, 2)])
    vectors = embedder.embed_clips([one, turned, other])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert np.allclose(vectors[0], vectors[1], atol=1e-5)
    assert not np.allclose(vectors[0], vectors[2], atol=1e-3)


def test_a_clip_is_embedded_alone_as_in_a_batch_and_one_without_things_too() -> None:
    torch.manual_seed(0)
    embedder = ClipEmbedder(ClipEncoderModel(CONFIG))
    readings = [_reading((RED,), []), _reading((RED, BLUE), [(1.0, 0, 1), (4.0, 0, 1)]),
                _reading((), [])]  # fmt: skip
    together = embedder.embed_clips(readings)
    alone = np.concatenate([embedder.embed_clips([one]) for one in readings])
    assert np.isfinite(together).all()
    assert np.allclose(together, alone, atol=1e-5)
    assert embedder.embed_clips([]).shape == (0, CONFIG.embedding)
    assert embedder.embed_texts([]).shape == (0, CONFIG.embedding)


def test_clips_without_a_text_are_in_the_way_of_texts_alone() -> None:
    generator = torch.Generator().manual_seed(1)
    clips, texts = torch.randn(2, 4, 8, generator=generator).unbind()
    scale = torch.tensor(3.0)
    assert torch.allclose(ranked_nce(clips, texts, scale), info_nce(clips, texts, scale))
    decoys = torch.cat([clips, texts[:1]])
    worse = ranked_nce(decoys, texts, scale)
    assert worse > ranked_nce(clips, texts, scale)
    logits = scale * texts @ decoys.T
    by_text = -(logits.log_softmax(-1)[:, :4].diagonal()).mean()
    by_clip = -((scale * clips @ texts.T).log_softmax(-1).diagonal()).mean()
    assert torch.allclose(worse, (by_text + by_clip) / 2)


def test_the_shipped_weights_put_a_caption_near_its_clip() -> None:
    embedder = ClipEmbedder.load()
    clips = embedder.embed_clips([
        _reading((RED, BLUE, GRAY), [(2.5, 0, 1)]),
        _reading((RED, BLUE, GRAY), [(2.5, 0, 2)]),
        _reading((RED, BLUE, GRAY), []),
    ])  # fmt: skip
    texts = embedder.embed_texts([
        "a red cube hits a blue ball",
        "the gray cylinder and the small red block bump into each other",
        "there are no collisions and the blue sphere stays where it is",
    ])  # fmt: skip
    assert (texts @ clips.T).argmax(1).tolist() == [0, 1, 2]
