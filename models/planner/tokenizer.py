"""The planner's tokenizer and chat template.

Byte-pair pieces that never cross a space or a punctuation mark, so that a word is spelt by the same
pieces wherever it stands: that is what lets a small model copy. The fixed parts of a Hermes call
are pieces of their own.
"""

from collections.abc import Iterable

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

END = "<|end|>"
PAD = "<|pad|>"
CALL, CALL_END = "<tool_call>", "</tool_call>"
NAME = '\n{"name": "'
ARGUMENTS = '", "arguments": {'
VALUE = '": "'
NEXT = '", "'
CLOSE = '"}}\n'
EMPTY = "}}\n"
TURN = "$turn"
SPECIAL = (PAD, END, "<|tools|>", "<|user|>", "<|assistant|>")
MARKS = (CALL, CALL_END, NAME, ARGUMENTS, VALUE, NEXT, CLOSE, EMPTY, TURN, "<data>", "</data>")

# System messages are left out: a model of this size knows its one task from training, and long
# prompts only take it further from what it was trained on.
TEMPLATE = """\
{%- if tools %}<|tools|>{% for tool in tools %} {{ tool.function.name }}{% endfor %}\
{{ "\\n" }}{% endif -%}
{%- for message in messages[-7:] if message.role != "system" -%}
{%- if message.role == "user" or message.role == "tool" -%}
<|user|>{{ message.content }}{{ "\\n" }}
{%- else -%}
<|assistant|>{{ message.content or "" }}
{%- for call in message.tool_calls or [] -%}
<tool_call>{{ "\\n" }}{"name": "{{ call.function.name }}", "arguments": \
{{ call.function.arguments if call.function.arguments is string \
else call.function.arguments | tojson }}}{{ "\\n" }}</tool_call>
{%- endfor -%}
<|end|>{{ "\\n" }}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt %}<|assistant|>{% endif -%}
"""


def train_tokenizer(texts: Iterable[str], size: int) -> PreTrainedTokenizerFast:
    """Byte-level BPE of `size` pieces (special ones included) taught from `texts`."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(  # pyright: ignore
        [
            pre_tokenizers.Split(Regex(r"\s|\d|[^\w\s]"), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()  # pyright: ignore
    trainer = trainers.BpeTrainer(
        vocab_size=size - len(MARKS),  # pyright: ignore
        special_tokens=list(SPECIAL),  # pyright: ignore
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),  # pyright: ignore
        min_frequency=2,  # pyright: ignore
        show_progress=False,  # pyright: ignore
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_tokens([AddedToken(mark, normalized=False) for mark in MARKS])
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token=END,
        pad_token=PAD,
        clean_up_tokenization_spaces=False,
        model_max_length=2048,
    )
    fast.chat_template = TEMPLATE
    return fast
