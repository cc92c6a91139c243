"""The doctor names what is there and what to do about the rest."""

from pathlib import Path

import pytest
from sightline.cli.doctor import check_all
from sightline.cli.models import figures_of
from sightline.models.spec import WEIGHTS


def test_checks_have_a_remedy_where_something_is_missing(tmp_path: Path) -> None:
    checks = {check.name: check for check in check_all(tmp_path, None)}
    assert checks["Python"].state == "ok"
    assert checks["home folder"].state == "ok"
    assert not list(tmp_path.iterdir())
    for check in checks.values():
        assert check.state == "ok" or check.todo
    shipped = {folder.parent.name for folder in WEIGHTS.glob("*/model.safetensors")}
    weighed = {name.removeprefix("weights: ") for name in checks if name.startswith("weights: ")}
    assert shipped <= weighed
    assert all(checks[f"weights: {name}"].state == "ok" for name in shipped)


def test_a_server_that_is_away_is_missing(tmp_path: Path) -> None:
    checks = {check.name: check for check in check_all(tmp_path, "http://127.0.0.1:9/v1")}
    assert checks["planner server"].state == "missing"
    assert "/v1" in checks["planner server"].todo


def test_figures_come_from_the_cards_table(tmp_path: Path) -> None:
    card = tmp_path / "README.md"
    card.write_text("# x\n\n| | |\n|---|---|\n| Seed | 1 |\n| exact | 0.93 |\n\ntext 5\n")
    assert figures_of(card) == {"Seed": "1", "exact": "0.93"}


def test_the_open_profile_names_what_to_fetch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = tmp_path / "hub"
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(hub))
    kept = hub / "models--Salesforce--blip-vqa-base"
    (kept / "snapshots" / "abc").mkdir(parents=True)
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text("abc")
    checks = {check.name: check for check in check_all(tmp_path / "home", None)}
    fetched, missing = checks["open profile: vqa"], checks["open profile: caption"]
    assert fetched.state == "ok" and fetched.found == str(kept / "snapshots" / "abc")
    assert missing.state == "optional"
    assert missing.todo.startswith("hf download Salesforce/blip-image-captioning-base  (1.0 GB")
