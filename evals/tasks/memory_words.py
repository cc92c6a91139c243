"""Wordings of the memory benchmark, written by hand: one bank for development, one for tests.

In `{}` stand a description of a picture, a time, a thing asked about, or a paper's name.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A kind of fact: how people state it, with six values, and how they ask for it later."""

    statements: tuple[str, ...]
    values: tuple[str, ...]
    dev: tuple[str, ...]
    test: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Bank:
    """Question wordings of one split."""

    pictures: tuple[str, ...]
    likeness: tuple[str, ...]
    any_shown: tuple[str, ...]
    first_shown: tuple[str, ...]
    last_shown: tuple[str, ...]
    talk_ago: tuple[str, ...]
    last_talk: tuple[str, ...]
    first_ever: tuple[str, ...]
    pages: tuple[str, ...]
    answered: tuple[str, ...]


DEV: Final = Bank(
    pictures=(
        "do you remember the picture with {}?",
        "which picture had {}?",
        "when did I show you {}?",
        "remind me of the photo with {}",
        "in which picture were there {}?",
        "did I ever send you a scene with {}?",
        "what did I ask about the picture with {}?",
        "I once showed you a photo of {}, remember?",
        "recall the image that had {}",
        "have I shown you a picture with {} before?",
    ),
    likeness=(
        "have I shown you this before?",
        "do you remember this picture?",
        "when did I send you this one?",
        "what did I ask you about this picture last time?",
        "have you seen this already?",
    ),
    any_shown=(
        "what did I show you {}?",
        "which pictures did I send you {}?",
        "do you remember what I showed you {}?",
        "remind me what I sent {}",
    ),
    first_shown=(
        "what was the first picture I showed you {}?",
        "what's the first thing I sent you {}?",
        "which file did I show you first {}?",
    ),
    last_shown=(
        "what was the last picture I showed you {}?",
        "what was the last thing I sent you {}?",
    ),
    talk_ago=(
        "what did I show you {} sessions ago?",
        "which pictures did I send {} conversations ago?",
    ),
    last_talk=(
        "what did I show you in our last conversation?",
        "what did I send you last session?",
    ),
    first_ever=(
        "what was the first thing I ever showed you?",
        "what's the very first picture I sent you?",
    ),
    pages=(
        "do you remember the {called} from {company}?",
        "when did I show you the {company} {called}?",
        "what did I ask about the {called} of {company}?",
        "remind me of the {called} I got from {company}",
    ),
    answered=(
        "what did you answer when I asked about the {}?",
        "how many {} did you count that time?",
        "what did you tell me about the {}?",
        "when did I ask you about {}?",
        "do you remember what you said about the {}?",
    ),
)

TEST: Final = Bank(
    pictures=(
        "can you recall a picture of {}?",
        "there was a photo with {}, when was that?",
        "what was the image I sent that had {} in it?",
        "you saw a picture with {} some time ago, which one was it?",
        "I'm trying to remember a scene with {}",
        "which of the pictures I showed you has {}?",
        "look back: did I send a photo with {}?",
        "remember that image where there were {}?",
        "what did we say about the picture with {}?",
        "on what day did I show you a picture with {}?",
    ),
    likeness=(
        "did I show you this one already?",
        "is this a picture you have seen from me before?",
        "do you recall this image?",
        "on which day did I show you this?",
        "what did you tell me about this picture back then?",
    ),
    any_shown=(
        "can you recall what I sent you {}?",
        "what have I shown you {}?",
        "{}, what did I show you?",
        "tell me again which files I gave you {}",
    ),
    first_shown=(
        "which picture did I show you first {}?",
        "{}, what was the first file I sent?",
        "what did I show you {} to begin with?",
    ),
    last_shown=(
        "which picture was the last one I showed you {}?",
        "{}, what did I send you last?",
    ),
    talk_ago=(
        "can you recall what I showed you {} conversations back?",
        "what did I give you {} chats ago?",
    ),
    last_talk=(
        "in our previous chat, what did I show you?",
        "what pictures did I send the last time we talked?",
    ),
    first_ever=(
        "what did I show you at the very beginning?",
        "which picture was the earliest I sent you?",
    ),
    pages=(
        "I showed you a {called} from {company} once, when was it?",
        "what did you read on the {company} {called} I sent you?",
        "can you recall the {called} by {company}?",
        "did I ever give you a {called} from {company}?",
    ),
    answered=(
        "how many {} did you find when I asked?",
        "I asked you something about {}, what was your answer?",
        "what was your reply about the {}?",
        "can you recall what you told me about {}?",
        "did I ask you about the {} before, and what did you say?",
    ),
)

