"""Logs for operators: structured, on standard error, without personal data. Form and level come from the settings."""

import logging
import sys
from typing import Literal

import structlog


def configure(form: Literal["text", "json"], level: int = logging.WARNING) -> None:
    """Log lines of `level` and above as readable text or as one JSON object each."""
    renderer: structlog.typing.Processor = structlog.processors.JSONRenderer()
    if form == "text":
        renderer = structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Libraries may print message texts at their lower levels; those hold personal data.
    logging.basicConfig(
        stream=sys.stderr, level=max(level, logging.WARNING), format="%(levelname)s %(name)s %(message)s"
    )
