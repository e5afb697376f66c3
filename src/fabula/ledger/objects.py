"""The object of a verb, where it stands with another verb or a relative, and the person it means."""

from __future__ import annotations

from fabula.ledger.clauses import Clauses, Who

_TAKEN_FOR = frozenset({"observe", "regard", "behold", "study", "contemplate"})
"""Verbs of looking that with a complement tell a thought."""


def objects(c: Clauses, t: int) -> list[int]:
    """Tokens of the direct object of verb ``t``, its own or the one it shares."""
    found = c.deps(t, "obj")
    if not found and c.deprel[t] == "conj" and c.head[t] >= 0 and not c.deps(t, "obl", "xcomp", "ccomp"):
        # "seized and shook him": the object stands with the last verb; "held him and kissed": with the first.
        later = [k for k in c.children[c.head[t]] if k > t and c.deprel[k] == "obj"]
        found = later[:1]
    if not found and not c.deps(t, "obl", "xcomp", "ccomp"):
        # "seized and shook him": the first of two that stand side by side.
        for k in c.deps(t, "conj"):
            beside = t < k <= t + 3 and c.xpos[k] == c.xpos[t] and not c.deps(k, "nsubj", "nsubj:pass")
            found = c.deps(k, "obj")[:1] if beside and not found else found
    relative = any(c.form[k] in ("whom", "that") and c.deprel[k] == "obj" for k in c.children[t])
    if not found and relative and c.deprel[t] == "acl:relcl" and c.head[t] >= 0:
        found = [c.head[t]]
    return found


def object_person(c: Clauses, t: int, kind: str) -> list[Who]:
    """Who is meant by the direct object of a verb that tells a deed of ``kind``."""
    if c.lemma[t] in _TAKEN_FOR and c.deps(t, "xcomp", "ccomp"):
        return []  # "observing him to be unarmed" is a thought.
    for o in objects(c, t)[:1]:
        if c.form[o].endswith(("self", "selves")):
            return []  # "hauled herself up"
        if c.form[o] in ("whom", "that") and c.deprel[t] == "acl:relcl" and c.head[t] >= 0:
            o = c.head[t]
        if c.each_other(o):
            return c.agents(t)[0]
        if (
            kind == "withdraw"
            and c.lemma[t] in ("leave", "quit")
            and c.deps(t, "xcomp", "iobj", "obl:unmarked")
        ):
            return []
        found = c.reached(o)
        if found:
            if c.is_part(o) and c.mention[o] is None and kind == "approach":
                return []
            return found
        if not c.is_part(o):
            continue
    return []
