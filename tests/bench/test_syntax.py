"""Reading a treebank into stories of gold tokens, and counting what is right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from bench.settings import BenchError, Settings

from bench import syntax
from fabula.types import Story, Syntax

TREEBANK = """\
# newdoc id = one
# text = Don't go. She went.
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVB\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\twent\tgo\tVERB\tVBD\t_\t0\troot\t_\t_
2.1\tgone\tgo\tVERB\tVBN\t_\t_\t_\t_\t_

# newdoc id = two
1\tHouse\thouse\tNOUN\tNN\t_\t2\tnmod:poss\t_\t_
2\tkey\tkey\tNOUN\tNN\t_\t0\troot\t_\t_

"""


@pytest.fixture
def treebank(tmp_path: Path) -> Settings:
    folder = tmp_path / "ud" / "en_ewt"
    folder.mkdir(parents=True)
    (folder / "en_ewt-ud-dev.conllu").write_text(TREEBANK, encoding="utf-8")
    return Settings(tmp_path, Path("unused"), tmp_path / "out", resamples=20)


def test_a_document_becomes_a_story_of_its_tokens(treebank: Settings) -> None:
    one, two = syntax.documents(treebank.data / "ud" / "en_ewt" / "en_ewt-ud-dev.conllu")
    assert one.story.text == "Do n't go .\nShe went\n"
    assert [one.story.token_text(i) for i in range(6)] == ["Do", "n't", "go", ".", "She", "went"]
    assert one.story.sentence_tokens.tolist() == [[0, 4], [4, 6]]
    assert [one.story.text[s.start : s.end] for s in one.story.sentences] == ["Do n't go .", "She went"]
    assert one.gold.head.tolist() == [2, 2, -1, 2, 5, -1]
    assert two.gold.deprel == ("nmod:poss", "root")


def test_what_is_right_is_counted_over_all_documents(treebank: Settings) -> None:
    trees = {t.story.id: t.gold for t in syntax.documents(treebank.data / "ud/en_ewt/en_ewt-ud-dev.conllu")}

    def parse(story: Story) -> Syntax:
        gold = trees[story.id]
        if len(story.tokens) == 6:
            head = np.asarray([2, 3, -1, 2, 5, -1], dtype=np.int32)
            return replace(gold, upos=("VERB", *gold.upos[1:]), head=head)
        return replace(gold, deprel=("nmod", "root"), lemma=("House", "key"))

    found = {name: figure.value for name, figure in syntax.run(treebank, parse).figures.items()}
    assert found == {
        "UPOS": 87.5,
        "XPOS": 100.0,
        "lemmas": 100.0,
        "UAS": 87.5,
        "LAS": 87.5,
        "LAS with subtypes": 75.0,
    }


def test_an_absent_treebank_is_named(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="UD English EWT dev is not at"):
        syntax.run(Settings(tmp_path, Path("unused"), tmp_path))
