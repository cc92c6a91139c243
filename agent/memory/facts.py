"""Facts that a person states about themselves and their things: "my bike is the red one".

    stated("By the way, my bike is the red one. How many cubes are there?")
    # ["my bike is the red one"]

Plain patterns, and careful ones: a question, an order, a condition, a quotation or a word about
the picture at hand is no fact. Only ever give this the person's own words.
"""

import re
from typing import Final

from ..policy import own_words

_LONGEST: Final = 300
# A request may follow in one breath: "my eyes are bad - do you see the can?".
_SENTENCE: Final = re.compile(
    r"(?<=[.!?])\s+|\s*\n+\s*|\s*;\s+"
    r"|(?:\s+[-–—]+|[,:])\s+(?=(?:what|which|where|how|who|is there|are there|do you|does|can you"
    r"|could you|please (?!call|remember|note|keep|don't)|show|find|point|mark|highlight|tell"
    r"|describe|count|list|circle"
    r"|locate|indicate|select|pick)\b)"
    r"|,?\s+and\s+(?=(?:please )?(?:tell me|show me|count|describe|find|point|how many|what is"
    r"|what's|what are|where is|can you|could you)\b)",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"^\W*(?:(?:by the way|btw|fyi|for your information|also|and|so|oh|ok|okay|well|hey|hi|hello"
    r"|actually|please(?= call me)|just so you know|for the record|note|please note|remember"
    r"|(?:next time )?you should know|i want you to know|hold on to this"
    r"|let me tell you something(?: about me)?"
    r"|i should (?:say|mention|add)|(?:just )?to let you know|before i forget|one more thing"
    r"|correction|update|(?:scratch|scrap|strike) that|i meant|i mean"
    r"|let me correct (?:that|myself)|no,? wait"
    r"|another thing|incidentally|as you may know|now)\b(?: that\b)?[\s,:.-]*)+",
    re.IGNORECASE,
)
_FOR_EACH: Final = re.compile(
    r"(?:for|of|in|all|each|every)\b.*\b(?:who|what|which|where|how (?:many|much))\b", re.IGNORECASE
)
_POLITE: Final = re.compile(r"\W*(?:please )?(?:can|could|would|will) you\b", re.IGNORECASE)
_KEEP: Final = re.compile(
    r"^\W*(?:(?:please|pls|hey|ok|okay|and|also|so|btw|by the way|can you|could you|would you"
    r"|will you|i want you to|i'd like you to|you should|kindly|just)\b[\s,]*)*"
    r"(?:remember|memori[sz]e|note|keep in mind|bear in mind|don't forget|do not forget"
    r"|never forget|make a note|take a note|keep a note|write down|store|save|put in your notes"
    r"|add to your (?:memory|notes)|learn|something (?:about me|else|to remember)"
    r"|for (?:the|your) (?:future|record|notes))\b"
    r"(?: (?:of|this|down|for (?:later|me|the future)))?"
    r"(?:\s*[:,-]\s*|\s+that\b\s*|\s+)(?P<fact>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_KEEP_AFTER: Final = re.compile(
    r"^(?P<fact>.+?)[\s,;.!-]+(?:please |and |so )?(?:remember|don't forget|note|keep|memori[sz]e)"
    r" (?:that|this|it)(?: please| for (?:me|later))?\W*$",
    re.IGNORECASE | re.DOTALL,
)
# "Remember the receipt" asks; "remember the key is under the pot" tells.
_TELLS: Final = re.compile(
    r"\b(?:is|are|was|were|am|has|have|belongs?|likes?|loves?|lives?|works?|prefers?|hates?"
    r"|called|named|means|needs?|wants?|drives?|goes|can't|cannot|don't|doesn't|never|always|holds?"
    r"|takes?|costs?|starts?|collect|live|work|like|love|prefer|hate|take|eat|drink|call me)\b"
    r"|'s |'m ",
    re.IGNORECASE,
)
# "Note down: locker code 4417" tells without a verb.
_NUMBER: Final = re.compile(r"\w\D*\d{3,}")
_NO_FACT: Final = re.compile(
    r"^(?:what|which|who|whose|where|when|why|how|is|are|was|were|do|does|did|can|could|would|will"
    r"|should|shall|have|has|may|if|when|whether|unless|suppose|let's|please|show|find|tell|give"
    r"|make|turn|count|describe|don't|do)\b",
    re.IGNORECASE,
)
_UNSURE: Final = re.compile(
    r"\b(?:maybe|perhaps|probably|i think|i guess|i wonder|if|might|not sure|whether)\b|\?",
    re.IGNORECASE,
)
# What people say of a request or of this conversation, not of themselves.
_PASSING: Final = re.compile(
    r"\bmy (?:\w+ )?(?:question|questions|guess|point|bad|mistake|fault|picture|pictures|photo"
    r"|photos|image|images|document|receipt|invoice|file|files|message|screen|turn|last|next"
    r"|request|problem|idea|answer|apologies|first|second)\b"
    r"|\bmy \w*(?:screenshots?|scans?|videos?|clips?|album|gallery)\b"
    r"|\b(?:i'd like|i would like|i want|i need|can (?:that|you|it|we)|could (?:that|you|it)"
    r"|sort it|fix (?:it|that)|in (?:this|it|here|that)|to know)\b"
    r"|^i(?:'m| am) (?:sorry|sure|not|asking|looking|trying|going|wondering|just|talking|afraid"
    r"|confused|done|back|here|ready|happy|glad|interested|curious|still|only|referring|after|fine"
    r"|ok|okay|good|bored|thinking|sending|showing|uploading|attaching|guessing|seeing|about|good"
    r"|impressed|lost|testing|hoping)\b"
    r"|^i have (?:\w+ ){0,2}(?:question|questions|request|wish|favou?r)\b"
    r"|^i (?:like|love|hate|prefer|need|want|own|have) (?:it|this|that|these|those|them|you|your"
    r"|how|what|to know|to see|a question|another|one more|the (?:answer|picture|way|idea))\b",
    re.IGNORECASE,
)
_BE: Final = (
    r"(?:is|are|was|were|'s|isn't|aren't|has|have|had|lives?|works?|likes?|loves?|hates?|prefers?"
    r"|drives?|plays?|studies|turns?|looks?|comes?|goes|called|named|costs?|leaves|arrives|starts|ends"
    r"|begins|opens|closes|departs|lands|expires|weighs|belongs|sits|takes place)"
)
_MODEL: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # My bike is the red one; our dog's called Rex.
        rf"^(?:my|our) [\w' -]{{1,60}}?(?: |'s ){_BE}?\b.*",
        # The blue mug is mine; the blue mug is Anna's; the tent belongs to Tom.
        r"^(?:the|that|this) [\w' -]{1,60}? (?:is|are) (?:mine|ours|(?!it's\b)[\w-]+'s|[\w-]+s'"
        r"|for [A-Z]\w+|from [A-Z]\w+)\W*$",
        r"^(?:the|that|this) [\w' -]{1,60}? belongs? to .+",
        # Anna is my sister; Rex is our dog.
        r"^[\w' -]{1,40}? (?:is|are|was) (?:my|our) [\w' -]{1,60}\W*$",
        # Anna's birthday is in May; Tom's car is green.
        r"^[A-Z]\w+'s [\w -]{1,40}? (?:is|are) .+",
        # I am allergic to nuts; I live in Oslo; I prefer tea; call me Sam.
        r"^i(?:'m| am) (?:a|an|the|allergic|vegan|vegetarian|left|right|from|called|named|married"
        r"|born|colou?r|blind|deaf|diabetic|\d+|based|studying|working|learning|saving|planning"
        r"|moving|training) ?.*",
        r"^i (?:live|work|study|like|love|hate|dislike|prefer|own|collect|drive|ride|play|speak"
        r"|was born|grew up|moved|always|never|usually|take my|can't (?:eat|stand|drink)|don't"
        r" (?:eat|drink|like)|have (?:a|an|two|three|four|five|no|\d+)|keep|teach|run|drink"
        r"|eat)\b.+",
        r"^(?:please )?call me \w+.*",
        r"^(?:you can|everyone|everybody|people|friends) calls? me \w+.*",
    )
)
_VERB: Final = re.compile(rf"\b{_BE}\b|'s ", re.IGNORECASE)


