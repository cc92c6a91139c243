"""The memory in one turn: what the person wrote decides what may be remembered and forgotten.

Words of documents, pictures, tools and memories never do: whatever a planner asks for, a fact must
stand in the person's own message, and so must the wish to forget.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL.Image import Image

from ...tools.base import joined
from ...tools.results import Memory as MemoryEvidence
from ...tools.results import ModelRef, ToolError, ToolResult
from ..policy import own_words
from .asking import of_world, read_ask, terms
from .chroma import StoreBusy
from .facts import same_fact
from .forgetting import Doomed, Forgetter
from .past import Remembered, Trace, read_past, traces_of
from .ranking import COSINE_FLOOR, Found
from .recalling import Memory
from .telling import NOTHING, sentence_of

CONFIRM: Final = "confirm"
FORGOTTEN: Final = "forgotten"
WHICH: Final = "which"
NOTHING_THERE: Final = "none"
# Answers of a `forget` that has forgotten nothing.
ASKED_BACK: Final = frozenset({CONFIRM, WHICH, NOTHING_THERE})
_MODEL: Final = ModelRef(name="memory")
_ASKING: Final = (
    r"(?:^\W*|[.!?]\s+|\b(?:you|can|could|should|may|and|please|then|to|also|just|so|hey|ok|okay)\b"
    r"[\s,]*)"
)
_ERASE: Final = (
    r"(?:delete|erase|wipe|clear|remove|drop|strike|get rid of|purge|scrub|throw away|destroy)"
)
ASKS_TO_FORGET: Final = re.compile(
    rf"{_ASKING}(?:forget|unlearn|stop remembering|no longer (?:remember|keep)"
    # "Forget the counting" takes back what was just asked for.
    r"|don'?t (?:remember|keep))\b(?! to\b)(?! (?:about )?the \w+ing\b)"
    rf"|{_ASKING}{_ERASE}\b.*\b(?:memor\w*|remember\w*|your (?:notes|records|head|mind)"
    r"|conversations?|chats?|history|sessions?"
    r"|discussions?|data|everything (?:you|i|we|about|of (?:me|mine|ours)|from|that)"
    r"|you (?:have|know)|know about|about me|i (?:told|showed|said|sent|shared)|we talked"
    r"|all (?:of it|my|our))\b"
    rf"|^\W*(?:please )?{_ERASE} everything\W*$",
    re.IGNORECASE,
)
# "Take the one with the ball out of my album": the file stays in the conversation.
OUT_OF_ALBUM: Final = re.compile(
    rf"{_ASKING}(?:take|remove|delete|erase|drop|throw|get|kick)\b(?P<what>.*?)"
    r"\s+(?:out of|from|off)\s+(?:my|the|our)\s+(?:\w+ )?(?:album|gallery|library|collection)\b",
    re.IGNORECASE,
)
_EVERYTHING: Final = re.compile(
    r"\b(?:everything|all (?:of (?:it|my|our|the)|my|our|the|that) ?(?:data|memor\w+|conversations?"
    r"|chats?|files|stuff|history)?|(?:our|my|the|this) (?:whole |entire |complete |full )?"
    r"(?:chat |conversation )?(?:history|memory|data)|your (?:whole |entire )?memory"
    r"|all (?:memories|conversations|chats)|forget me|(?:about|on) me"
    r"|all (?:that )?(?:you(?:['’]ve)?|i(?:['’]ve)?|we(?:['’]ve)?)\b)\b",
    re.IGNORECASE,
)
_THIS_TALK: Final = re.compile(
    r"\b(?:this|our current|the current|the present) (?:whole |entire )?"
    r"(?:conversation|chat|session|talk|discussion)\b",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    r"^.*?\b(?:forget|unlearn|stop remembering|remember|keep|delete|erase|wipe|clear|remove|drop"
    r"|strike|get rid of|purge|scrub)\b(?: about)?(?: that\b)?\s*",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"\s*\b(?:from|in|out of|off) your (?:memory|notes|head|mind)\b|\s*\bcompletely\b"
    r"|\s*\b(?:you (?:know|remember|have)|what you (?:know|remember|have))(?: about| of)?\b",
    re.IGNORECASE,
)
_OF_THAT: Final = re.compile(
    r"\b(?:it|that|this|then|there|he|she|his|her|they|them|their)\b", re.IGNORECASE
)
_FROM_MEMORY: Final = re.compile(
    r"(?<=\w)\s+(?:from|in|out of|off) your (?:whole |entire )?(?:memory|notes|head|mind)\b",
    re.IGNORECASE,
)
_YES: Final = re.compile(
    r"\W*(?:yes|yep|yeah|yup|sure|ok|okay|confirm(?:ed)?|do it|go ahead|please do|i do|i mean it"
    r"|i'?m sure|i am sure|absolutely|definitely|of course|certainly|right|correct|forget it all"
    r"|(?:yes,? )?forget (?:everything|it|them|all of it|all|that))"
    r"(?:[\s,.!]+(?:please|yes|do it|do|go ahead|forget (?:everything|it|them|all|all of it|that)"
    r"|all of it|everything|i'?m sure|i am sure|sure|thanks|thank you|now"
    r"|delete (?:it|everything)))*"
    r"\W*",
    re.IGNORECASE,
)
_MARGIN: Final = 0.08
_MOST_NAMED: Final = 4


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a wish to forget means.

    Attributes:
        doomed: what would go.
        named: what it is, in words that follow "forget".
        sure: it may go without asking back.
        rivals: other things that may be meant just as well.
    """

    doomed: Doomed
    named: str
    sure: bool = True
    rivals: tuple[Trace, ...] = ()


