"""One file per benchmark, and the names that `sightline eval` knows them by."""

from typing import Final

# Nothing is imported here: the command line lists these names in its help.
BENCHMARKS: Final[dict[str, str]] = {
    "world-vqa": "world_vqa",
    "world-caption": "world_caption",
    "world-ground": "world_ground",
    "world-dialog": "world_dialog",
    "world-video": "world_video",
    "world-graph": "world_graph",
    "world-edit": "world_edit",
    "world-retrieve": "world_retrieve",
    "world-compose": "world_compose",
    "world-text2video": "world_text2video",
    "clevr": "clevr",
    "clevr-ref": "clevr_ref",
    "clevr-dialog": "clevr_dialog",
    "clevrer": "clevrer",
    "documents": "documents",
    "documents-further": "documents_further",
    "receipts": "receipts",
    "routing": "planner_routing",
    "plugins": "plugins",
    "injection": "injection",
    "memory": "memory",
    "photos": "photos",
    "photo-edit": "photo_edit",
    "plans": "plans",
    "latency": "latency",
}
