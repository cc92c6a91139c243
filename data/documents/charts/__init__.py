"""Generated bar and line charts with exact numbers, and questions about them."""

from .content import STYLES, TEST_STYLES, TRAIN_STYLES, ChartTruth
from .generator import sample_chart
from .questions import ChartQuestion, chart_questions

__all__ = [
    "STYLES",
    "TEST_STYLES",
    "TRAIN_STYLES",
    "ChartQuestion",
    "ChartTruth",
    "chart_questions",
    "sample_chart",
]
