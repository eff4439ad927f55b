import pytest

from archive.wire.furniture import drop_furniture, is_furniture

FURNITURE = [
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


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_known(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", STORY)
def test_sentences_are_not_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_a_box_of_related_titles_at_the_end_goes_whole() -> None:
    tail = [["Related Articles"], ["One title", "Another title"], ["A third"], ["Back to top"]]
    assert drop_furniture([["A story."], ["Its end."], *tail]) == [["A story."], ["Its end."]]


def test_a_heading_that_text_follows_goes_alone() -> None:
    found = [["A story."], ["Related Articles"], ["It goes on here."]]
    assert drop_furniture(found) == [["A story."], ["It goes on here."]]


def test_a_wrapped_sentence_keeps_its_line() -> None:
    block = ["The company paid for an", "advertisement", "in the paper."]
    assert drop_furniture([block]) == [block]


def test_a_line_after_a_sentence_goes() -> None:
    assert drop_furniture([["A story.", "Advertisement", "Goes on."]]) == [["A story.", "Goes on."]]
