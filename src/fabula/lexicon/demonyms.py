"""Words for somebody by where they are from: "the Norwegian", "the Texan", "the Earthman"."""

from __future__ import annotations

from fabula.lexicon.words import words

_PEOPLES = words(
    """
    afghan african albanian algerian american andalusian angolan arab argentine argentinian armenian
    asian athenian australian austrian aztec babylonian basque bavarian belarusian belgian bengali
    berliner bohemian bolivian bosnian brazilian breton brit briton brummie bulgarian burgundian burmese
    californian cambodian cameroonian canadian castilian catalan chilean chinese cockney colombian
    corinthian corsican cossack croat croatian cuban cypriot czech dane dominican dubliner earthling
    ecuadorian egyptian eritrean estonian ethiopian european fijian filipina filipino finn flemish
    florentine floridian french gael galician gascon gaul geordie georgian german ghanaian glaswegian
    goth greek guatemalan haitian hawaiian hessian highlander honduran hungarian icelander indian
    indonesian iranian iraqi islander israeli italian jamaican japanese jordanian kazakh kenyan korean
    kurd kuwaiti laotian lapp latvian lebanese liberian libyan lithuanian liverpudlian londoner
    lowlander macedonian malagasy malawian malay malaysian maltese mancunian manxman maori martian
    mauritian mexican milanese moldovan mongol mongolian moor moravian moroccan muscovite neapolitan
    nepalese nepali nigerian norman norwegian orcadian ottoman pakistani palestinian paraguayan parisian
    persian peruvian phoenician piedmontese pole portuguese prussian quebecois roman romanian russian
    rwandan samoan sardinian saudi savoyard saxon scandinavian scot scouser senegalese serb serbian
    shetlander siberian sicilian silesian singaporean slav slovak slovene slovenian somali spaniard
    spartan sudanese swabian swede swiss syrian tahitian taiwanese tartar tatar texan thai tibetan
    trojan tunisian turk tuscan tyrolean ugandan ukrainian uruguayan uzbek venetian venezuelan viennese
    vietnamese viking virginian walloon welsh yankee yemeni yorkshireman zambian zulu
    """
)
_ENDINGS = ("man", "woman")


def is_people(word: str) -> bool:
    """Whether a word with a capital, after an article, says where somebody is from."""
    low = word.casefold()
    if low in _PEOPLES:
        return True
    stem = next((low.removesuffix(e) for e in _ENDINGS if low.endswith(e)), "")
    return len(stem) > 3 and word[:1].isupper() and word[1:].islower()
