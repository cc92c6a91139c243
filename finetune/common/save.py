"""Write trained weights the way the package ships them: half precision, with a card."""

from pathlib import Path

from transformers import PreTrainedModel


def save_half(model: PreTrainedModel, folder: Path, card: str) -> None:
    """Save `model` as float16 safetensors with its config, and `card` as README.md."""
    folder.mkdir(parents=True, exist_ok=True)
    model.half().save_pretrained(folder, safe_serialization=True)
    model.float()
    (folder / "README.md").write_text(card.strip() + "\n")
