"""A turn of the web chat while it runs: it outlives the page that began it, unless stopped."""

import logging
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..assistant import Assistant
from ..events import Finished, StepFinished, StepStarted, TextDelta
from ..reply import Reply, Step
from .chat_view import ChatView, Shown, plain, working

log = logging.getLogger(__name__)
BROKEN = "Something went wrong on my side; the server's log says what. Please try again."
STOPPED = "Stopped."


class LiveTurn:
    """Runs one turn in a thread of its own; any number of pages may follow it.

    Args:
        files: paths of what the person sent with the turn.
    """

    def __init__(
        self,
        assistant: Assistant,
        view: ChatView,
        user: str,
        session: str,
        text: str,
        files: Sequence[str],
    ) -> None:
        self.assistant = assistant
        self.view = view
        self.user = user
        self.session = session
        self.text = text
        self.files = list(files)
        self.past = view.conversation(user, session)
        self.running = True
        self.stopped = False
        self._steps: dict[int, Step | StepStarted] = {}
        self._written = ""
        self._reply: Reply | None = None
        self._changed = threading.Condition()

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._work, daemon=True).start()

    def stop(self) -> list[Shown]:
        """End it now; what there is to show then."""
        self.assistant.stop(self.user, self.session)
        with self._changed:
            self.stopped, self.running = True, False
            self._changed.notify_all()
        return self.shown()

    def follow(self) -> Iterator[list[Shown]]:
        """What there is to show, whenever that changes, until the turn has ended."""
        while True:
            with self._changed:
                if not self.running:
                    return
                self._changed.wait(timeout=5)
            yield self.shown()

    def shown(self) -> list[Shown]:
        """The conversation with this turn as far as it is."""
        if self._reply is not None and not self.stopped:
            # The log tells which attachments were kept; a refused turn is not in it.
            kept = self.view.conversation(self.user, self.session)
            if len(kept) > len(self.past):
                return kept
            return [*self.past, self._sent(), *self.view.answer(self.user, self._reply)]
        steps = working(list(self._steps.values()), self._written)
        if not self.stopped:
            return [*self.past, self._sent(), *steps]
        ended = [_still(part) for part in steps]
        return [*self.past, self._sent(), *ended, {"role": "assistant", "content": STOPPED}]

    def _sent(self) -> Shown:
        files = [{"path": path, "alt_text": Path(path).name} for path in self.files]
        return {"role": "user", "content": [*files, plain(self.text) or " "]}

    def _work(self) -> None:
        try:
            for event in self.assistant.stream(self.text, self.files, self.user, self.session):
                match event:
                    case StepStarted():
                        self._steps[event.id] = event
                    case StepFinished():
                        self._steps[event.id] = event.step
                    case TextDelta():
                        self._written += event.text
                    case Finished():
                        self._reply = event.reply
                with self._changed:
                    self._changed.notify_all()
        except Exception:
            log.exception("a turn of the web chat failed")
            self._reply = Reply(text=BROKEN, session=self.session)
        with self._changed:
            self.running = False
            self._changed.notify_all()


def _still(part: Shown) -> Shown:
    """A message whose spinner stands still."""
    if part.get("metadata", {}).get("status") != "pending":
        return part
    return {**part, "metadata": {**part["metadata"], "status": "done"}}
