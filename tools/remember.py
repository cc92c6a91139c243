"""Keep a fact for later conversations, in the person's own words."""

from typing import Any, ClassVar

from pydantic import BaseModel, Field

from .base import SightlineTool, Specialist, ToolArgs
from .results import ToolResult


class RememberArgs(ToolArgs):
    """Arguments of `remember`."""

    fact: str = Field(
        min_length=1, max_length=500, description="the fact, in the words of the user's last turn"
    )


class RememberTool(SightlineTool):
    """The `remember` tool."""

    name: str = "remember"
    description: str = (
        "Keep a fact that the user states about themselves or their things, for later "
        "conversations."
    )
    args_schema: type[BaseModel] = RememberArgs
    specialist: ClassVar[Specialist] = "librarian"
    argument: ClassVar[str] = "fact"
    changes: ClassVar[bool] = True
    examples: ClassVar[tuple[str, ...]] = (
        "remember that the blue mug is Anna's",
        "my bike is the red one",
        "please remember that I'm allergic to nuts",
        "note that our flat is number 12",
        "keep in mind that I prefer metric units",
        "don't forget that my sister's name is Clara",
        "make a note: the spare key is under the pot",
        "for the future: my car is the green one",
        "remember my locker number is 42",
        "just so you know, the white suitcase belongs to Tom",
        "by the way, I live in Oslo",
        "call me Sam from now on",
        "FYI our dog is called Rex",
        "can you remember that my shift starts at nine?",
        "save this: the tall plant is a gift from Mia",
        "write down that my favourite colour is teal",
        "I want you to know that the silver laptop is mine",
        "store that: Ben's birthday is in May",
        "hold on to this, my desk is the one by the window",
        "you should know that I work night shifts",
        "could you keep a note that the yellow folder is for taxes?",
        "add to your memory that I'm left-handed",
        "memorise this please: my wifi is called BlueNet",
        "the small cube is my daughter's, remember that",
        "bear in mind we don't eat pork",
        "let me tell you something about me: I collect stamps",
        "next time you should know that my boat is the white one",
        "remember for later that the purple box holds the tools",
        "my favourite shape is the cylinder",
        "that big cylinder is my paint pot, please remember it",
        "learn this: my brother's bike is the blue one",
        "put in your notes that I take my coffee black",
    )

    def look(self, fact: str, **_: Any) -> ToolResult:
        """Keep it."""
        return self.context.keeper().remember(fact)
