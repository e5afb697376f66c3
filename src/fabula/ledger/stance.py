"""Whether the text says that a thing happened, denies it, or only imagines it.

A verb's own auxiliaries, adverbs and conjunction are read first, then those of the clauses around it, as far
as they reach down to it (after the signatures of clause-embedding verbs: Nairn, Condoravdi & Karttunen 2006).
"""

from __future__ import annotations

from typing import NamedTuple

from fabula.ledger.clauses import Clauses
from fabula.lexicon.veracity import (
    DENYING,
    DOUBT_MARKS,
    DREAMS,
    HAPPENING,
    INSTEAD,
    KEPT_FROM,
    MODALS,
    NEARLY,
    NEGATORS,
    POSTURE,
    PRIVATIVE_MARKS,
    REPORTING,
    UNREAL,
    UNREAL_NOUNS,
    UNTRUE_NOUNS,
    WITNESSED,
)
from fabula.lexicon.words import words

_DEPTH = 8
_SAME_PAST = words("let put set cut hit shut hurt cast burst spread thrust")
"""Verbs whose past is written like their base form."""


class Stance(NamedTuple):
    """``denied``: the text says it did not happen; ``imagined``: it is willed, feared, asked for or supposed.

    ``weight`` in (0, 1] is how far the reading of the clause can be trusted. ``asked``: it is an order or a
    request, no deed at all.
    """

    denied: bool
    imagined: bool
    weight: float
    asked: bool = False


def stance(c: Clauses, t: int, *, light: bool = False) -> Stance:
    """How the text stands to the verb at token ``t``; ``light`` for looks and touches (see POSTURE)."""
    denied = imagined = False
    weight = 1.0
    at, own = t, True
    for _ in range(_DEPTH):
        own_denied, own_imagined = _marks(c, at, own=own)
        denied, imagined = denied or own_denied, imagined or own_imagined
        up = c.head[at]
        if up < 0 or c.quote[up] != c.quote[at]:
            break
        relation = c.deprel[at]
        if c.lemma[up] == "help" and c.xpos[at] == "VBG" and any(_marks(c, up)):
            break  # "could not help looking"
        if relation == "conj":
            shares = c.xpos[at] == c.xpos[up] and not _has_subject(c, at)
            if not shares and c.xpos[at] not in ("VB", "VBG"):
                # A conjunct of its own still stands in the clause that holds the whole chain.
                at = up
                while c.deprel[at] == "conj" and c.head[at] >= 0:
                    at = c.head[at]
                if c.deprel[at] in ("ccomp", "advcl", "xcomp") and c.head[at] >= 0:
                    imagined = imagined or _doubtful_mark(c, at)
                    up, relation = c.head[at], c.deprel[at]
                else:
                    break
            else:
                at, own = up, False
                continue
        own = True
        over = _governed(c, at, up)
        denied, imagined = denied or over == "denied", imagined or over == "imagined"
        if relation in ("xcomp", "ccomp", "csubj", "acl"):
            kind = _embedding(c, at, up, relation)
            denied, imagined = denied or kind == "denied", imagined or kind == "imagined"
            if kind == "reported":
                weight *= 0.9
        elif relation == "advcl":
            if _to_infinitive(c, at):
                if light and c.lemma[up] in POSTURE and not _has_adjective_head(c, up):
                    weight *= 0.85
                else:
                    imagined = True
            elif c.xpos[at] not in ("VBG", "VBN") or c.deps(at, "aux"):
                break  # A clause with its own tense stands for itself.
        elif relation not in ("advcl:relcl", "acl:relcl", "parataxis") or relation == "parataxis":
            break
        at = up
    in_speech = c.quote[t] >= 0
    imagined = imagined or _bare(c, t)
    asked = _asked(c, t)
    if in_speech and not imagined:
        imagined = _not_past(c, t)
    if _is_question(c, t):
        imagined = True
    return Stance(denied, imagined, weight, asked)


def before_only(c: Clauses, d: int) -> bool:
    """Whether the negator ``d`` denies nothing, as in "not only"."""
    return c.form[min(d + 1, len(c.form) - 1)] == "only"


