"""Documents set anew hold the same facts, on lines that say them."""

import numpy as np
from sightline.data.documents import TRAIN_LAYOUTS, sample_document
from sightline.data.documents.rearrange import rearrange


def test_the_same_facts_elsewhere() -> None:
    moved = 0
    for index in range(60):
        rng = np.random.default_rng((4, index))
        given = sample_document(rng, render=False, layouts=TRAIN_LAYOUTS, n_questions=4)
        made = rearrange(given, rng)
        assert {(f.key, f.value) for f in made.fields} == {(f.key, f.value) for f in given.fields}
        for item in made.fields:
            assert item.value in " ".join(made.lines[i].text for i in item.lines)
        for table, before in zip(made.tables, given.tables, strict=True):
            for row, old in zip(table.rows, before.rows, strict=True):
                assert [c.text for c in row] == [c.text for c in old]
                assert all(made.lines[c.line].text == c.text for c in row if c.line is not None)
        assert [(q.text, q.answer) for q in made.questions] == [
            (q.text, q.answer) for q in given.questions
        ]
        for line in made.lines:
            x0, y0, x1, y1 = line.box
            assert x0 < x1 and 0 <= y0 < y1 <= made.height
        moved += [line.box for line in made.lines] != [line.box for line in given.lines]
    assert moved == 60


def test_the_same_state_gives_the_same_page() -> None:
    given = sample_document(np.random.default_rng(5), render=False)
    one, other = (rearrange(given, np.random.default_rng(9)) for _ in range(2))
    assert one == other
