"""Planners: in-process, and behind an OpenAI-compatible server."""

from ..planning import Planner
from .router import RouterPlanner


def default_planner(url: str = "") -> Planner:
    """The in-process planner; with `url`, the server there, and in-process when it is away."""
    if not url:
        return RouterPlanner()
    # Here and not above: only a served planner needs its client and the sentence encoder.
    from .served import ServedPlanner, WithFallback

    return WithFallback(ServedPlanner(url), RouterPlanner())
