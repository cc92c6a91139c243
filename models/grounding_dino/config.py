"""Configuration of GroundingDINO: transformers' own, with a size for tests."""

import transformers


class GroundingDinoConfig(transformers.GroundingDinoConfig):
    """As published."""

    @classmethod
    def tiny(cls) -> "GroundingDinoConfig":
        """A size for tests: a Swin of two stages and a BERT of 40 words."""
        return cls(
            backbone_config={
                "model_type": "swin", "image_size": 64, "patch_size": 4, "embed_dim": 16,
                "depths": [1, 1, 1, 1], "num_heads": [1, 2, 2, 2], "window_size": 4,
                "out_indices": [2, 3, 4],
            },
            text_config={
                "model_type": "bert", "vocab_size": 40, "hidden_size": 32,
                "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2,
                "max_position_embeddings": 64,
            },
            num_queries=10, d_model=32, encoder_layers=1, encoder_attention_heads=2,
            decoder_layers=2, decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64,
            max_text_len=32,
        )  # fmt: skip