def _marks(c: Clauses, t: int, *, own: bool = True) -> tuple[bool, bool]:
    """What the words that hang on a verb say of it; unless ``own``, what they say of one joined to it."""
    denied = False
    imagined = _inverted(c, t)
    lo = c.children[t]
    for d in lo:
        word, relation = c.form[d], c.deprel[d]
        if relation in ("advmod", "det", "cc", "cc:preconj") and (word in NEGATORS or c.lemma[d] == "not"):
            denied = denied or not before_only(c, d)
        elif relation == "advmod" and _no_longer(c, d):
            denied = True
        elif relation == "advmod" and word in NEARLY:
            imagined = True
        elif relation.startswith("aux") and (word in MODALS or c.lemma[d] in MODALS):
            # "'d" is "had" before a participle.
            only = word in ("could", "can") and any(c.form[g] in ("only", "but") for g in lo)
            if not only and not (word in ("'d", "d") and c.xpos[t] == "VBN" and len(c.deps(t, "aux")) == 1):
                imagined = True
        elif relation == "mark":
            if (
                word in DOUBT_MARKS
                or (word in ("though", "if") and d > 0 and c.form[d - 1] == "as")
                or (word == "as" and any(c.form[g] in ("if", "though") for g in c.children[d]))
            ):
                imagined = True
            elif word in PRIVATIVE_MARKS:
                denied = True
        elif relation in ("nsubj", "nsubj:pass") or (own and relation in ("obj", "obl", "iobj")):
            denied = denied or any(
                c.form[g] in ("no", "neither") and c.deprel[g] in ("det", "cc", "cc:preconj", "advmod")
                for g in c.children[d]
            )
            imagined = imagined or (c.lemma[d] in DREAMS and "in" in c.case(d))
            denied = denied or c.form[d] in ("nobody", "none", "nothing", "no-one")
            imagined = imagined or any(c.form[g] == "every" for g in c.children[d] if relation == "obl")
    if t > 1 and c.form[t - 1] == "but" and c.form[t - 2] in ("not", "n't"):
        return False, False  # "could not but kiss her"
    if t > 0 and c.form[t - 1] in ("without", "never", "not", "nor") and c.sentence[t - 1] == c.sentence[t]:
        denied = True
    if t > 1 and (c.form[t - 2], c.form[t - 1]) in INSTEAD:
        denied = True
    if t > 1 and c.form[t - 1] == "to" and c.form[t - 2] in ("going", "not", "used", "about"):
        denied = denied or c.form[t - 2] == "not"
        imagined = True
    return denied, imagined


def _no_longer(c: Clauses, d: int) -> bool:
    """Whether an adverb is that of "no longer", "no more", "not once"."""
    below = {c.form[g] for g in c.children[d]}
    return (c.form[d] in ("longer", "more") and "no" in below) or (c.form[d] == "once" and "not" in below)


def _inverted(c: Clauses, t: int) -> bool:
    """ "Had he struck her, ..." supposes it."""
    if c.xpos[t] not in ("VBN", "VBD") or _is_question(c, t):
        return False
    heads = [k for k in c.children[t] if k < t and c.deprel[k] not in ("punct", "cc")]
    return (
        len(heads) > 1
        and c.form[heads[0]] == "had"
        and c.deprel[heads[0]] == "aux"
        and c.deprel[heads[1]].startswith("nsubj")
    )


def _governed(c: Clauses, t: int, up: int) -> str:
    """What a preposition makes of its gerund ("kept from striking", "on the point of kissing"), or a noun."""
    lemma, case = c.lemma[up], c.case(t)
    if c.xpos[t] == "VBG":
        if "from" in case and (lemma in DENYING or lemma in KEPT_FROM):
            return "denied"
        if "of" in case and any(c.form[k] == "short" for k in c.deps(up, "advmod")):
            return "denied"
        if "of" in case and (lemma in UNREAL or lemma in UNREAL_NOUNS):
            return "imagined"
    if (
        lemma in UNTRUE_NOUNS
        and c.deprel[t].startswith("acl")
        and any(c.form[k] == "that" for k in c.children[t])
    ):
        return "denied"
    return ""


