"""A client of the OpenAI chat protocol whose requests end when nobody waits for them any more.

Answers come as a stream, on one event loop for all threads: to stop a request is to close its
connection, and that is what stops the server's model.
"""

import asyncio
import os
import threading
import time
from collections.abc import Coroutine, Mapping
from concurrent.futures import wait
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

_T = TypeVar("_T")
_LOOK = 0.05  # seconds between looks at whether the request is still wanted


class ServerAway(Exception):
    """The server is not there, slow, or sends what is no answer; or the request was cancelled."""


@dataclass(frozen=True, kw_only=True)
class Served:
    """A model that a server lists.

    Attributes:
        owner: the kind of server, "vllm" for vLLM.
    """

    name: str
    owner: str = ""


@dataclass(kw_only=True)
class Answer:
    """What the model wrote.

    Attributes:
        calls: names and arguments (JSON text) of the tool calls that the server read in it.
        finish: why the model stopped: `stop`, `length`, `tool_calls`.
        read, written: tokens, as the server counts; 0 where it does not.
        cached: how many of those read it had read before (its prefix cache), where it says so.
        first: seconds until the model began to write.
    """

    text: str = ""
    calls: list[tuple[str, str]] = field(default_factory=list)
    finish: str = ""
    read: int = 0
    written: int = 0
    cached: int = 0
    first: float = 0.0


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat-client", daemon=True).start()
    return loop


class ChatClient:
    """One server; safe to share between threads.

    Args:
        url: the server's base address, ending in /v1.
        timeout: seconds until the server counts as away.
        key: what the server asks for, if it does; $SIGHTLINE_PLANNER_KEY by default.
    """

    def __init__(self, url: str, timeout: float, key: str = "") -> None:
        self.url = url
        self.timeout = timeout
        self._key = key or os.environ.get("SIGHTLINE_PLANNER_KEY", "none")
        self._client: Any = None
        self._lock = threading.Lock()

    def models(self) -> list[Served]:
        """The models that the server serves.

        Raises:
            ServerAway: it did not say.
        """
        listed = self._run(self._models(), None)
        if not listed:
            raise ServerAway("a server without models")
        return listed

    def chat(self, body: Mapping[str, Any], cancelled: threading.Event | None = None) -> Answer:
        """The model's answer to a request of the chat protocol (`messages`, `tools`, ...).

        Raises:
            ServerAway: there is none, or `cancelled` was set before it came.
        """
        return self._run(self._chat(body), cancelled)

    def _run(self, work: Coroutine[Any, Any, _T], cancelled: threading.Event | None) -> _T:
        # Here and not above: the client costs a second that only served planners need.
        import openai

        self._connect(openai)
        future = asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, self.timeout), _loop())
        while not wait([future], timeout=_LOOK if cancelled else None).done:
            if cancelled is not None and cancelled.is_set():
                future.cancel()
                raise ServerAway("cancelled")
        try:
            return future.result()
        except (openai.OpenAIError, TimeoutError, AttributeError, IndexError) as error:
            raise ServerAway(type(error).__name__) from error

    def _connect(self, openai: Any) -> None:
        with self._lock:
            if self._client is None:
                timeout = openai.Timeout(self.timeout, connect=min(5.0, self.timeout))
                self._client = openai.AsyncOpenAI(
                    base_url=self.url, api_key=self._key, timeout=timeout, max_retries=0
                )

    async def _models(self) -> list[Served]:
        page = await self._client.models.list()
        return [Served(name=m.id, owner=getattr(m, "owned_by", None) or "") for m in page.data]

    async def _chat(self, body: Mapping[str, Any]) -> Answer:
        answer = Answer()
        began = time.perf_counter()
        names: dict[int, str] = {}
        arguments: dict[int, str] = {}
        stream = await self._client.chat.completions.create(
            **body, stream=True, stream_options={"include_usage": True}
        )
        async with stream:
            async for chunk in stream:
                if chunk.usage is not None:
                    details = getattr(chunk.usage, "prompt_tokens_details", None)
                    answer.read = chunk.usage.prompt_tokens
                    answer.written = chunk.usage.completion_tokens
                    answer.cached = getattr(details, "cached_tokens", None) or 0
                if not chunk.choices:
                    continue
                answer.first = answer.first or time.perf_counter() - began
                choice = chunk.choices[0]
                answer.finish = choice.finish_reason or answer.finish
                answer.text += choice.delta.content or ""
                for call in choice.delta.tool_calls or ():
                    said = call.function
                    names[call.index] = names.get(call.index, "") + (said.name or "")
                    arguments[call.index] = arguments.get(call.index, "") + (said.arguments or "")
        if not answer.finish:
            raise ServerAway("an answer that is cut off")
        answer.calls = [(names[index], arguments[index]) for index in sorted(names)]
        return answer