class TurnMemory:
    """Implements `tools.base.Keeper`.

    Args:
        memory, forgetter: the user's.
        said: what the person wrote in this turn.
        session: the conversation; "" where none is kept.
        keeps: whether the turn will be written down.
    """

    def __init__(
        self, memory: Memory, forgetter: Forgetter, said: str, session: str, keeps: bool
    ) -> None:
        self.memory = memory
        self.forgetter = forgetter
        self.said = said
        self.session = session
        self.keeps = keeps

    def recall(self, words: str, picture: Image | None = None, artifact: str = "") -> ToolResult:
        """See `Memory.recall`; "which day was that?" is of what was recalled or told last."""
        found = self.memory.recall(words, picture, artifact, self.session)
        if found.answer == NOTHING_THERE and picture is None and _OF_THAT.search(words):
            return self._told_last() or found
        return found

    def _told_last(self) -> ToolResult | None:
        """What the turn before this one recalled or was told, once more; None where it did not."""
        last = self._last()
        if last is None or not {"recall", "remember"} & set(last.tools):
            return None
        reply = last.said.reply if last.said else None
        cited = [e.id for e in reply.evidence if isinstance(e, MemoryEvidence)] if reply else []
        wanted = cited[0] if cited else f"{last.id}/fact/0"
        past = traces_of(read_past(self.memory.log, self.memory.user))
        trace = next((t for t in past if t.id == wanted), None)
        if trace is None:
            return None
        text = sentence_of(trace, self.memory.now(), self.memory.store)
        return ToolResult(
            text=f"{text[0].upper()}{text[1:]}",
            answer=trace.text if trace.kind == "fact" else None,
            evidence=(MemoryEvidence(id=trace.id, label=_short(trace.text)),),
            artifacts=tuple(trace.turn.asked.attachments),
            model=_MODEL,
        )

    def remember(self, fact: str) -> ToolResult:
        """Promise to keep a fact; it is kept with the turn, in the log.

        Raises:
            ToolError: not the person's own words of this turn, or the turn is not kept.
        """
        fact = " ".join(fact.split()).rstrip(".! ")
        if len(_bare(fact).split()) < 2 or _bare(fact) not in _bare(own_words(self.said)):
            raise ToolError("I only keep facts that you tell me in your own words.")
        if not self.keeps:
            raise ToolError("This conversation is not kept, so I can't keep facts from it.")
        return ToolResult(text=f"I'll remember: “{fact}”.", model=_MODEL)

    def knows(self, question: str, wholly: bool = False) -> bool:
        """Whether a fact the person stated shares a word with `question` that says something.

        Args:
            wholly: all such words, and one of them that no tabletop is described with.
        """
        wanted = {term for term in terms(question) if not term.isdigit()}
        for fact in self.memory.facts() if wanted else ():
            shared = wanted & set(terms(fact.text))
            if shared and not (wholly and (shared < wanted or all(map(of_world, shared)))):
                return True
        return False

    @property
    def awaits_yes(self) -> bool:
        """Whether the last turn asked if something is really to be forgotten."""
        last = self._last()
        reply = last.said.reply if last and last.said else None
        return reply is not None and reply.answer == CONFIRM and last is not None and (
            "forget" in last.tools
        )  # fmt: skip

    def forget(self, what: str, artifact: str = "") -> ToolResult:
        """Forget what is meant; of much, or where it is unclear, ask back first.

        Raises:
            ToolError: the person did not ask for it in this turn, or the index is in use.
        """
        own = own_words(self.said)
        if self.awaits_yes and says_yes(own):
            last = self._last()
            assert last is not None  # it asked
            return self._done(self._target(last.asked.text, ""))
        if out := OUT_OF_ALBUM.search(own):
            return self._out_of_album(out["what"].strip(), artifact)
        if not ASKS_TO_FORGET.search(own):
            raise ToolError("I only forget something when you ask for it in your own words.")
        words = what if _bare(what) in _bare(own) else own
        target = self._target(
            words if ASKS_TO_FORGET.search(words) else f"forget {words}", artifact
        )
        if not target.doomed.turns and not target.doomed.artifacts:
            return ToolResult(text=f"{NOTHING} So there is nothing to forget.",
                              answer=NOTHING_THERE,
                              model=_MODEL)  # fmt: skip
        if target.rivals:
            return self._which(target)
        if not target.sure:
            return ToolResult(
                text=(
                    f"Forget {target.named}? That is {_counted(target.doomed)}, and it can't be "
                    "undone. Say “yes” and I'll forget it."
                ),
                answer=CONFIRM,
                evidence=tuple(
                    MemoryEvidence(id=turn.id, label=_short(turn.asked.text))
                    for turn in target.doomed.turns[:_MOST_NAMED]
                ),
                model=_MODEL,
            )
        return self._done(target)

    def _out_of_album(self, what: str, artifact: str) -> ToolResult:
        """Take the one file that `what` means, or `artifact`, out of the album."""
        album = self.memory.album
        if album is None:
            raise ToolError("Your album is not open here, so I can't change it.")
        gone = artifact
        if not gone:
            found = album.search(f"find {what}")
            if len(found.artifacts) != 1:
                text = f"Which one? {found.text}" if found.artifacts else found.text
                return ToolResult(text=text, answer=WHICH, evidence=found.evidence, model=_MODEL)
            (gone,) = found.artifacts
        name = self._name(gone)
        if not album.remove(gone):
            raise ToolError(f"{name} is not in your album.")
        return ToolResult(
            text=f"I took {name} out of your album; the conversation that showed it stays.",
            answer=FORGOTTEN,
            model=_MODEL,
        )

    def _done(self, target: Target) -> ToolResult:
        proof = self.forgetter.forget(target.doomed)
        if not proof.clean:
            places = joined(proof.places)
            raise ToolError(f"I could not forget all of it: something is left in the {places}.")
        return ToolResult(
            text=(
                f"I forgot {target.named}: {_counted(target.doomed)}. Nothing of it is left in our "
                "conversations, your files or my memory's index."
            ),
            answer=FORGOTTEN,
            model=_MODEL,
            detail={"proof": proof.left},
        )

    def _which(self, target: Target) -> ToolResult:
        now = self.memory.now()
        lines = [sentence_of(trace, now, self.memory.store) for trace in target.rivals]
        listed = "\n".join(f"- {line[0].upper()}{line[1:]}" for line in lines)
        return ToolResult(
            text=f"Which of these should I forget? Please name it more closely.\n{listed}",
            answer=WHICH,
            evidence=tuple(
                MemoryEvidence(id=trace.id, label=_short(trace.text)) for trace in target.rivals
            ),
            model=_MODEL,
        )

    def _target(self, words: str, artifact: str) -> Target:
        forgetter, past = self.forgetter, read_past(self.memory.log, self.memory.user)
        if artifact:
            name = self.memory.store.get(artifact).name
            return Target(doomed=forgetter.with_all_about(artifacts=[artifact]), named=name)
        if _THIS_TALK.search(words):
            turns = [turn for turn in past if turn.session == self.session]
            return Target(doomed=forgetter.with_all_about(turns), named="this conversation")
        core = _TAIL.sub(" ", _LEAD.sub("", words, count=1)).strip(" .!?")
        ask = read_ask(core, self.memory.now())
        scoped = ask.span is not None or ask.talk is not None
        # "Wipe the code from your memory" is of the code; "wipe your memory" of all there is.
        if not scoped and _EVERYTHING.search(_FROM_MEMORY.sub("", words)) and not _narrowed(core):
            return Target(doomed=forgetter.everything(), named="everything I know of you",
                          sure=False)  # fmt: skip
        try:
            vectors = self.memory.caught_up()
        except StoreBusy:
            vectors = None
        if scoped and not ask.topic and not ask.order:
            found = self.memory.find(ask, past, self.session, vectors)
            turns = self.memory.scoped(ask, past, self.session)
            if ask.kinds or ask.about:
                turns = [f.trace.turn for f in found]
            whole = forgetter.with_all_about(turns)
            return Target(doomed=whole, named="all of that", sure=len(whole.turns) < 2)
        return self._thing(core, self.memory.find(ask, past, self.session, vectors))

    def _thing(self, core: str, found: Sequence[Found]) -> Target:
        """The one thing that `core` names best."""
        if not found:
            return Target(doomed=Doomed(), named="")
        best = found[0]
        facts = [f for f in found if f.trace.kind == "fact"]
        exact = next((f for f in facts if same_fact(f.trace.text, core)), None)
        if exact is not None:
            best = exact
        rivals: list[Trace] = []
        for other in found if exact is None else ():
            new = all(not _same_thing(other.trace, t) for t in (best.trace, *rivals))
            if other.score > best.score - _MARGIN and new and other.score > COSINE_FLOOR:
                rivals.append(other.trace)
        trace = best.trace
        named = f"“{_short(trace.text)}”"
        files: Sequence[str] = ()
        if trace.kind == "turn" and trace.turn.asked.attachments:
            files = trace.turn.asked.attachments
            named = joined([self._name(file) for file in files])
        doomed = self.forgetter.with_all_about([trace.turn], files)
        return Target(
            doomed=doomed,
            named=named,
            rivals=(trace, *rivals)[:_MOST_NAMED] if rivals else (),
        )

    def _name(self, artifact: str) -> str:
        try:
            return self.memory.store.get(artifact).name
        except ToolError:
            return "a file"

    def _last(self) -> Remembered | None:
        """The turn before this one, in this conversation."""
        if not self.session:
            return None
        past = read_past(self.memory.log, self.memory.user)
        return next((t for t in reversed(past) if t.session == self.session), None)


