"""A published vision-language model as a task object: LLaVA, Qwen-VL, SmolVLM, Idefics, ...

Whatever transformers' Auto classes load by its chat template: pictures and a request go in as one
user message, and what is written is the answer. It describes pictures, answers questions about
them, and about clips from a few of their frames.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from PIL.Image import Image
from transformers import AutoModelForImageTextToText, AutoProcessor

from ..common.published import best_device, checkpoint_folder, checkpoint_hash, mean_chance
from ..tasks import Answer, Caption, Clip, ClipAnswer

_STYLES = {
    "short": ("Describe this picture in one short sentence.", 40),
    "normal": ("Describe this picture in one or two sentences.", 100),
    "long": ("Describe this picture in detail, every object in it.", 400),
}
_BRIEFLY = "Answer with a word or a short phrase."
_ANSWER_TOKENS = 60
_FRAMES = 8
_BEFORE = 4


class VisionLanguageModel:
    """Serves `Captioner`, `Answerer` and `VideoAnswerer`.

    Its confidence is the words' mean chance, which is not calibrated.
    """

    name = "vlm"

    def __init__(self, model: Any, processor: Any, weights: str = "") -> None:
        self.model = model.eval().to(best_device())
        self.processor = processor
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "VisionLanguageModel":
        """Load a checkpoint's folder, in the precision it was saved in.

        Raises:
            FileNotFoundError: no folder of safetensors is given.
        """
        folder = checkpoint_folder(cls.name, path)
        model = AutoModelForImageTextToText.from_pretrained(
            folder, use_safetensors=True, dtype="auto"
        )
        return cls(model, AutoProcessor.from_pretrained(folder), checkpoint_hash(folder))

    def caption(self, images: Sequence[Image], style: str = "normal") -> list[Caption]:
        """One description per picture, RGB.

        Raises:
            ValueError: no such style.
        """
        if style not in _STYLES:
            raise ValueError(f"no caption style {style!r}; there are {', '.join(_STYLES)}")
        request, tokens = _STYLES[style]
        told = [self._written([image], request, tokens) for image in images]
        return [Caption(text=text, confidence=sure, style=style) for text, sure in told]

    def answer(
        self,
        images: Sequence[Image],
        questions: Sequence[str],
        history: Sequence[Sequence[str]] | None = None,
    ) -> list[Answer]:
        """One answer per (picture, question); of `history` the last four questions are told."""
        earlier = history or [()] * len(questions)
        answers = []
        for image, question, before in zip(images, questions, earlier, strict=True):
            text, sure = self._written([image], _asked(question, before), _ANSWER_TOKENS)
            answers.append(Answer(text=_short(text), confidence=sure))
        return answers

    def answer_clips(self, clips: Sequence[Clip], questions: Sequence[str]) -> list[ClipAnswer]:
        """One answer per (clip, question), from up to eight frames, evenly from first to last."""
        answers = []
        for clip, question in zip(clips, questions, strict=True):
            step = max(1.0, (len(clip.frames) - 1) / (_FRAMES - 1))
            chosen = sorted({round(k * step) for k in range(min(_FRAMES, len(clip.frames)))})
            frames = [clip.frames[i] for i in chosen]
            request = f"These are frames of a clip of {clip.seconds:.1f} seconds, in order. "
            text, sure = self._written(frames, request + question, _ANSWER_TOKENS)
            answers.append(ClipAnswer(text=_short(text), sentence=text, confidence=sure))
        return answers

    @torch.inference_mode()
    def _written(self, images: Sequence[Image], request: str, tokens: int) -> tuple[str, float]:
        """What the model writes to one user message, greedily, and how sure it is of the words."""
        content = [{"type": "image"} for _ in images]
        talk = [{"role": "user", "content": [*content, {"type": "text", "text": request}]}]
        prompt = self.processor.apply_chat_template(talk, add_generation_prompt=True)
        inputs = self.processor(images=list(images), text=prompt, return_tensors="pt")
        inputs = inputs.to(self.model.device, self.model.dtype)  # whole numbers stay as they are
        written = self.model.generate(
            **inputs, max_new_tokens=tokens, do_sample=False, return_dict_in_generate=True,
            output_scores=True,
        )  # fmt: skip
        new = written.sequences[0, inputs["input_ids"].shape[1] :]
        text = self.processor.decode(new, skip_special_tokens=True).strip()
        return text, mean_chance(self.model, written)


def _asked(question: str, before: Sequence[str]) -> str:
    if not before:
        return f"{question}\n{_BRIEFLY}"
    said = " ".join(before[-_BEFORE:])
    return f"Asked before about this picture: {said}\nAsked now: {question}\n{_BRIEFLY}"


def _short(text: str) -> str:
    """An answer of one line as answers are spelt: "Yes." is "yes"; a longer one stays."""
    bare = text.removesuffix(".").strip()
    return bare.lower() if len(bare.split()) <= 3 else bare
