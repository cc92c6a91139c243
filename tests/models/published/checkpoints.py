"""Tiny checkpoints in the layout that the hub keeps, written by transformers itself."""

from pathlib import Path
from typing import Any

import torch
from sightline.models import spec
from transformers import (
    BertTokenizer,
    BlipImageProcessorPil,
    BlipProcessor,
    CLIPImageProcessorPil,
    GroundingDinoImageProcessorPil,
    GroundingDinoProcessor,
    LlavaProcessor,
    PreTrainedTokenizerFast,
)

WORDS = (
    *("what", "color", "is", "the", "dog", "cat", "red", "blue", "on", "yes", "no", "two"),
    *("how", "many", "are", "there", ".", "?"),
)
_TEMPLATE = (
    "{% for m in messages %}{% for c in m['content'] %}{% if c['type'] == 'image' %}<image>"
    "{% else %} {{ c['text'] }}{% endif %}{% endfor %}{% endfor %} answer"
)


def bert(folder: Path) -> BertTokenizer:
    """A BERT tokenizer of `WORDS`."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[DEC]", *WORDS]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(words))
    return BertTokenizer(vocab=str(folder / "vocab.txt"), bos_token="[DEC]")


def save(name: str, folder: Path) -> Any:
    """A tiny checkpoint of the registry's `name` with random weights; the model that was saved."""
    torch.manual_seed(0)
    about: Any = spec(name)
    model = about.build(about.config_class.tiny()).eval()
    model.save_pretrained(folder)
    _PROCESSORS[name](folder).save_pretrained(folder)
    return model


def _blip(folder: Path) -> Any:
    size = {"height": 32, "width": 32}
    return BlipProcessor(BlipImageProcessorPil(size=size), bert(folder / "words"))


def _dino(folder: Path) -> Any:
    looks = GroundingDinoImageProcessorPil(size={"shortest_edge": 64, "longest_edge": 96})
    return GroundingDinoProcessor(looks, bert(folder / "words"))


def _llava(folder: Path) -> Any:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = ["<pad>", "<s>", "</s>", "<unk>", *WORDS]
    words += [f"w{i}" for i in range(63 - len(words))] + ["<image>"]
    tokens = Tokenizer(WordLevel({word: i for i, word in enumerate(words)}, unk_token="<unk>"))
    tokens.pre_tokenizer = Whitespace()  # type: ignore[assignment]
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=tokens, pad_token="<pad>", bos_token="<s>", eos_token="</s>",
        unk_token="<unk>", additional_special_tokens=["<image>"],
    )  # fmt: skip
    size = {"height": 32, "width": 32}
    return LlavaProcessor(
        CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size=size), tokenizer,
        patch_size=16, vision_feature_select_strategy="default", chat_template=_TEMPLATE,
        num_additional_image_tokens=1,
    )  # fmt: skip


_PROCESSORS = {"blip": _blip, "blip_vqa": _blip, "grounding_dino": _dino, "vlm": _llava}
