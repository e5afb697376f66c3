"""Gender evidence of words."""

from fabula.resolve.gender import PRONOUNS, name_gender, noun_gender, title_gender

__all__ = ["PRONOUNS", "name_gender", "noun_gender", "title_gender"]