def says_yes(text: str) -> bool:
    """Whether a message agrees, and says nothing else."""
    return bool(_YES.fullmatch(text.strip()))


def _same_thing(one: Trace, other: Trace) -> bool:
    """Whether forgetting one forgets the other: one turn, one file, or the same fact again."""
    if one.turn.id == other.turn.id:
        return True
    if one.kind == other.kind == "fact":
        return same_fact(one.text, other.text)
    return bool(one.turn.artifacts & other.turn.artifacts)


def _narrowed(core: str) -> bool:
    """Whether "everything" is everything about something: "everything about my bike"."""
    rest = re.sub(r"(?i)\b(?:about|of) (?:me|us|myself)\b|\b(?:you|i|we) \w+(?: you)?\b", " ", core)
    return bool(re.search(r"(?i)\b(?:about|of|with|from|concerning) (?!it\b|them\b|our\b|my\b)\w+"
                          r"|\babout (?:my|our) \w+", rest))  # fmt: skip


def _counted(doomed: Doomed) -> str:
    """ "3 turns and 1 file"."""
    turns, files = len(doomed.turns), len(doomed.artifacts)
    parts = [f"{turns} turn{'s' * (turns != 1)} of our conversations"] if turns else []
    parts += [f"{files} file{'s' * (files != 1)}"] if files else []
    return joined(parts)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:77]}..."
