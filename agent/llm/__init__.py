"""Planners: in-process, and behind an OpenAI-compatible server; both know plug-ins by examples."""

from ..planning import Planner
from .extra_tools import ExtraTools
from .router import RouterPlanner


def default_planner(url: str = "") -> Planner:
    """The in-process planner; with `url`, the server there, and in-process when it is away."""
    if not url:
        return ExtraTools(RouterPlanner())
    # Here and not above: only a served planner needs its client and the sentence encoder.
    from .served import ServedPlanner, WithFallback

    return ExtraTools(WithFallback(ServedPlanner(url), RouterPlanner()))
