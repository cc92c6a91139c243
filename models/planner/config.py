"""Configuration of the planner: transformers' Llama at sizes of ours."""

from typing import Any

from transformers import LlamaConfig


class PlannerConfig(LlamaConfig):
    """Llama with 5.6 million parameters; saved and served as plain `llama`."""

    def __init__(
        self,
        vocab_size: int = 4096,
        hidden_size: int = 256,
        intermediate_size: int = 640,
        num_hidden_layers: int = 6,
        num_attention_heads: int = 4,
        num_key_value_heads: int = 4,
        max_position_embeddings: int = 2048,
        tie_word_embeddings: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            vocab_size=vocab_size,
            hidden_size=hidden_size,
            intermediate_size=intermediate_size,
            num_hidden_layers=num_hidden_layers,
            num_attention_heads=num_attention_heads,
            num_key_value_heads=num_key_value_heads,
            max_position_embeddings=max_position_embeddings,
            tie_word_embeddings=tie_word_embeddings,
            **kwargs,
        )

    @classmethod
    def tiny(cls) -> "PlannerConfig":
        """A size for tests."""
        return cls(
            vocab_size=400,
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=1,
            num_attention_heads=2,
            num_key_value_heads=2,
        )
