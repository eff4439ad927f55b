import pytest

from archive.wire.boilerplate import drop_boilerplate, is_boilerplate

BOILERPLATE = [
    "Related Articles", "Related stories:", "RELATED", "Back to top button.:", "Back to top",
    "Share this article", "Share this article on Facebook", "Subscribe to our newsletter",
    "Sign up for our daily newsletter", "Read more: Something else", "Read also", "Advertisement",
    "Follow us on Twitter", "Copyright 2012 The Agency", "© 2012 Agency", "All rights reserved.",
    "Click here to see the pictures", "Artículos relacionados", "Compartir", "Volver arriba",
    "Suscríbase a nuestro boletín", "Lire aussi : Autre chose", "Partager", "Abonnez-vous",
    "S\u2019abonner", "Lesen Sie auch: Etwas anderes", "Teilen", "Nach oben", "Anzeige",
    "Leia também", "Compartilhar", "Leggi anche", "Condividi", "* * *", "----",
]  # fmt: skip

STORY = [
    "Share prices fell on Friday.", "Advertisement spending rose.", "Read more books",
    "Home prices rose.", "Related companies also fell.", "Copyright law is debated in 2012",
    "The sign read: Back to top of the hill", "Teilen macht Freude", "Partager le pouvoir",
    "Printed editions are rare.", "1,2,3", "Read more " + "and more " * 30,
]  # fmt: skip


@pytest.mark.parametrize("line", BOILERPLATE)
def test_boilerplate_is_recognised(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize("line", STORY)
def test_sentences_are_not_boilerplate(line: str) -> None:
    assert not is_boilerplate(line)


def test_related_titles_at_the_end_are_removed() -> None:
    related = [["Related Articles"], ["One title", "Another title"], ["A third"], ["Back to top"]]
    assert drop_boilerplate([["A story."], ["Its end."], *related]) == [["A story."], ["Its end."]]


def test_a_heading_followed_by_text_is_removed_alone() -> None:
    blocks = [["A story."], ["Related Articles"], ["It goes on here."]]
    assert drop_boilerplate(blocks) == [["A story."], ["It goes on here."]]


def test_a_line_within_a_wrapped_sentence_stays() -> None:
    block = ["The company paid for an", "advertisement", "in the paper."]
    assert drop_boilerplate([block]) == [block]


def test_a_line_after_a_sentence_is_removed() -> None:
    assert drop_boilerplate([["A story.", "Advertisement", "Goes on."]]) == [
        ["A story.", "Goes on."]
    ]
