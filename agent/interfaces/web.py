"""The web chat: `sightline chat --web` (Gradio, offline, for several people at once).

Each browser is a user of its own, known by a random token it keeps, unless the server has logins.
History lives on the server: a conversation is reopened from the list, after a reload or a restart.
"""

import os
import re
import secrets
import socket
import threading
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import gradio as gr

from ...tools.limits import Limits
from ..assistant import Assistant
from .chat_view import ChatView, Shown
from .live_turn import LiveTurn
from .presenting import KNOWS, TAGLINE

EXAMPLES = Path(__file__).parent / "examples"
_EXAMPLES = (
    ("table.png", "How many shiny things are there?"),
    ("blocks.png", "Where is the leftmost cylinder?"),
    ("receipt.jpg", "What is the total?"),
    ("invoice.jpg", "Who sent this invoice?"),
)
_FILE_TYPES = ["image", ".pdf", "video", ".gif"]
_AT_ONCE = 6
_WAITING = 48
_TOKEN = re.compile(r"[0-9a-f]{32}")
_STYLE = Path(__file__).with_name("web.css")
_SURE = "(state) => [state, confirm('Delete this conversation for good?')]"

State = dict[str, str]


class WebChat:
    """The handlers behind the page; every one of them starts from who is asking.

    Args:
        folder: for pictures shown in browsers and the server's secret; below the home if None.
    """

    def __init__(self, assistant: Assistant, folder: Path | None = None) -> None:
        self.assistant = assistant
        self.folder = folder or assistant.home / "web"
        self.view = ChatView(assistant, self.folder)
        self._live: dict[tuple[str, str], LiveTurn] = {}

    def opened(
        self, state: Any, request: gr.Request
    ) -> Iterator[tuple[list[Shown], Any, State, Any]]:
        """A page was loaded: (chat, textbox, state, conversations).

        A turn that was under way when the page was closed is followed to its end.
        """
        state = known(state)
        user = self.user(state, request)
        # The page may have been closed before it learnt the conversation's name.
        mine = [s for (whose, s), turn in self._live.items() if whose == user and turn.running]
        if mine and not state["session"]:
            state = {**state, "session": mine[-1]}
        live = self._live.get((user, state["session"]))
        if live is not None and live.running:
            yield live.shown(), busy_box(), state, self.listed(user, state)
            for shown in live.follow():
                yield shown, gr.skip(), gr.skip(), gr.skip()
        shown = self.view.conversation(user, state["session"])
        yield shown, ready_box(), state, self.listed(user, state)

    def send(
        self, message: Any, state: Any, request: gr.Request
    ) -> Iterator[tuple[list[Shown], Any, State, Any]]:
        """One turn, streamed: (chat, textbox, state, conversations)."""
        message = message if isinstance(message, dict) else {}
        text, files = str(message.get("text") or ""), list(message.get("files") or ())
        yield from self._turn(text, files, known(state), request)

    def send_example(
        self, state: Any, request: gr.Request, picked: gr.SelectData
    ) -> Iterator[tuple[list[Shown], Any, State, Any]]:
        """An example picture was clicked: ask its question."""
        index = picked.index if isinstance(picked.index, int) else picked.index[0]
        name, text = examples()[index]
        yield from self._turn(text, [str(EXAMPLES / name)], known(state), request)

    def stop(self, state: Any, request: gr.Request) -> tuple[list[Shown], Any, Any]:
        """Stop the turn that runs: (chat, textbox, conversations)."""
        state = known(state)
        user = self.user(state, request)
        live = self._live.get((user, state["session"]))
        if live is not None and live.running:
            shown = live.stop()
        else:
            shown = self.view.conversation(user, state["session"])
        return shown, ready_box(), self.listed(user, state)

    def new(self, state: Any, request: gr.Request) -> tuple[State, list[Shown], Any, Any]:
        """Begin another conversation: (state, chat, textbox, conversations)."""
        state = {**known(state), "session": ""}
        return state, [], ready_box(), self.listed(self.user(state, request), state)

    def open(self, session: Any, state: Any, request: gr.Request) -> tuple[State, list[Shown]]:
        """Reopen a conversation of the list: (state, chat)."""
        state = {**known(state), "session": str(session or "")}
        return state, self.view.conversation(self.user(state, request), state["session"])

    def delete(self, state: Any, sure: bool, request: gr.Request) -> tuple[State, list[Shown], Any]:
        """Delete the open conversation: (state, chat, conversations)."""
        state = known(state)
        user = self.user(state, request)
        if sure and state["session"]:
            self.assistant.stop(user, state["session"])
            self.assistant.delete(user, state["session"])
            state = {**state, "session": ""}
        return state, self.view.conversation(user, state["session"]), self.listed(user, state)

    def user(self, state: State, request: gr.Request) -> str:
        """Who is asking: the name they logged in with, else their browser's token."""
        return request.username or f"web-{state['user']}"

    def listed(self, user: str, state: State) -> Any:
        """The list of conversations, the open one marked."""
        sessions = self.assistant.sessions(user)
        choices = [(session.title or "New conversation", session.id) for session in sessions]
        here = state["session"] if any(s.id == state["session"] for s in sessions) else None
        return gr.update(choices=choices, value=here, visible=bool(choices))

    def _turn(
        self, text: str, files: Sequence[str], state: State, request: gr.Request
    ) -> Iterator[tuple[list[Shown], Any, State, Any]]:
        user = self.user(state, request)
        state = {**state, "session": state["session"] or uuid.uuid4().hex[:12]}
        live = LiveTurn(self.assistant, self.view, user, state["session"], text, files)
        self._live[user, state["session"]] = live
        live.start()
        yield live.shown(), busy_box(), state, gr.skip()
        for shown in live.follow():
            yield shown, gr.skip(), gr.skip(), gr.skip()
        if live.stopped:
            return
        yield live.shown(), ready_box(), state, self.listed(user, state)