SUBJECTS: Final = (
    Subject(
        statements=("my bike is the {} one", "by the way, my bike is the {} one"),
        values=("red", "blue", "green", "yellow", "purple", "brown"),
        dev=("which bike is mine?", "what colour is my bike?", "do you know which bike I ride?"),
        test=("which one is my bike?", "what did I say my bike looks like?"),
    ),
    Subject(
        statements=("remember that the blue mug is {}'s", "the blue mug belongs to {}"),
        values=("Anna", "Tom", "Mia", "Ben", "Clara", "Oscar"),
        dev=("whose is the blue mug?", "who does the blue mug belong to?"),
        test=("whose mug is the blue one?", "who owns the blue mug?"),
    ),
    Subject(
        statements=("I live in {}", "just so you know, I live in {}"),
        values=("Oslo", "Lisbon", "Graz", "Leeds", "Porto", "Turin"),
        dev=("where do I live?", "do you remember which city I live in?"),
        test=("what city did I tell you I live in?", "do you know where my home is?"),
    ),
    Subject(
        statements=("my dog is called {}", "our dog's name is {}"),
        values=("Rex", "Bella", "Pixel", "Waffle", "Nero", "Juno"),
        dev=("what's my dog called?", "what is the name of my dog?"),
        test=("do you remember my dog's name?", "how is my dog called?"),
    ),
    Subject(
        statements=("I'm allergic to {}", "please remember that I'm allergic to {}"),
        values=("nuts", "shellfish", "pollen", "cats", "milk", "penicillin"),
        dev=("what am I allergic to?", "do you remember my allergy?"),
        test=("which allergy do I have?", "what did I tell you I'm allergic to?"),
    ),
    Subject(
        statements=("my favourite colour is {}", "oh and my favourite colour is {}"),
        values=("teal", "maroon", "orange", "turquoise", "violet", "beige"),
        dev=("what's my favourite colour?", "which colour do I like most?"),
        test=("do you know my favourite colour?", "what colour did I say is my favourite?"),
    ),
    Subject(
        statements=("my sister's name is {}", "FYI my sister's name is {}"),
        values=("Greta", "Nora", "Ivy", "Paula", "Ruth", "Selma"),
        dev=("what is my sister called?", "what did I tell you about my sister?"),
        test=("what's the name of my sister?", "do you remember how my sister is called?"),
    ),
    Subject(
        statements=("I work as a {}", "by the way I work as a {}"),
        values=("nurse", "baker", "teacher", "plumber", "lawyer", "pilot"),
        dev=("what do I do for work?", "what's my job?"),
        test=("what is my profession?", "do you remember what I work as?"),
    ),
    Subject(
        statements=(
            "note that the spare key is under the {}",
            "keep in mind that the spare key is under the {}",
        ),
        values=("doormat", "flowerpot", "bench", "red stone", "birdhouse", "stairs"),
        dev=("where is the spare key?", "where did I say the spare key is?"),
        test=("where can the spare key be found?", "do you remember where the spare key is?"),
    ),
    Subject(
        statements=("my car is a {}", "my car's a {}, by the way"),
        values=("Volvo", "Fiat", "Skoda", "Mazda", "Renault", "Toyota"),
        dev=("what car do I drive?", "which car is mine?"),
        test=("what kind of car is mine?", "what did I tell you about my car?"),
    ),
    Subject(
        statements=("our flat is number {}", "remember that our flat is number {}"),
        values=("12", "47", "305", "8b", "61", "119"),
        dev=("what is the number of our flat?", "which flat is ours?"),
        test=("what's our flat number?", "do you know the number of my flat?"),
    ),
    Subject(
        statements=("I take my coffee {}", "remember that I take my coffee {}"),
        values=("black", "with oat milk", "with sugar", "iced", "with cream", "with honey"),
        dev=("how do I take my coffee?", "how do I like my coffee?"),
        test=("do you remember how I drink coffee?", "what did I say about my coffee?"),
    ),
    Subject(
        statements=("my birthday is in {}", "don't forget that my birthday is in {}"),
        values=("May", "June", "October", "January", "March", "August"),
        dev=("when is my birthday?", "in which month is my birthday?"),
        test=("what month was I born in?", "do you know when my birthday is?"),
    ),
    Subject(
        statements=("the silver laptop is {}'s", "remember: the silver laptop is {}'s"),
        values=("Henry", "Dora", "Emil", "Lotte", "Viktor", "Zoe"),
        dev=("whose is the silver laptop?", "who owns the silver laptop?"),
        test=("whose laptop is the silver one?", "who does the silver laptop belong to?"),
    ),
    Subject(
        statements=("I collect {}", "something about me: I collect {}"),
        values=("stamps", "coins", "records", "postcards", "maps", "shells"),
        dev=("what do I collect?", "do you remember what I collect?"),
        test=("which things do I collect?", "what is it that I collect?"),
    ),
    Subject(
        statements=("my locker number is {}", "make a note: my locker number is {}"),
        values=("42", "17", "230", "88", "5", "411"),
        dev=("what's my locker number?", "which locker is mine?"),
        test=("do you know the number of my locker?", "which number does my locker have?"),
    ),
    Subject(
        statements=("I play the {}", "by the way, I play the {}"),
        values=("cello", "trumpet", "piano", "drums", "flute", "harp"),
        dev=("which instrument do I play?", "what instrument did I say I play?"),
        test=("do you remember my instrument?", "what do I play?"),
    ),
    Subject(
        statements=(
            "my meeting with the bank is on {}",
            "my meeting with the bank is on {}, remember that",
        ),
        values=("the 3rd", "the 9th", "the 14th", "the 21st", "the 27th", "the 30th"),
        dev=("when is my meeting with the bank?", "what day is my bank meeting?"),
        test=("what date is the meeting with my bank?", "when do I meet the bank?"),
    ),
    Subject(
        statements=("I prefer {} to coffee", "I prefer {} to coffee, just so you know"),
        values=("tea", "cocoa", "juice", "water", "lemonade", "chai"),
        dev=("what do I prefer to coffee?", "which drink do I like better than coffee?"),
        test=("what would I rather drink than coffee?", "which drink do I prefer?"),
    ),
    Subject(
        statements=("call me {}", "please call me {} from now on"),
        values=("Sam", "Kit", "Robin", "Max", "Billie", "Lou"),
        dev=("what should you call me?", "what did I ask you to call me?"),
        test=("how should you call me?", "which name did I tell you to call me?"),
    ),
)
