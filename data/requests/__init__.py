"""Requests people make of the assistant, written by hand, with the tool calls they need."""

from .bank import (
    KIND_OF_LETTER,
    REPLIES,
    TOOLS,
    BankError,
    Request,
    RequestCall,
    load_requests,
    parse_request,
)

__all__ = [
    "KIND_OF_LETTER",
    "REPLIES",
    "TOOLS",
    "BankError",
    "Request",
    "RequestCall",
    "load_requests",
    "parse_request",
]
