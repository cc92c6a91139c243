"""The router: a talk and its attachments to tool calls whose arguments are the user's own words."""

from ..spec import ModelSpec
from .config import RouterConfig
from .model import RouterModel
from .router import Route, RoutedCall, Router

load = Router.load

SPEC = ModelSpec(
    name="router",
    paper="Pointer Networks (2015), https://arxiv.org/abs/1506.03134",
    tasks=(),
    config_class=RouterConfig,
    build=RouterModel,
    load=Router.load,
)

__all__ = ["SPEC", "Route", "RoutedCall", "Router", "RouterConfig", "RouterModel", "load"]
