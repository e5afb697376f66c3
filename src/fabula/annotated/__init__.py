"""Files that people corrected in other tools, read back as corrections of a reading.

Each reader gives answers: who says a quote, to whom, whom a mention means. What differs from the reading is a
correction, in the JSON that ``fabula corrections STORY --import FILE`` takes.
"""

from fabula.annotated.answers import Answer, corrections_of
from fabula.annotated.files import read_answers

__all__ = ["Answer", "corrections_of", "read_answers"]
