"""What `sightline finetune` can train, by name; nothing is imported, so that help is quick."""

from typing import Final

# In the order in which `all` trains them: each looks through models that stand before it.
MODELS: Final = (
    "scene_parser", "object_reader", "program_parser", "grounder", "vqa", "captioner",
    "dual_encoder", "matcher", "combiner", "scene_graph", "editor",
    "edit_parser", "domain", "document_reader", "router", "planner",
    "track_reader", "video_parser", "clip_encoder",
)  # fmt: skip
# Shipped models trained further, on people's own data.
FURTHER: Final = ("ground", "document_qa")
