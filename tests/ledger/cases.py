"""Sentences made up for this project, each with the acts it tells.

Written "kind agent>patient", "!" denied, "?" imagined.

"-" is a sentence that tells none. People are named, so that the cases test acts and not pronouns.
"""

DEEDS = """
Helen kissed Arthur. | kiss Helen>Arthur
Arthur was struck by Helen. | strike Helen>Arthur
Helen did not touch Arthur. | !touch Helen>Arthur
Arthur never kissed Martin. | !kiss Arthur>Martin
Helen would have struck Arthur. | ?strike Helen>Arthur
If Arthur hit Martin, there would be trouble. | ?strike Arthur>Martin
Martin wanted to embrace Helen. | ?embrace Martin>Helen
Arthur looked at Martin as though Martin had slapped Arthur. | look Arthur>Martin; ?strike Martin>Arthur
Martin and Arthur kissed. | kiss Martin>Arthur; kiss Arthur>Martin
Arthur and Martin looked at each other. | look Arthur>Martin; look Martin>Arthur
Helen's hand closed on Martin's wrist. | touch Helen>Martin
Martin's eyes followed Arthur. | look Martin>Arthur
Arthur put both arms around Martin. | embrace Arthur>Martin
Martin laid a hand on Helen's shoulder. | touch Martin>Helen
Arthur gave Helen the lantern. | give Arthur>Helen
Arthur gave Helen a look. | look Arthur>Helen
Helen handed the rope to Arthur. | give Helen>Arthur
Martin seized Arthur by the arm. | restrain Martin>Arthur
Arthur walked up to Helen. | approach Arthur>Helen
Martin recoiled from Arthur. | withdraw Martin>Arthur
Helen left the room without touching Martin. | !touch Helen>Martin
Arthur tried to strike Martin. | ?strike Arthur>Martin
Helen watched Arthur. | look Helen>Arthur
Martin turned to look at Helen. | look Martin>Helen
Arthur managed to catch hold of Martin. | restrain Arthur>Martin
Helen dreamed that Arthur had kissed Helen. | ?kiss Arthur>Helen
Martin turned his back on Arthur. | withdraw Martin>Arthur
Arthur took Martin in his arms. | embrace Arthur>Martin
Helen pulled off her gloves. | -
Martin struck a match. | -
Arthur gave a shout. | -
Martin shook his head. | -
Helen took Arthur by the hand. | touch Helen>Arthur
Martin shook hands with Helen. | touch Helen>Martin; touch Martin>Helen
"""

MORE_DEEDS = """
Helen lifted her eyes to Arthur. | look Helen>Arthur
Helen lifted her eyes to the ceiling. | -
Arthur caught Helen's eye. | look Arthur>Helen
Arthur and Helen exchanged a glance. | look Arthur>Helen; look Helen>Arthur
Martin drew Helen close. | embrace Martin>Helen
Martin drew the curtain close. | -
Arthur caught Martin by the collar. | restrain Arthur>Martin
Arthur caught the pan by the handle. | -
Martin dropped Helen's hand. | withdraw Martin>Helen
Martin dropped the hammer. | -
Helen let go of Arthur. | withdraw Helen>Arthur
Helen let go of the rope. | -
Arthur slipped a coin into Helen's hand. | give Arthur>Helen
Arthur slipped a coin into the box. | -
Martin received a letter from Arthur. | give Arthur>Martin
Martin received a letter from London. | -
Helen presented Martin with a watch. | give Helen>Martin
Helen blocked Martin's way. | restrain Helen>Martin
Helen blocked the door. | -
Helen came to see Martin. | approach Helen>Martin
Helen came to see the church. | -
Martin followed Arthur. | approach Martin>Arthur
Helen stood there with her arms around Martin. | embrace Helen>Martin
Helen stood there with her arms full of wood. | -
Martin shook the hand of Arthur. | touch Martin>Arthur
Martin took hold of Helen's sleeve. | touch Martin>Helen
Arthur was murdered by Martin. | strike Martin>Arthur
Helen hauled herself up by the rope. | -
Arthur turned his back on the pair of them. | -
Helen threw her arms round Martin's neck. | embrace Helen>Martin
Helen risked a glance at Arthur. | look Helen>Arthur
Martin carried Helen to the boat. | embrace Martin>Helen
Martin carried the basket to the boat. | -
"""

