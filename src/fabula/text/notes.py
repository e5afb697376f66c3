"""How much a paragraph sounds like its author speaking to readers, and how much like a story."""

from __future__ import annotations

import re

_META: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), weight)
    for pattern, weight in (
        (r"\bfan\s?-?fics?\b|\bfan\s?-?fiction|\bfics?\b|\bficlet|\bone-?shots?\b|\bdrabbles?\b"
         r"|\btwo-?shot\b", 2),
        (r"\bbeta(?:['’]?e?d\b|-?read| reader|-ing|ing\b|s?\b)|\bunbeta", 2),
        (r"\bkudos\b|\bAO3\b|\bff\.?net\b|\blivejournal\b|\btumblr\b|\bwattpad\b|\bff\.n\b|\bdreamwidth\b"
         r"|\bpatreon\b", 2),
        (r"\bOOC\b|\bR\s?(?:&|and|\+)\s?R\b|\bR&R\b|\bcanon\b|\bnon-?con\b|\bfandoms?\b|\bOCs?\b"
         r"|\bmary[- ]sue", 2),
        (r"\bauthor[’']?s?[’']? notes?|\bA/N\b|\bdisclaimers?\b", 2),
        (r"\bplease,? (?:read and )?review|\bleave (?:me )?(?:a|some) (?:review|comment|kudos|feedback)"
         r"|\bflames?\b.{0,30}\b(?:welcome|ignored|used|will)|\bno flames\b", 2),
        (r"\breview(?:s|ed|er|ers|ing)?\b|\bfeedback\b|\bcomments?\b|\bconstructive criticism|\bcrit\b", 1),
        (r"\blet me know (?:what|if|how)\b|\btell me what you think|\bwhat (?:did|do) you (?:all "
         r"|guys )?think\b", 1),
        (r"\bhope (?:that )?(?:you|y'all|everyone|u) (?:all |guys )?(?:enjoy|like|liked|had)|\benjoy(?:!"
         r"|\s*(?:the|this) (?:chapter|story|fic|read)|\W*$)", 1.5),
        (r"\bthank(?:s| you)\b.{0,60}\b(?:review|read|comment|support|beta|follow|favou?rit|patien"
         r"|feedback|kudos)", 2),
        (r"\b(?:next|this|last|previous|first|new|final|upcoming) (?:chapters?|chappie|instal?lment"
         r"|update)\b", 1.5),
        (r"\bthis (?:story|fic|piece|one|work) (?:is|was|will|takes|contains|has|came|started|follows"
         r"|ignores|starts)\b|\bmy (?:first|second|other|new|latest) (?:story|attempt|fic|stories)\b", 2),
        (r"\b(?:do(?:es)?(?:n['’]?t| not)|did(?:n['’]?t| not)) own\b|\bnot? (?:copyright )?infringement"
         r"|\bnot (?:mine|making any)|\b(?:no|any) (?:money|profit)\b|\bbelongs? (?:solely )?to (?:[A-Z]"
         r"|their|its|the (?:BBC|author|creator))|\bproperty of\b|\bown nothing\b", 2),
        (r"\bupdat(?:e|es|ed|ing)\b|\bposted\b|\bposting\b|\bsequel\b|\bprequel\b|\bhiatus\b"
         r"|\bcliff-?h(?:anger|ie)\b", 1),
        (r"\b(?:you|u) guys\b|\bmy readers\b|\bdear readers?\b|\bfor reading\b|\breaders\b|\by'?all\b", 1),
        (r"\bwritten for\b|\bprompts?\b|\bchallenge\b|\bgift for\b|\bexchange\b|\bdedicated to\b"
         r"|\binspired by\b|\btitle (?:is |comes |was )?(?:taken )?from\b", 1.5),
        (r"\b(?:is|are|set|takes? place|happens?|occurs?|spoilers?) .{0,20}\b(?:after|before|during|for"
         r"|pre|post)\b.{0,30}\b(?:season|episode|book|series|movie|film|war|game|finale|manga|anime)\b", 2),
        (r"\bspoilers?\b|\bPOV\b|\bAU\b|\bslash\b|\bsmut\b|\blemons?\b warning|\brated [KTMRPGNC]", 1),
        (r"\bEnglish is(?:n['’]?t| not) my\b|\b(?:mistakes|errors|typos)\b.{0,20}\b(?:mine|my own)\b"
         r"|\bthe characters\b|\bwrit(?:er['’]?s block|ing this)\b|\bwrote this\b|\bplot ?(?:bunny"
         r"|bunnies)\b", 1.5),
        (r"[:;=]-?[)DPp](?:\s|$)|\^_\^|<3|\bxoxo?\b|\blol\b|\bXD\b|!!!|~\s*$", 1),
        (r"https?://|www\.|\w@\w+\.\w", 1),
    )
)  # fmt: skip
_THIRD = re.compile(r"\b(?:he|she|his|her|him|hers|himself|herself)\b", re.IGNORECASE)
_TALK = re.compile(
    r"[,!?.…—-][\"”’'] ?(?:\w+ ){0,3}(?:said|asked|replied|answered|cried|whispered|muttered|told|says"
    r"|asks|shouted|murmured)\b"
    r"|^[\"“‘«—]",
    re.IGNORECASE,
)
_DISCLAIM = re.compile(
    r"\b(?:do(?:es)?n['’]?t|do not|does not|never|not?) (?:actually |even |really )?own(?:ed|s|ing)?\b"
    r"|\bown nothing\b"
    r"|\bno (?:copyright )?infringement|\bnot mine\b|\baren['’]?t mine\b|\b(?:no|any) (?:money|profit)\b"
    r"|\bbelongs? (?:solely |entirely |rightfully )?to\b|\bproperty of\b|\bnot for profit\b|\ball rights\b"
    r"|\bplease don['’]?t sue",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\bcharacters?\b|\bfandom|\buniverse\b|\bseries\b|\bfan\s?fic|\bbooks?\b|\bshow\b|\bmovies?\b|\banime\b"
    r"|\bmanga\b|\bcopyright|\bstory\b|\bplot\b|\b(?:rightful|respective|their) (?:owners?|creators?)\b",
    re.IGNORECASE,
)


def meta_score(head: str) -> float:
    """How much the paragraph speaks about a text, its readers and its rights; 2 is much."""
    return sum(weight for pattern, weight in _META if pattern.search(head))


def narrates(head: str) -> bool:
    """Whether the paragraph sounds like a story: talk with its tag, or much *he* and *she*."""
    if _TALK.search(head):
        return True
    n_words = head.count(" ") + 1
    third = len(_THIRD.findall(head))
    return third >= 2 and third >= 0.03 * n_words


def note_like(head: str, threshold: float) -> bool:
    """Whether the paragraph is an author's note by its content alone."""
    score = meta_score(head)
    return score >= threshold and not (narrates(head) and score < threshold + 2)


def disclaims(head: str) -> bool:
    """Whether the paragraph disclaims ownership of characters or a world, and does little else."""
    signals = len({m.group().lower()[:6] for m in _DISCLAIM.finditer(head)})
    n_words = head.count(" ") + 1
    if not signals or n_words > 110 or _TALK.search(head):
        return False
    return n_words <= 14 or ((signals > 1 or n_words <= 60) and _OWNED.search(head) is not None)
