"""Sentences made up for this project, each with the acts it tells.

Written "kind agent>patient", "!" denied, "?" imagined.

"-" is a sentence that tells none. People are named, so that the cases test acts and not pronouns.
"""

DEEDS = """
Mary kissed John. | kiss Mary>John
John was struck by Mary. | strike Mary>John
Mary did not touch John. | !touch Mary>John
John never kissed Peter. | !kiss John>Peter
Mary would have struck John. | ?strike Mary>John
If John hit Peter, there would be trouble. | ?strike John>Peter
Peter wanted to embrace Mary. | ?embrace Peter>Mary
John looked at Peter as though Peter had slapped John. | look John>Peter; ?strike Peter>John
Peter and John kissed. | kiss Peter>John; kiss John>Peter
John and Peter looked at each other. | look John>Peter; look Peter>John
Mary's hand closed on Peter's wrist. | touch Mary>Peter
Peter's eyes followed John. | look Peter>John
John put both arms around Peter. | embrace John>Peter
Peter laid a hand on Mary's shoulder. | touch Peter>Mary
John gave Mary the lantern. | give John>Mary
John gave Mary a look. | look John>Mary
Mary handed the rope to John. | give Mary>John
Peter seized John by the arm. | restrain Peter>John
John walked up to Mary. | approach John>Mary
Peter recoiled from John. | withdraw Peter>John
Mary left the room without touching Peter. | !touch Mary>Peter
John tried to strike Peter. | ?strike John>Peter
Mary watched John. | look Mary>John
Peter turned to look at Mary. | look Peter>Mary
John managed to catch hold of Peter. | restrain John>Peter
Mary dreamed that John had kissed Mary. | ?kiss John>Mary
Peter turned his back on John. | withdraw Peter>John
John took Peter in his arms. | embrace John>Peter
Mary pulled off her gloves. | -
Peter struck a match. | -
John gave a shout. | -
Peter shook his head. | -
Mary took John by the hand. | touch Mary>John
Peter shook hands with Mary. | touch Peter>Mary
"""

TOLD = """
John thanked Peter. | thank John>Peter
Peter apologized to Mary. | apologize Peter>Mary
Mary begged John to stay. | plead Mary>John
John accused Peter of theft. | accuse John>Peter
Peter told John to go. | command Peter>John
Mary called John a fool. | insult Mary>John
John did not apologize to Peter. | !apologize John>Peter
Peter wanted to thank Mary. | ?thank Peter>Mary
Mary comforted Peter. | comfort Mary>Peter
John was forgiven and praised by Mary. | praise Mary>John
Mary begged Peter's pardon. | apologize Mary>Peter
Peter threatened John. | threaten Peter>John
"""

SAID = """
“Thank you, John,” said Mary. | thank
“I'm so sorry, John,” said Mary. | apologize
“Sit down, John,” said Mary. | command
“Please don't touch me, John,” said Mary. | plead
“I promise you, John,” said Mary. | promise
“You fool, John,” said Mary. | insult
“I'll kill you, John,” said Mary. | threaten
“You lied to me, John,” said Mary. | accuse
“You were splendid, John,” said Mary. | praise
“Don't cry, John,” said Mary. | comfort
“I lied to you, John,” said Mary. | confess
“Could you open the window, John?” said Mary. | ask
“I'm not sorry, John,” said Mary. | !apologize
“The boat is late, John,” said Mary. | -
“You can see the church from here, John,” said Mary. | -
"""


def cases(text: str) -> list[tuple[str, str]]:
    """(sentence, what it tells)."""
    pairs = [line.split(" | ") for line in text.strip().splitlines()]
    return [(sentence, told) for sentence, told in pairs]