def known(state: Any) -> State:
    """A browser's state, made whole: a token for who it is, and the open conversation."""
    state = state if isinstance(state, dict) else {}
    token, session = str(state.get("user", "")), str(state.get("session") or "")
    if not _TOKEN.fullmatch(token):
        token, session = secrets.token_hex(16), ""
    return {"user": token, "session": session[:64]}


def examples() -> list[tuple[str, str]]:
    """Example pictures that are shipped, with a question each."""
    return [(name, text) for name, text in _EXAMPLES if (EXAMPLES / name).is_file()]


def busy_box() -> Any:
    """The textbox while a turn runs: empty, with a stop button."""
    return gr.update(value=None, submit_btn=False, stop_btn=True)


def ready_box() -> Any:
    """The textbox when a turn has ended."""
    return gr.update(submit_btn=True, stop_btn=False)


def build(chat: WebChat, limits: Limits) -> gr.Blocks:
    """The page."""
    shipped = examples()
    with gr.Blocks(
        title="Sightline", fill_height=True, analytics_enabled=False, delete_cache=(3600, 86400)
    ) as page:
        state = gr.BrowserState(None, storage_key="sightline", secret=chat.view.secret.hex()[:16])
        with gr.Sidebar(width=280, elem_id="conversations"):
            new = gr.Button("New conversation", variant="primary", elem_id="new")
            sessions = gr.Radio(
                label="Your conversations", choices=[], visible=False, elem_id="sessions"
            )
            delete = gr.Button("Delete this conversation", size="sm", elem_id="delete")
            sure = gr.Checkbox(visible=False)
            gr.Markdown(
                f"**What it knows.** {KNOWS}\n\nPictures of up to "
                f"{limits.picture_bytes / 1e6:g} MB, PDFs of up to {limits.pages} pages. "
                "Everything stays on this machine.",
                elem_id="knows",
            )
        gr.Markdown(f"# Sightline\n{TAGLINE}", elem_id="title")
        chatbot = gr.Chatbot(
            elem_id="chat",
            label="Conversation",
            show_label=False,
            scale=1,
            height="calc(100vh - 190px)",
            layout="bubble",
            render_markdown=False,
            latex_delimiters=[],
            feedback_options=None,
            buttons=["copy"],
            placeholder="## Drop a picture or a PDF below, or try one of these",
            examples=[
                {
                    "text": text,
                    "display_text": text,
                    "files": [str(EXAMPLES / name)],
                    "icon": {"path": str(EXAMPLES / name), "meta": {"_type": "gradio.FileData"}},
                }
                for name, text in shipped
            ],
        )
        box = gr.MultimodalTextbox(
            elem_id="box",
            show_label=False,
            label="Your message",
            placeholder="Ask about a picture, a document or a clip...",
            file_types=_FILE_TYPES,
            file_count="multiple",
            sources=["upload"],
            max_lines=8,
            autofocus=True,
        )
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        turn = [chatbot, box, state, sessions]
        many: dict[str, Any] = {**quiet, "concurrency_limit": _AT_ONCE, "concurrency_id": "turns"}
        loading = page.load(chat.opened, [state], turn, **many)
        sending = box.submit(chat.send, [box, state], turn, **many)
        trying = chatbot.example_select(chat.send_example, [state], turn, **many)
        running: Any = [loading, sending, trying]
        box.stop(chat.stop, [state], [chatbot, box, sessions], cancels=running, **quiet)
        new.click(chat.new, [state], [state, chatbot, box, sessions], cancels=running, **quiet)
        sessions.input(chat.open, [sessions, state], [state, chatbot], cancels=running, **quiet)
        delete.click(
            chat.delete, [state, sure], [state, chatbot, sessions], js=_SURE,
            cancels=running, **quiet,
        )  # fmt: skip
    return page.queue(max_size=_WAITING, default_concurrency_limit=_AT_ONCE, api_open=False)