def stated(text: str) -> list[str]:
    """The facts in a person's own words, in their order, each a sentence without its full stop."""
    return list(dict.fromkeys(fact for _, fact in read(text) if fact))


def read(text: str) -> list[tuple[str, str]]:
    """The sentences of a message, quotes left out: (sentence, the fact it states or "")."""
    found = []
    for part in _SENTENCE.split(own_words(text)):
        if kept := _to_keep(part):
            found.append((part, kept))
        elif sentence := _OPENING.sub("", part).strip().rstrip(".! "):
            found.append((part, sentence if is_fact(sentence) else ""))
    return found


def _to_keep(sentence: str) -> str:
    """What a sentence asks to be remembered: "remember that the key is under the mat"."""
    for pattern in (_KEEP, _KEEP_AFTER):
        found = pattern.match(sentence)
        if found is None or not (_TELLS.search(found["fact"]) or _NUMBER.search(found["fact"])):
            continue
        # "Remember the mug that is blue?" asks; "can you remember that it is Anna's?" does not.
        if not sentence.rstrip().endswith("?") or _POLITE.match(sentence):
            fact = re.sub(r"(?i)^(?:\W|please\b)+", "", found["fact"]).rstrip(".!? ")
            asks = (_NO_FACT.match(fact) or _FOR_EACH.match(fact)) and not re.match(
                r"(?i)(?:don't|when i)\b", fact
            )
            return fact if 5 <= len(fact) <= _LONGEST and not asks else ""
    return ""


def is_fact(sentence: str) -> bool:
    """Whether a sentence, as `sentences` gives it, states a fact."""
    if not 5 <= len(sentence) <= _LONGEST or _UNSURE.search(sentence):
        return False
    if _NO_FACT.match(sentence) or _PASSING.search(sentence):
        return False
    if re.match(r"(?:my|our)\b", sentence, re.IGNORECASE) and not _VERB.search(sentence):
        return False
    return any(pattern.match(sentence) for pattern in _MODEL)


def same_fact(one: str, other: str) -> bool:
    """Whether two facts are the same words, capitals and punctuation aside."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
