"""Words that tell or show a feeling, by lemma: a list of our own, made for fiction old and new.

``told`` names the feeling ("afraid", "joy"); ``shown`` are its signs ("sob", "blush"). A word may stand for
one feeling only: the one it mostly tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fabula.lexicon.words import words

_TOLD = {
    "joy": """
        joy joyful joyous joyfully happy happily happiness glad gladly gladness delight delighted
        delightful delightedly pleased pleasure cheerful cheerfully cheerfulness merry merrily
        merriment bliss blissful blissfully rejoice rejoicing elated elation ecstasy ecstatic
        exultation exultant exult triumph triumphant triumphantly jubilant overjoyed thrilled enjoy
        enjoyed enjoyment contented content contentment gaiety gay gaily mirth hilarity relieved
        relief satisfaction satisfied gratified gratitude grateful gratefully amused amusement
        rapture enraptured enchanted radiant euphoria jolly proud proudly pride
    """,
    "sadness": """
        sad sadly sadness sorrow sorrowful sorrowfully grief grieve grieved grieving mourn mourning
        mournful mournfully melancholy misery miserable miserably unhappy unhappily unhappiness
        wretched wretchedness despair despairing despairingly despondent despondency dejected
        dejection gloomy gloomily gloom heartbroken heartbreak lonely loneliness lament lamentation
        woe woeful disappointed disappointment regret regretful regretfully depressed depression
        anguish desolate desolation forlorn homesick bereaved downcast crestfallen hopeless
        hopelessly pity
    """,
    "fear": """
        fear fearful fearfully afraid frightened frighten fright scared scare terror terrified
        terrify terrible&no horror horrified horrify dread dreading alarm alarmed panic panicked
        anxious anxiously anxiety apprehension apprehensive nervous nervously nervousness timid
        timidly timidity aghast dismay dismayed uneasy uneasily uneasiness trepidation petrified awe
        awestruck
    """,
    "anger": """
        anger angry angrily angered rage enraged raging fury furious furiously wrath wrathful
        wrathfully indignation indignant indignantly irritated irritation irritably annoyed
        annoyance vexed vexation exasperated exasperation resentment resentful resent outraged
        outrage incensed infuriated irate sullen sulky ire hatred hate hated jealousy jealous cross
        temper rancour rancor spite spiteful bitterness
    """,
    "disgust": """
        disgust disgusted disgusting repulsion repulsive revulsion revolted revolting loathing
        loathe loathed loathsome abhorrence abhor abhorred detest detested detestable repugnance
        repugnant contempt contemptuous contemptuously contemptible scorn scornful scornfully
        disdain disdainful disdainfully aversion nauseated nausea sickened odious vile despise
        despised
    """,
    "surprise": """
        surprise surprised surprising astonishment astonished astonishing astonish amazement amazed
        amazing amaze startled startle stunned stupefied wonder wonderment wondering bewildered
        bewilderment dumbfounded thunderstruck astounded astounding unexpected unexpectedly
        incredulous incredulity speechless stupefaction
    """,
    "love": """
        love loved loving lovingly beloved adore adored adoration adoring affection affectionate
        affectionately fond fondly fondness tenderness tender tenderly passion passionate
        passionately devotion devoted cherish cherished infatuated enamoured enamored
    """,
    "shame": """
        shame ashamed shamed shameful shamefaced embarrassed embarrassment humiliated humiliation
        mortified mortification guilt guilty remorse remorseful abashed sheepish sheepishly
        repentant repentance contrite contrition
    """,
}
_SHOWN = {
    "joy": "laugh laughter laughing smile smiling smiled grin grinned beam beamed chuckle cheer giggle",
    "sadness": "weep weeping wept sob sobbing sobbed tear tears cry crying cried wail moan sigh sighed",
    "fear": "tremble trembling trembled shudder shuddered shuddering quake cower cowered blanch blanched",
    "anger": "scowl scowled glare glared glower glowered snarl snarled frown frowned storm rave",
    "disgust": "sneer sneered grimace grimaced",
    "surprise": "gasp gasped gape gaped",
    "love": "",
    "shame": "blush blushed blushing redden reddened",
}


def _table(lists: Mapping[str, str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for label, listed in lists.items():
        for word in listed.split():
            if "&" not in word:
                found.setdefault(word, label)
    return MappingProxyType(found)


TOLD: Mapping[str, str] = _table(_TOLD)
"""Label by word that names the feeling."""
SHOWN: Mapping[str, str] = _table(_SHOWN)
"""Label by word that shows it."""

STRIKES_OBJECT = words(
    """
    frighten please delight annoy anger irritate surprise astonish amaze disgust shock scare terrify
    sadden grieve enrage horrify alarm amuse gratify vex distress hurt thrill startle astound
    bewilder infuriate humiliate mortify embarrass shame disappoint depress revolt repel dismay
    upset appal appall offend exasperate provoke outrage nauseate sicken enchant charm satisfy
    relieve comfort move touch pain torment fill seize overcome possess overwhelm
    """
)
"""Verbs whose object has the feeling."""
