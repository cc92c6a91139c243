"""The planner's weights and tokenizer, and likelihoods of the next piece one step at a time."""

from pathlib import Path

import torch
from torch import Tensor
from transformers import DynamicCache, LlamaForCausalLM, PreTrainedTokenizerFast

from ..spec import weights_folder, weights_hash


class PlannerModel:
    """A language model with its tokenizer, read step by step by a constrained decoder."""

    def __init__(
        self, model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, weights: str = ""
    ) -> None:
        self.model = model.eval()
        self.tokenizer = tokenizer
        self.weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> "PlannerModel":
        """Load weights from a folder; None takes the shipped ones."""
        folder = weights_folder("planner", path)
        model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32)
        tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
        return cls(model, tokenizer, weights_hash(folder))

    def ids(self, text: str) -> list[int]:
        """Pieces of `text`, special ones where it spells them."""
        return self.tokenizer.encode(text, add_special_tokens=False)

    @torch.inference_mode()
    def read(
        self, ids: list[int], cache: DynamicCache | None = None
    ) -> tuple[Tensor, DynamicCache]:
        """Logits (V,) of the piece after `ids`, and the cache that has read them too."""
        cache = cache if cache is not None else DynamicCache(config=self.model.config)
        output = self.model(
            input_ids=torch.tensor([ids]),
            past_key_values=cache,
            use_cache=True,
            logits_to_keep=1,
        )
        return output.logits[0, -1], cache