TOLD = """
Arthur thanked Martin. | thank Arthur>Martin
Martin apologized to Helen. | apologize Martin>Helen
Helen begged Arthur to stay. | plead Helen>Arthur
Arthur accused Martin of theft. | accuse Arthur>Martin
Martin told Arthur to go. | command Martin>Arthur
Helen called Arthur a fool. | insult Helen>Arthur
Arthur did not apologize to Martin. | !apologize Arthur>Martin
Martin wanted to thank Helen. | ?thank Martin>Helen
Helen comforted Martin. | comfort Helen>Martin
Arthur was forgiven and praised by Helen. | praise Helen>Arthur
Helen begged Martin's pardon. | apologize Helen>Martin
Martin threatened Arthur. | threaten Martin>Arthur
"""

MORE_TOLD = """
Arthur invited Helen to supper. | ask Arthur>Helen
Martin laughed at Arthur. | insult Martin>Arthur
Martin laughed at the joke. | -
Helen made fun of Martin. | insult Helen>Martin
Arthur scolded and nagged Martin. | accuse Arthur>Martin; accuse Arthur>Martin
Martin beckoned Helen to come. | command Martin>Helen
Arthur demanded the money. | -
"""

MORE_SAID = """
“Please open the window, Arthur,” said Helen. | ask
“Please, please don't go, Arthur!” said Helen. | plead
“Let's go home, Arthur,” said Helen. | ask
“Let's see, Arthur,” said Helen. | -
“Tell me the truth, Arthur,” said Helen. | command
“Listen to me, Arthur,” said Helen. | command
“Look at that, Arthur,” said Helen. | -
“How kind of you, Arthur!” said Helen. | praise
“Nobody blames you, Arthur,” said Helen. | comfort
“I'd rather not, Arthur,” said Helen. | refuse
“I don't want to lose you, Arthur,” said Helen. | -
“Let me entreat you to stay, Arthur,” said Helen. | plead
“I want you to know it, Arthur,” said Helen. | -
“They will hang you, Arthur,” said Helen. | -
"""

SAID = """
“Thank you, Arthur,” said Helen. | thank
“I'm so sorry, Arthur,” said Helen. | apologize
“Sit down, Arthur,” said Helen. | command
“Please don't touch me, Arthur,” said Helen. | plead
“I promise you, Arthur,” said Helen. | promise
“You fool, Arthur,” said Helen. | insult
“I'll kill you, Arthur,” said Helen. | threaten
“You lied to me, Arthur,” said Helen. | accuse
“You were splendid, Arthur,” said Helen. | praise
“Don't cry, Arthur,” said Helen. | comfort
“I lied to you, Arthur,” said Helen. | confess
“Could you open the window, Arthur?” said Helen. | ask
“I'm not sorry, Arthur,” said Helen. | !apologize
“How dare you, Arthur!” said Helen. | accuse
“The boat is late, Arthur,” said Helen. | -
“You can see the church from here, Arthur,” said Helen. | -
"""

NOT_DONE = """
Arthur no longer looked at Helen.
Helen looked at Martin no more.
Not once did Martin touch Arthur.
Neither Arthur nor Martin embraced Helen.
Martin stopped short of striking Arthur.
Helen kept Arthur from striking Martin.
Martin kept himself from touching Helen.
Helen prevented Martin from kissing Arthur.
Far from kissing Arthur, Helen was angry.
Arthur was far from embracing Martin.
Helen had yet to thank Arthur.
It was a lie that Arthur had struck Martin.
Arthur thought of striking Martin.
In the dream Arthur kissed Helen.
Had Arthur struck Martin, Helen would have wept.
Had Arthur struck Martin?
It looked like Arthur had struck Martin.
"""
DONE = """
Arthur not only kissed Helen but embraced her.
Arthur gave Martin no answer, and gave Helen the rope.
In his fear Arthur struck Martin.
Helen, who had kissed Martin, looked at Arthur.
Martin kissed Helen's forehead.
"""


SOUNDS_LIKE = """
“Have a plum, Arthur,” said Helen. | command
“Have my scarf,” said Helen to Arthur. | command
“Look here, Arthur,” said Helen. | command
“Now, come, Arthur,” said Helen. | command
“Nobody will ever forgive me, Arthur,” said Helen. | apologize
“You would have to forgive me, Arthur,” said Helen. | apologize
“You dragged me across the whole town, Arthur,” said Helen. | restrain
Arthur told Helen the truth, and Helen stared at the stove. | look
Martin looked upon Helen as a sister. | look
Helen looked at herself in the glass beside Arthur. | look
Arthur ran after Martin and struck his head against the beam. | strike
Helen had hurt Arthur, and she reproached herself. | accuse
Martin moved the lamp up behind Helen. | approach
Martin pleaded guilty before Arthur. | plead
"""
"""What each sentence does not tell, though it sounds like it."""


def cases(text: str) -> list[tuple[str, str]]:
    """(sentence, what it tells)."""
    pairs = [line.split(" | ") for line in text.strip().splitlines()]
    return [(sentence, told) for sentence, told in pairs]
