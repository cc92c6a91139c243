"""Configuration of a small LLaVA, for tests; checkpoints of other families bring their own."""

import transformers


class VlmConfig(transformers.LlavaConfig):
    """LLaVA's, as published."""

    @classmethod
    def tiny(cls) -> "VlmConfig":
        """A size for tests: four patches a picture, 64 words, the last of them `<image>`."""
        return cls(
            vision_config={
                "model_type": "clip_vision_model", "hidden_size": 32, "intermediate_size": 64,
                "num_hidden_layers": 2, "num_attention_heads": 2, "image_size": 32,
                "patch_size": 16, "projection_dim": 16,
            },
            text_config={
                "model_type": "llama", "vocab_size": 64, "hidden_size": 32,
                "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2,
                "num_key_value_heads": 2, "max_position_embeddings": 512, "bos_token_id": 1,
                "eos_token_id": 2, "pad_token_id": 0,
            },
            image_token_index=63, vision_feature_layer=-1,
        )  # fmt: skip
