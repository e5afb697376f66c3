"""Which language a text is in, from its script and its commonest words. Nothing is downloaded."""

from __future__ import annotations

import re
from collections import Counter

from fabula.text.words import words

SAMPLE = 60_000
"""Code points of the body that are looked at."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PROFILES: dict[str, frozenset[str]] = {
    "en": words(
        "the and of to a in that he was it his i with as had for her you not she but at on is him be they "
        "have from all",
        "said were would them there what this could when who been out up into then will your we no my me "
        "do did like know",
    ),
    "de": words(
        "der die und das nicht sie ich er es ist zu den ein mit sich in auf war dem von so wie eine ihr "
        "wir hatte du aber",
        "auch an als noch nur war wenn im für aus mir dann einen über ihn was nach mich ja doch sagte "
        "seine wieder",
    ),
    "fr": words(
        "de la le et les des un une que qui pas je il elle vous en est dans pour se ne ce au du sur avec "
        "plus son sa mais",
        "par lui tout nous était comme avait si bien cette ses être ou leur fait même dit",
    ),
    "es": words(
        "de la que el en y a los se un una las por con no su para es al lo como más pero sus le ya o este "
        "sí porque esta",
        "cuando muy sin sobre también me hasta hay donde había era dijo qué ella él mi",
    ),
    "it": words(
        "di che e la il un a per è in una non sono mi ho lo ma si con le ha da i ti no del della come io "
        "se questo qui",
        "gli al nel anche più era suo sua dei alla perché disse aveva lei lui cosa quando",
    ),
    "pt": words(
        "de que e o a do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu "
        "sua ou quando",
        "muito nos já eu também só pelo pela até isso ela entre era depois sem você disse tinha estava",
    ),
    "nl": words(
        "de het een en van ik je dat is niet in die op te met hij voor zijn was er maar aan om ze als hem "
        "dan ook zo naar",
        "wat nog bij uit haar wel had geen over door of werd hebben zei deze heeft mij",
    ),
    "sv": words(
        "och i att det som en på är av för den till med han de inte om ett jag hon men var sig så från vi "
        "hade nu man när",
        "där kan skulle hans du mig ut upp henne honom sade vad eller efter",
    ),
    "da": words(
        "og i at det som en på er af for den til med han de ikke om et jeg hun men var sig så fra vi "
        "havde nu man når der",
        "kan skulle hans du mig ud op hende ham sagde hvad eller efter også blev",
    ),
    "no": words(
        "og i at det som en på er av for den til med han de ikke om et jeg hun men var seg så fra vi "
        "hadde nå man når der",
        "kan skulle hans du meg ut opp henne ham sa hva eller etter også ble mot",
    ),
    "fi": words(
        "ja on ei se että hän oli en minä mutta niin kun kuin sen ole mitä joka hänen sinä nyt vain "
        "sitten jos minun hänet",
        "olisi tämä myös sanoi ne jo kaikki siitä vielä mikä tai oli ovat olen",
    ),
    "pl": words(
        "i w nie na się z do że to jest a o jak za ale po co od jej jego był tak było dla ja przez tym "
        "mnie czy go już",
        "tylko ich ze który która być ma sobie jeszcze gdy powiedział była",
    ),
    "cs": words(
        "a se v na je že to s z do o i jsem ale jak tak za by si pro po jeho co když byl už jen mi už "
        "její ještě nebo ho",
        "který která bylo ve také řekl jsou aby tím byla",
    ),
    "hu": words(
        "a az és hogy nem is egy volt ez meg csak de már mint azt el mert még ha én ő van ezt vagy ki le "
        "mi olyan mondta",
        "akkor minden aki kell most fel volna hát",
    ),
    "ro": words(
        "și de în a la o nu că se cu pe un din mai ce este pentru care ca sa fi era lui ei am dar sau "
        "după dacă când fost",
        "spuse să îi îl avea asta",
    ),
    "tr": words(
        "bir ve bu da de ne için çok gibi ben o daha ama var mi değil diye kadar sonra ile ki her en şey "
        "olarak dedi onun",
        "benim sen yok hiç oldu vardı",
    ),
    "la": words(
        "et in est non ad cum ut ex quod qui sed si quae per nec esse ab sunt enim etiam quam hoc aut de "
        "eius atque ac me",
    ),
    "id": words(
        "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena ada saya aku kau dia "
        "mereka sudah bisa",
    ),
}  # fmt: skip
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")),
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_NAMES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "francais": "fr",
    "spanish": "es",
    "español": "es", "espanol": "es", "italian": "it", "italiano": "it", "portuguese": "pt",
    "português": "pt",
    "dutch": "nl", "nederlands": "nl", "swedish": "sv", "svenska": "sv", "danish": "da", "dansk": "da",
    "norwegian": "no",
    "norsk": "no", "finnish": "fi", "suomi": "fi", "polish": "pl", "polski": "pl", "czech": "cs",
    "čeština": "cs",
    "hungarian": "hu", "magyar": "hu", "romanian": "ro", "română": "ro", "turkish": "tr", "türkçe": "tr",
    "latin": "la",
    "indonesian": "id", "russian": "ru", "русский": "ru", "ukrainian": "uk", "українська": "uk",
    "greek": "el",
    "hebrew": "he", "arabic": "ar", "hindi": "hi", "thai": "th", "chinese": "zh", "中文": "zh",
    "japanese": "ja",
    "日本語": "ja", "korean": "ko", "한국어": "ko", "vietnamese": "vi", "tiếng việt": "vi", "filipino": "tl",
}  # fmt: skip


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language that most of ``text`` is in, or None where too little tells."""
    step = max(1, len(text) // SAMPLE)
    sample = text if step == 1 else "\n".join(text[i : i + 2000] for i in range(0, len(text), 2000 * step))
    letters = sum(map(str.isalpha, sample))
    if letters < 20:
        return None
    for code, script in _SCRIPTS:
        found = len(script.findall(sample))
        if found >= (0.1 if code == "ja" else 0.4) * letters:
            return "uk" if code == "ru" and len(re.findall("[іїєґІЇЄҐ]", sample)) > 0.02 * found else code
    counts = Counter(m.group().lower().replace("’", "'") for m in _WORD.finditer(sample))
    total = sum(counts.values())
    scores = {code: sum(counts[w] for w in profile) / total for code, profile in _PROFILES.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] >= (0.12 if total >= 200 else 0.2) and total >= 8 else None


def language_code(name: str) -> str:
    """The ISO 639-1 code of a language that a file declares, or what it declares where that is not known."""
    plain = name.strip().strip(".*_ ")
    first = re.split(r"[\s,;/(]", plain.lower(), maxsplit=1)[0]
    if re.fullmatch(r"[a-z]{2}(?:-[a-z]{2,4})?", plain.lower()):
        return plain.lower()[:2]
    return _NAMES.get(plain.lower()) or _NAMES.get(first) or plain
