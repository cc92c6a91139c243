"""A talking process is killed at random moments: nothing acknowledged is lost."""

from pathlib import Path

from sightline.benchmarks.memory_kill import kill_rounds


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    outcome = kill_rounds(tmp_path / "home", rounds=8, seed=1, latest=0.8)
    assert outcome.lost == [] and outcome.broken == []
    assert outcome.rounds == 8 and outcome.acknowledged > 0
