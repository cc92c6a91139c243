"""Configuration of BLIP: transformers' own, with a size for tests."""

import transformers


class BlipConfig(transformers.BlipConfig):
    """As published."""

    @classmethod
    def tiny(cls) -> "BlipConfig":
        """A size for tests: 32 x 32 pixels, 40 words."""
        return cls(
            text_config={
                "vocab_size": 40, "hidden_size": 32, "encoder_hidden_size": 32,
                "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2,
                "max_position_embeddings": 64, "bos_token_id": 4, "sep_token_id": 3,
                "eos_token_id": 3, "pad_token_id": 0,
            },
            vision_config={
                "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1,
                "num_attention_heads": 2, "image_size": 32, "patch_size": 16,
            },
            projection_dim=16,
        )  # fmt: skip
