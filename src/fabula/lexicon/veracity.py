"""What words say about whether a thing happened: negators, modals, and verbs that deny or imagine."""

from __future__ import annotations

from fabula.lexicon.words import words

NEGATORS = words("not n't n’t never neither nor no nowise nought naught nae")
"""Forms that deny the verb they depend on ("no" only as an adverb, and as the determiner of an object)."""
NEARLY = words(
    """
    hardly scarcely barely almost nearly perhaps maybe probably possibly presumably supposedly
    well-nigh
    """
)
"""Adverbs after which a thing is not quite said to have happened."""
MODALS = words(
    """
    would could should might may must can will shall ought 'd 'll ll wo ca sha need dare cannot
    wouldst couldst shouldst
    """
)
"""Auxiliaries of what is possible, wished or to come."""
DOUBT_MARKS = words("if like unless whether lest provided supposing")
"""Subordinators of what is not said to be so; "as though" and "as if" are met by their second word."""
PRIVATIVE_MARKS = words("without")

UNREAL = words(
    """
    want wish hope fear dread think dream imagine suppose fancy expect intend mean plan threaten try
    attempt endeavour endeavor seek strive desire long yearn ache crave love like prefer hate
    consider contemplate propose offer promise vow swear resolve decide determine agree consent ask
    beg tell order command bid urge advise warn persuade invite tempt entreat implore beseech
    request forbid prepare wait pretend seem appear suspect doubt wonder guess believe trust reckon
    conceive envision envisage anticipate aim hesitate ready afraid eager anxious willing able
    unable unwilling likely about sure certain inclined tempted ready determined disposed free fit
    please pray let permit allow require need deserve
    """
)
"""Verbs and adjectives under which a thing is only willed, feared, thought or allowed."""
DENYING = words(
    """
    fail forget refuse stop cease avoid decline forbear neglect refrain omit prevent deny escape
    hinder scorn disdain scruple resist
    """
)
"""Verbs under which a thing did not happen."""
KEPT_FROM = words("keep hold restrain desist abstain deter dissuade discourage save")
"""Verbs with "from" before what did not happen; those of DENYING likewise."""
UNREAL_NOUNS = words(
    """
    dream nightmare daydream imagination fancy thought idea notion hope fear intention prospect chance
    possibility risk point verge brink dreamt
    """
)
"""Nouns with "of" before what is only thought or near."""
DREAMS = words("dream nightmare daydream imagination fancy")
"""In them nothing happens."""
UNTRUE_NOUNS = words("lie falsehood")
"""Nouns with "that" before what did not happen."""
INSTEAD = frozenset({("instead", "of"), ("rather", "than"), ("far", "from"), ("yet", "to")})
"""Two words straight before what did not happen."""
HAPPENING = words(
    """
    begin start commence continue proceed come go manage dare happen turn stoop bend lean reach rise
    venture stand sit run step hasten hurry make help see hear feel watch find notice observe keep
    remember know realize realise discover perceive remark recollect regret cause force compel get
    finish pause stretch kneel spring leap rush jump advance move return lie remain stay contrive
    condescend deign succeed love have
    """
)
"""Verbs under which it did: they begin, bring about or witness it."""
POSTURE = words(
    """
    turn stoop bend lean reach rise stop pause step kneel spring leap rush jump advance move draw
    look run start halt raise lift hurry hasten come go cross
    """
)
"""Movements after which "to look", "to kiss" tells what is then done ("he turned to look at her")."""
REPORTING = words(
    """
    say tell report relate write mention declare explain add remark answer reply hear read learn
    state claim assert affirm swear confess admit own
    """
)
"""Verbs under which a thing is reported."""
WITNESSED = words(
    """
    see hear feel watch make let help notice observe behold have bid perceive dare need
    """
)
"""Verbs with a bare infinitive under which the thing happened."""