def _doubtful_mark(c: Clauses, t: int) -> bool:
    return any(c.deprel[d] == "mark" and c.form[d] in DOUBT_MARKS for d in c.children[t])


def _has_subject(c: Clauses, t: int) -> bool:
    return any(c.deprel[d].startswith("nsubj") for d in c.children[t])


def _has_adjective_head(c: Clauses, t: int) -> bool:
    return c.upos[t] == "ADJ"


def _to_infinitive(c: Clauses, t: int) -> bool:
    return c.xpos[t] == "VB" and any(c.form[d] == "to" for d in c.children[t])


def _embedding(c: Clauses, t: int, up: int, relation: str) -> str:
    """What the clause above makes of the one below: "denied", "imagined", "reported" or "" (it happened)."""
    lemma = c.lemma[up]
    if relation == "acl":
        return "imagined" if _to_infinitive(c, t) else ""
    if lemma in DENYING:
        return "denied"
    if lemma == "go" and c.xpos[up] == "VBG" and _to_infinitive(c, t):
        return "imagined"
    if lemma == "have" and _to_infinitive(c, t):
        return "" if c.xpos[up] == "VBD" else "imagined"
    if relation == "ccomp":
        if lemma in REPORTING:
            return "reported"
        return "imagined" if lemma in UNREAL else ""
    if relation == "csubj":
        return "imagined"
    if c.upos[up] != "VERB":
        return "imagined" if _to_infinitive(c, t) else ""
    if lemma in HAPPENING or c.xpos[t] == "VBG":
        return "imagined" if lemma in ("think", "dream", "consider", "imagine", "try") else ""
    return "imagined"


def _asked(c: Clauses, t: int) -> bool:
    """An imperative, or what "let me" asks for."""
    if c.xpos[t] not in ("VB", "VBP") or _has_subject(c, t) or _to_infinitive(c, t):
        return False
    if any(c.deprel[d].startswith("aux") and c.form[d] not in ("do", "don't") for d in c.children[t]):
        return False
    up = c.head[t]
    if up >= 0 and c.quote[up] == c.quote[t] and c.deprel[t] in ("conj", "xcomp", "ccomp"):
        return c.lemma[up] == "let" or (c.xpos[up] == "VB" and _asked(c, up))
    return True


def _bare(c: Clauses, t: int) -> bool:
    """A base form without "to", auxiliary, or a verb of seeing or making above it: nothing asserts it."""
    if c.xpos[t] != "VB" or any(c.deprel[d].startswith("aux") or c.form[d] == "to" for d in c.children[t]):
        return False
    if c.form[t] in _SAME_PAST and _has_subject(c, t):
        return False  # "Helen let go of him" is past, whatever the parse says.
    at = t
    while c.deprel[at] == "conj" and c.head[at] >= 0:
        at = c.head[at]
        if any(c.form[d] == "to" or c.form[d] in ("did", "do") for d in c.children[at]):
            return False
    return not (c.deprel[at] in ("xcomp", "ccomp") and c.head[at] >= 0 and c.lemma[c.head[at]] in WITNESSED)


def _not_past(c: Clauses, t: int) -> bool:
    """In speech: neither past nor perfect nor in progress, so a habit, a plan or an order."""
    if c.xpos[t] in ("VBD", "VBN"):
        return False
    if c.xpos[t] == "VBG":
        return False
    subject_to = c.head[t]
    if c.deprel[t] in ("xcomp", "conj") and subject_to >= 0 and c.xpos[subject_to] in ("VBD", "VBN"):
        return False
    return not any(c.deprel[d].startswith("aux") and c.form[d] in ("did", "had") for d in c.children[t])


def _is_question(c: Clauses, t: int) -> bool:
    k = int(c.analysis.story.sentence_tokens[c.sentence[t], 1]) - 1
    while k > t and not c.form[k][0].isalnum():
        if "?" in c.form[k]:
            return c.quote[k] == c.quote[t]
        k -= 1
    return False
