"""Nouns that stand for a person: parts of the body, what is worn on it, and what the eyes and voice do."""

from __future__ import annotations

from fabula.lexicon.words import words

BODY_PARTS = words(
    """
    hand arm finger fist elbow shoulder knee foot leg head face cheek chin forehead brow temple hair
    neck throat mouth lip eye breast chest bosom waist back side wrist palm thumb fingertip ankle
    lap ear nose hip thigh knuckle curl beard forearm collarbone paw ribs rib heel toe tooth nape
    tress lock eyelid eyelash body stomach belly skin scalp jaw skull
    """
)
"""Parts that touch and are touched; whoever has one acts and suffers through it."""

WORN = words(
    """
    sleeve collar coat shirt cuff lapel skirt gown dress jacket cloak belt shawl apron shoulder tie
    cravat glove mitten hat cap bonnet robe waistcoat veil scarf kerchief
    """
)
"""Worn things: to take hold of one is to take hold of the wearer."""

HANDS = words(
    """
    hand arm finger fist palm thumb fingertip paw grip grasp foot boot knee elbow
    """
)
"""Parts a deed is done with."""

INWARD = words("breath heart voice soul spirit pulse blood mind nerve")
"""What stirs in a person who feels."""

GAZES = words("eye gaze glance stare look")
"""What looks for a person."""

ARMS = frozenset({"arm"})
LIPS = frozenset({"lip", "mouth"})
