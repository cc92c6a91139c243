"""Tags go to the marked words and come back as them."""

import torch
from sightline.data.edits import load_instructions
from sightline.models.common.sentence_encoder import SentenceEncoder
from sightline.models.edit_parser.parser import _spans, tag_labels

NAMES = ["thing", "place", "value"]


def test_tags_spell_the_marked_words() -> None:
    tokenizer = SentenceEncoder.load().tokenizer
    for item in load_instructions("heldout"):
        offsets = tokenizer.encode(item.text).offsets
        labels = tag_labels(item.text, item.spans, NAMES, len(offsets))
        scores = torch.full((len(labels), 7), -5.0)
        for row, label in enumerate(labels):
            scores[row, max(0, label)] = 5.0
        read = _spans(item.text, offsets, scores, NAMES)
        assert read == {name: item.text[start:end] for name, start, end in item.spans}, item.text
