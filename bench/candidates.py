"""Words that make a passage a candidate for a kind of act: broad, for sampling only.

A passage that holds one may well hold no act of that kind. The numbers say how many candidates are drawn: few
for kinds that any page of a novel has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

CANDIDATES: Mapping[str, tuple[int, str]] = {
    "approach": (
        2,
        "approached|came up to|went up to|drew near|followed (?:him|her|them)|ran to (?:him|her)",
    ),
    "withdraw": (
        4,
        "drew back|stepped back|turned away|let go|shrank|recoiled|fled from|left (?:him|her|them)",
    ),
    "look": (
        2,
        "looked at|stared at|gazed at|glanced at|watched (?:him|her)|eyed",
    ),
    "touch": (
        4,
        "touched|patted|stroked|caressed|(?:took|held|pressed|squeezed) (?:his|her|my) (?:hand|arm)",
    ),
    "embrace": (
        10,
        "embraced|embrace|hugged|clasped|clung to|arms (?:round|around|about)|in (?:his|her) arms",
    ),
    "kiss": (
        12,
        "kiss|kissed|kissing|kisses|lips to",
    ),
    "restrain": (
        6,
        "seized|grasped|gripped|held (?:him|her|me) (?:back|down|fast)|dragged|bound|arrested|caught hold",
    ),
    "strike": (
        6,
        "struck|hit|slapped|kicked|stabbed|beat|flung|knocked|thrashed|shot|boxed",
    ),
    "give": (
        6,
        "gave (?:him|her|me|them)|handed|held out|offered|presented|paid|slipped",
    ),
    "ask": (
        2,
        "asked|inquired|enquired|demanded|invited|requested",
    ),
    "plead": (
        10,
        "begged|implored|entreated|pleaded|besought|pray|please|for God's sake|mercy",
    ),
    "refuse": (
        8,
        "refused|declined|will not|won't|shall not|shan't|cannot accept|never will",
    ),
    "command": (
        2,
        "ordered|commanded|bade|told (?:him|her|me) to|be quiet|come here|go away|hold your",
    ),
    "confess": (
        8,
        "confessed|confess|admitted|owned|I did it|I have loved|must tell you|the truth is",
    ),
    "promise": (
        10,
        "promised|promise|swore|swear|vowed|my word|upon my honou?r",
    ),
    "threaten": (
        14,
        "threatened|threaten|I'll kill|I'll break|or I'll|or I will|you shall pay|repent|menaced",
    ),
    "accuse": (
        8,
        "accused|blamed|reproached|scolded|upbraided|it is your fault|how dare|you have ruined|liar",
    ),
    "apologize": (
        12,
        "apologi[sz]ed?|apolog(?:y|ies)|pardon|forgive|forgave|I am sorry|I'm sorry|so sorry",
    ),
    "comfort": (
        14,
        "comforted|comfort|soothed|consoled|reassured|don't cry|there, there|never mind|cheer up",
    ),
    "praise": (
        8,
        "praised|complimented|congratulated|applauded|admire|well done|splendid|bravo|cheered",
    ),
    "insult": (
        10,
        "insulted|fool|rascal|scoundrel|villain|mocked|jeered|sneered|idiot|brute|wretch|cursed",
    ),
    "thank": (
        14,
        "thanked|thank you|thanks|grateful|much obliged",
    ),
}

MORE: Sequence[tuple[str, int, str]] = (
    (
        "comfort",
        24,
        "comforted (?:him|her|me|them)|to comfort|console|consoled|soothed (?:him|her|me)"
        "|soothing|soothingly|reassured|reassuringly|don't cry|don't be (?:afraid|frightened)"
        "|never fear|all right|poor (?:child|boy|girl|dear|lamb)",
    ),
    (
        "thank",
        16,
        "thanked (?:him|her|me|them|you)|I thank you|thank you|thanking|much obliged|my thanks",
    ),
    (
        "threaten",
        16,
        "threatened (?:to|him|her|me|them)|threatening|threateningly|threats?"
        "|I'll (?:kill|shoot|thrash|beat|whip|ruin|make you)"
        "|you'll (?:be sorry|pay|regret|rue)|if you (?:don't|dare|do not)",
    ),
    (
        "embrace",
        14,
        "embraced (?:him|her|me|them)|in (?:his|her|my) arms|threw (?:his|her) arms"
        "|(?:his|her|my) neck|clasped (?:him|her|me)|to (?:his|her|my) (?:breast|bosom|heart)"
        "|clung to (?:him|her|me)|hugg(?:ed|ing)",
    ),
    (
        "comfort",
        16,
        "comforted|comforting|consoled|consoling|tried to comfort|to console (?:him|her)"
        "|soothed (?:him|her|me)|don't (?:cry|fret|worry|weep)|do not (?:cry|weep|fear|grieve)"
        "|don't be (?:afraid|frightened|scared)",
    ),
    (
        "disgust",
        16,
        "disgust|disgusted|contempt|contemptuously|scorn|scornfully|loathing|loathed|sneer|repulsion",
    ),
)
"""Drawn after the others, in this order, for kinds that came out rare: narrower words."""