def serve(
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int | None = None,
    share: bool = False,
    logins: Sequence[tuple[str, str]] = (),
    wait: bool = True,
) -> tuple[gr.Blocks, str]:
    """Start the web chat, print its address and, unless told otherwise, serve until Ctrl-C.

    Returns:
        The page and its address.

    Raises:
        ValueError: the port is taken, or the host is no address of this machine.
    """
    _can_listen(host)
    chat = WebChat(assistant)
    # Uploads lie in the home folder too, not in a folder that all users of a machine share.
    uploads = chat.folder / "uploads"
    uploads.mkdir(parents=True, exist_ok=True)
    os.environ["GRADIO_TEMP_DIR"] = str(uploads)
    page = build(chat, assistant.limits)
    settings: dict[str, Any] = {"auth": list(logins) or None, "share": share}
    try:
        address = _launch(page, chat, host, port, settings)
    except OSError as error:
        raise ValueError(f"Port {port or 7860} of {host} is taken; try --port.") from error
    print(f"Sightline is ready at {address}  (Ctrl-C stops it)", flush=True)
    threading.Thread(target=_warm_up, args=(assistant,), daemon=True).start()
    if wait:
        page.block_thread()
    return page, address


def _can_listen(host: str) -> None:
    """Raise where no port of `host` can be had: the server would try them all, and say nothing."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.bind(place)
    except OSError as error:
        raise ValueError(
            f"I can't listen on {host}; --host takes an address of this machine, such as 127.0.0.1."
        ) from error


def _launch(
    page: gr.Blocks, chat: WebChat, host: str, port: int | None, settings: dict[str, Any]
) -> str:
    _, address, shared = page.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        show_error=False,
        footer_links=[],
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        max_file_size=max(chat.assistant.limits.document_bytes, chat.assistant.limits.clip_bytes),
        allowed_paths=[str(chat.view.folder), str(EXAMPLES)],
        theme=theme(),
        css=_STYLE.read_text(encoding="utf-8"),
        **settings,
    )
    return str(shared or address)


def theme() -> gr.Theme:
    """Calm colours, system fonts, nothing fetched."""
    return gr.themes.Soft(
        primary_hue="teal",
        secondary_hue="teal",
        neutral_hue="slate",
        font=("system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif"),
        font_mono=("ui-monospace", "Consolas", "monospace"),
    ).set(
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_text_color="white",
    )


def _warm_up(assistant: Assistant) -> None:
    try:
        assistant.warm_up()
    except Exception:  # what is missing is said in the first answer
        return
