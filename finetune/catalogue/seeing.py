"""Models of tabletop pictures: what is there, where, and how it is related."""

import numpy as np
from rich.progress import track

from ...data.documents import TRAIN_LAYOUTS, sample_document
from ...data.world.pool import load_dataset
from ...models.common.loading import load_model
from ...models.grounder import GrounderModel
from ...models.spec import weights_folder
from ..recipes.captioner import train_captioner
from ..recipes.domain import real_sources, train_domain
from ..recipes.grounder import train_grounder
from ..recipes.object_reader import train_object_reader
from ..recipes.scene_graph import train_scene_graph
from ..recipes.scene_parser import train_scene_parser
from ..recipes.vqa import train_vqa
from ..run import Options, save, world
from ..sources import FINE, pools, slots


def scene_parser(options: Options) -> dict[str, float]:
    """Boxes and attributes of all things in a picture."""
    config = options.fit(2600, 2.5e-3)
    train_pool, dev = pools(options)
    model, figures = train_scene_parser(
        train_pool, dev, options.out, config=config, resume=options.resume
    )
    return save(model, "scene_parser", options, figures, world(options))


def object_reader(options: Options) -> dict[str, float]:
    """Attributes of one thing, seen closely."""
    config = options.fit(4000, 2e-3)
    coarse, _ = pools(options)
    fine, dev = pools(options, FINE)
    model, figures = train_object_reader(
        [coarse, fine], dev, options.out, config=config, resume=options.resume
    )
    return save(model, "object_reader", options, figures, world(options))


def grounder(options: Options) -> dict[str, float]:
    """Phrases to boxes."""
    pool, dev, eyes = slots(options)
    model, figures = train_grounder(
        pool, dev, eyes, options.out, config=options.fit(6000, 1e-3), resume=options.resume
    )
    return save(model, "grounder", options, figures, world(options))


def vqa(options: Options) -> dict[str, float]:
    """Questions to answers; begins as the grounder."""
    pool, dev, _ = slots(options)
    own = options.out.parent / "grounder"
    folder = weights_folder("grounder", own if (own / "model.safetensors").is_file() else None)
    start = load_model(GrounderModel, folder)
    model, figures = train_vqa(
        pool, dev, options.out, config=options.fit(6000, 1e-3), start=start, resume=options.resume
    )
    return save(model, "vqa", options, figures, f"{world(options)}; begins as the grounder")


def captioner(options: Options) -> dict[str, float]:
    """Pictures to descriptions."""
    pool, dev, _ = slots(options)
    model, figures = train_captioner(
        pool, dev, options.out, config=options.fit(8000, 1e-3), resume=options.resume
    )
    return save(model, "captioner", options, figures, world(options))


def scene_graph(options: Options) -> dict[str, float]:
    """Pairs of things to relations."""
    pool, dev, eyes = slots(options)
    config = options.fit(2500, 2e-3, ema=0.99)
    model, figures = train_scene_graph(
        pool, dev, eyes, options.out, config=config, resume=options.resume
    )
    return save(model, "scene_graph", options, figures, world(options))


def domain(options: Options) -> dict[str, float]:
    """Tabletop, document or neither.

    Raises:
        FileNotFoundError: no folder of real photographs was given.
    """
    if options.data is None or not (options.data / "photos" / "images").is_dir():
        raise FileNotFoundError(
            "finetune domain needs --data, a folder with photos/images and receipts/images."
        )
    train_pool, dev_pool = pools(options)
    sources = []
    for pool, kept_out, n in ((train_pool, False, 300), (dev_pool, True, 60)):
        _, images = load_dataset(pool)
        rng = np.random.default_rng((options.seed, int(kept_out)))
        drawn = [
            sample_document(rng, layouts=TRAIN_LAYOUTS).image
            for _ in track(range(n), description="drawing documents")
        ]
        documents = [image for image in drawn if image is not None]
        sources.append(real_sources(options.data, images[:1500], documents, kept_out=kept_out))
    model, figures = train_domain(
        sources[0], sources[1], options.out, config=options.fit(400, 2e-3), resume=options.resume
    )
    data = f"{world(options)}, drawn documents, and real pictures of `{options.data.name}`"
    return save(model, "domain", options, figures, data)
