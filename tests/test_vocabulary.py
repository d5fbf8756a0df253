"""The vocabulary: a proposition and the text that says it are two ways to write one thing."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

import authority
from authority.vocabulary import (
    ALL_KINDS,
    NOBODY,
    Kind,
    Names,
    Parse,
    Pattern,
    Proposition,
    Sentence,
    Vocabulary,
    blanks,
    fold,
    is_variable,
    natural,
)

HARBORED = Sentence(
    says="<target> harbored <group>", denied="<target> did not harbor <group>",
    where={"target": (Kind.STATE,), "group": (Kind.ORGANIZATION, Kind.PERSON)},
)  # fmt: skip
LEFT = Sentence(says="<group> has left the fight", denied="<group> has not left the fight")
DISPUTED = Sentence(says="the authority to detain has unravelled", denied="the authority to detain has not unravelled")
LAW = Vocabulary(sentences=(HARBORED, LEFT, DISPUTED))
NAMES = Names({"Iran": ["Tehran"], "al-Qaeda": ["al Qaida"], "al-Qaeda in Iraq": [], "the Taliban": [], "Jama'at": []})


def read(text: str, names: Names = NAMES, vocabulary: Vocabulary = LAW) -> list[tuple[str, bool]]:
    """Each parse of a text as its affirmed proposition, and whether it is denied."""
    return [(str(Proposition(p.sentence.says, p.args)), p.denied) for p in vocabulary.parse(text, names)]


# ── Folding and sorting ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Iran\t harbored\nal-Qaeda ", "iran harbored al-qaeda"), ("JAMA’AT", "jama'at"), ("Jamaʼat", "jama'at"),
        ("al‑Qaeda", "al-qaeda"), ("al–Qaeda", "al-qaeda"), ("al−Qaeda", "al-qaeda"), ("“he may”", '"he may"'),
        ("Ｉｒａｎ", "iran"), ("Straße", "strasse"), ("Cafe\u0301", "café"), ("a\u00a0b", "a b"), ("", ""),
    ],
)  # fmt: skip
def test_what_is_typed_in_two_ways_is_folded_to_one(typed: str, folded: str) -> None:
    """Case, white space, apostrophes, hyphens, quotes and compatibility forms are set aside; letters are not."""
    assert fold(typed) == folded


@given(st.text(alphabet=st.characters(codec="latin-1") | st.sampled_from("’–‑“”ʼ")))
def test_folding_twice_is_folding_once(text: str) -> None:
    """So that folded names can be compared with folded text."""
    assert fold(fold(text)) == fold(text)


def test_ids_are_listed_as_a_reader_counts() -> None:
    """E2 before E10, and letters after the digits they follow."""
    assert sorted(["E10", "E2", "E1b", "E1", "F1"], key=natural) == ["E1", "E1b", "E2", "E10", "F1"]
    assert sorted(["E1-10", "E1-9", "E01-8", "E1", "E"], key=natural) == ["E", "E1", "E01-8", "E1-9", "E1-10"]


@given(st.lists(st.from_regex(r"[A-C]?[0-9]{1,12}", fullmatch=True)))
def test_numbers_in_ids_are_in_the_order_of_numbers(names: list[str]) -> None:
    def number(name: str) -> tuple[str, int]:
        return name.rstrip("0123456789"), int(name.lstrip("ABC"))

    assert list(map(number, sorted(names, key=natural))) == sorted(map(number, names))


def test_an_id_may_be_a_number_that_python_would_not_read() -> None:
    long, longer = "E" + "9" * 5_000, "E1" + "0" * 5_000
    assert sorted([longer, long, "E7"], key=natural) == ["E7", long, longer]


# ── Sentences, propositions, patterns ─────────────────────────────────────────────────────────────────────────────────


def test_a_sentence_is_filled_in_the_order_of_its_blanks() -> None:
    """Affirmed or denied, the parties keep their places."""
    assert HARBORED.blanks == blanks(HARBORED.says) == ("target", "group")
    assert HARBORED.fill(("Iran", "al-Qaeda")) == "Iran harbored al-Qaeda"
    assert HARBORED.fill(("Iran", "al-Qaeda"), denied=True) == "Iran did not harbor al-Qaeda"
    assert DISPUTED.fill(()) == "the authority to detain has unravelled"
    with pytest.raises(ValueError, match="argument"):
        HARBORED.fill(("Iran",))


def test_a_denied_form_may_turn_the_blanks_round() -> None:
    """The order of the affirmed form is the order of the parties."""
    turned = Sentence(says="<a> sheltered <b>", denied="<b> had no shelter from <a>")
    assert turned.fill(("Iran", "al-Qaeda"), denied=True) == "al-Qaeda had no shelter from Iran"
    assert read("al-Qaeda had no shelter from Iran", NAMES, Vocabulary(sentences=(turned,))) == [
        ("Iran sheltered al-Qaeda", True)
    ]


def test_a_blank_takes_the_kinds_it_names_or_every_kind() -> None:
    """A sentence that names no kinds takes any party."""
    assert HARBORED.kinds("group") == (Kind.ORGANIZATION, Kind.PERSON)
    assert LEFT.kinds("group") == ALL_KINDS


def test_nouns_are_frozen_and_strict() -> None:
    """A misspelt field is no field, and nothing is changed after it is made."""
    with pytest.raises(ValidationError):
        HARBORED.says = "<target> sheltered <group>"  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(ValidationError):
        Sentence.model_validate({"says": "a", "denied": "b", "meaning": "c"})


def test_the_text_of_a_proposition_is_affirmed_and_names_the_declared_parties() -> None:
    """Whatever alias was typed, and in whichever form."""
    (parse,) = LAW.parse("tehran did not harbor al Qaida", NAMES)
    assert isinstance(parse, Parse) and parse.denied
    assert str(parse) == "Iran did not harbor al-Qaeda"
    assert str(Proposition(parse.sentence.says, parse.args)) == "Iran harbored al-Qaeda"
    assert str(parse.pattern) == "Iran harbored al-Qaeda"


def test_a_pattern_lists_each_variable_once() -> None:
    """A name is no variable."""
    pattern = Pattern("<a> met <b> at <c>", ("<x>", "Iran", "<x>"))
    assert pattern.variables == ("<x>",) and is_variable("<x>") and not is_variable("Iran")
    assert str(pattern) == "<x> met Iran at <x>"


VARIABLES = ("<x>", "<y>", "<z>")
PARTIES = ("Iran", "al-Qaeda", "Ali", "Herat")
SAYS = "<a> met <b> before <c>"
patterns = st.tuples(*[st.sampled_from(VARIABLES + PARTIES)] * 3).map(lambda args: Pattern(SAYS, args))
propositions = st.tuples(*[st.sampled_from((*PARTIES, NOBODY))] * 3).map(lambda parties: Proposition(SAYS, parties))
bindings = st.permutations(PARTIES).map(lambda p: dict(zip(VARIABLES, p, strict=False)))


@given(patterns, bindings)
def test_what_a_pattern_is_grounded_with_is_what_it_matches(pattern: Pattern, parties: dict[str, str]) -> None:
    """Ground, then match: each variable is found again."""
    assert pattern.match(pattern.ground(parties)) == {v: parties[v] for v in pattern.variables}


@given(patterns, propositions)
def test_a_match_grounds_to_what_was_matched(pattern: Pattern, proposition: Proposition) -> None:
    """Match, then ground: the same proposition; and different variables stood for different parties."""
    found = pattern.match(proposition)
    if found is None:
        return
    assert pattern.ground(found) == proposition
    named = [party for party in found.values() if party != NOBODY]
    assert len(set(named)) == len(named) and tuple(found) == pattern.variables


@given(patterns, propositions)
def test_no_match_means_that_no_choice_of_different_parties_fits(pattern: Pattern, proposition: Proposition) -> None:
    """Where match finds nothing there is nothing to find."""
    assume(NOBODY not in proposition.parties)
    every: list[dict[str, str]] = [
        dict(zip(VARIABLES, chosen, strict=True)) for chosen in itertools.product(PARTIES, repeat=len(VARIABLES))
    ]
    fits = [
        each for each in every
        if len({each[v] for v in pattern.variables}) == len(pattern.variables) and pattern.ground(each) == proposition
    ]  # fmt: skip
    assert (pattern.match(proposition) is None) == (not fits)


@given(patterns, bindings, st.sets(st.sampled_from(VARIABLES)))
def test_binding_a_part_and_grounding_the_rest_is_grounding_the_whole(
    pattern: Pattern, parties: dict[str, str], first: set[str]
) -> None:
    """In whatever order the blanks are filled."""
    bound = pattern.bind({v: parties[v] for v in first})
    assert set(bound.variables) == set(pattern.variables) - first
    assert bound.ground(parties) == pattern.ground(parties)


def test_a_pattern_is_not_grounded_by_halves() -> None:
    """A variable left open is an error, and a sentence is matched by none but itself."""
    with pytest.raises(KeyError):
        Pattern(SAYS, VARIABLES).ground({"<x>": "Iran"})
    assert Pattern(SAYS, VARIABLES).match(Proposition(LEFT.says, ("Iran",))) is None


def test_nobody_named_may_stand_in_two_blanks() -> None:
    """It is not a party, and so not the same party twice."""
    proposition = Proposition(HARBORED.says, (NOBODY, NOBODY))
    assert Pattern(HARBORED.says, ("<x>", "<y>")).match(proposition) == {"<x>": NOBODY, "<y>": NOBODY}
    assert Pattern(HARBORED.says, ("<x>", "<y>")).match(Proposition(HARBORED.says, ("Iran", "Iran"))) is None


# ── Parsing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "proposition", "denied"),
    [
        ("Iran harbored al-Qaeda", "Iran harbored al-Qaeda", False),
        ("the Iran harbored the al-Qaeda", "Iran harbored al-Qaeda", False),
        ("TEHRAN  HARBORED\nAL–QAIDA", None, False),
        ("Tehran harbored al Qaida", "Iran harbored al-Qaeda", False),
        ("Iran did not harbor al-Qaeda in Iraq", "Iran harbored al-Qaeda in Iraq", True),
        ("Iran harbored the Taliban", "Iran harbored the Taliban", False),
        ("Iran harbored Taliban", None, False),
        ("Jama’at has left the fight", "Jama'at has left the fight", False),
        ("<who> harbored al-Qaeda", "<who> harbored al-Qaeda", False),
        ("The authority to detain has not unravelled", "the authority to detain has unravelled", True),
        ("Iran harbored", None, False),
        ("Iran harbored al-Qaeda yesterday", None, False),
        ("Iran harboredal-Qaeda", None, False),
        ("Iranian harbored al-Qaeda", None, False),
        ("", None, False),
    ],
)
def test_a_text_is_a_sentence_about_declared_parties(text: str, proposition: str | None, denied: bool) -> None:
    """The whole text, no more and no less; names by any spelling, a leading *the* passed over."""
    assert read(text) == ([(proposition, denied)] if proposition else [])


def test_the_longest_name_is_tried_first_and_every_reading_is_given() -> None:
    """al-Qaeda in Iraq is not al-Qaeda; where it is left open, all readings are given, the longer name first."""
    assert read("al-Qaeda in Iraq has left the fight") == [("al-Qaeda in Iraq has left the fight", False)]
    met = Sentence(says="<a> met", denied="<a> did not meet")
    met_in = Sentence(says="<a> in <b> met", denied="<a> in <b> did not meet")
    names = Names({"al-Qaeda": [], "al-Qaeda in Iraq": [], "Iraq": []})
    parses = Vocabulary(sentences=(met, met_in)).parse("al-Qaeda in Iraq met", names)
    assert [(p.sentence, p.args) for p in parses] == [(met, ("al-Qaeda in Iraq",)), (met_in, ("al-Qaeda", "Iraq"))]
    both = Names({"the Taliban": [], "Taliban": []})
    assert read("the Taliban has left the fight", both) == [
        ("the Taliban has left the fight", False), ("Taliban has left the fight", False),
    ]  # fmt: skip


def test_one_blank_in_two_places_takes_one_party() -> None:
    """A sentence that repeats a blank is read only of one party."""
    vocabulary = Vocabulary(sentences=(Sentence(says="<a> fights for <a>", denied="<a> does not fight for <a>"),))
    assert read("Iran fights for Tehran", NAMES, vocabulary) == [("Iran fights for Iran", False)]
    assert read("Iran fights for al-Qaeda", NAMES, vocabulary) == []


WORDS = ("harbored", "aided", "was", "part", "of", "left", "not", "once", "who", "since")
KNOWN = {
    "Aland": ["the Republic of Alandia"], "Brotherhood": [], "Cell Nine": ["Nine's men"], "Dora": ["D."], "E-7": [],
}  # fmt: skip
KIND_OF = {
    "Aland": Kind.STATE, "Brotherhood": Kind.ORGANIZATION, "Cell Nine": Kind.ORGANIZATION, "Dora": Kind.PERSON,
    "E-7": Kind.OPERATION,
}  # fmt: skip


@st.composite
def forms(draw: st.DrawFn) -> Sentence:
    """A sentence of words and one to three blanks, which its denied form may turn round."""
    names = ["a", "b", "c"][: draw(st.integers(1, 3))]

    def form() -> str:
        order = draw(st.permutations(names))
        words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2)
        parts = [w for name in order for w in (*draw(words), f"<{name}>")]
        return " ".join([*parts[draw(st.integers(0, 1)) :], *draw(words)])

    kinds = st.lists(st.sampled_from(ALL_KINDS), min_size=1, max_size=3, unique=True).map(tuple)
    return Sentence(says=form(), denied=form(), where={name: draw(kinds) for name in names if draw(st.booleans())})


vocabularies = st.lists(forms(), min_size=1, max_size=5).map(lambda made: Vocabulary(sentences=tuple(made)))


@given(vocabularies, st.data())
def test_what_is_filled_in_is_read_back(vocabulary: Vocabulary, data: st.DataObject) -> None:
    """In a vocabulary without collisions, a sentence about parties of its kinds, affirmed or denied, in any spelling of
    their names, is read as that proposition and, among parties of the right kinds, as no other."""
    assume(all(set(blanks(s.says)) == set(blanks(s.denied)) for s in vocabulary.sentences))
    assume(not vocabulary.collisions())
    sentence = data.draw(st.sampled_from(vocabulary.sentences))
    fitting = [[name for name in KNOWN if KIND_OF[name] in sentence.kinds(b)] for b in sentence.blanks]
    assume(all(fitting))
    parties = tuple(data.draw(st.sampled_from(each)) for each in fitting)
    denied = data.draw(st.booleans())
    spelled = [data.draw(st.sampled_from((name, *KNOWN[name], f"the {name}", name.upper()))) for name in parties]
    text = sentence.fill(spelled, denied=denied)
    parses = [
        p for p in vocabulary.parse(text, Names(KNOWN))
        if all(KIND_OF[a] in p.sentence.kinds(b) for b, a in zip(p.sentence.blanks, p.args, strict=True))
    ]  # fmt: skip
    assert [(p.sentence, p.args, p.denied) for p in parses] == [(sentence, parties, denied)]


@given(vocabularies, st.data())
def test_a_vocabulary_reads_a_text_as_each_of_its_sentences_would(vocabulary: Vocabulary, data: st.DataObject) -> None:
    """However many sentences stand beside it, each reads what it would read alone."""
    sentence = data.draw(st.sampled_from(vocabulary.sentences))
    named = data.draw(st.lists(st.sampled_from(sorted(KNOWN)), min_size=3, max_size=3))
    text = sentence.fill(named[: len(sentence.blanks)], denied=data.draw(st.booleans()))
    alone = [p for s in vocabulary.sentences for p in Vocabulary(sentences=(s,)).parse(text, Names(KNOWN))]
    found = vocabulary.parse(text, Names(KNOWN))
    assert {(p.sentence.says, p.args, p.denied) for p in found} == {(p.sentence.says, p.args, p.denied) for p in alone}


@given(vocabularies)
def test_two_sentences_collide_whatever_stands_beside_them(vocabulary: Vocabulary) -> None:
    """The collisions of a vocabulary are those of each sentence with itself and with each other one."""
    pairs = itertools.combinations(vocabulary.sentences, 2)
    alone = [(s,) for s in vocabulary.sentences]
    found = {frozenset(c) for two in (*alone, *pairs) for c in Vocabulary(sentences=two).collisions()}
    assert {frozenset(c) for c in vocabulary.collisions()} == found


@given(vocabularies)
def test_collisions_do_not_depend_on_the_order_of_the_sentences(vocabulary: Vocabulary) -> None:
    """The same pairs, whichever stands first."""
    turned = Vocabulary(sentences=vocabulary.sentences[::-1])
    assert {frozenset(c) for c in turned.collisions()} == {frozenset(c) for c in vocabulary.collisions()}


@pytest.mark.parametrize(
    ("one", "other", "collide"),
    [
        ("<a> harbored <b>", "<c> harbored <d>", True),
        ("<a> harbored <b>", "<a>  HARBORED <b>", True),
        ("<a> harbored <b>", "<a> har­bored <b>", False),
        ("<a> harbored <b>", "<a> harbored al-Qaeda", True),
        ("<a> harbored <b>", "<a> harbored the men of Iran", True),
        ("<a> left", "the last of them left", True),
        ("<a> harbored <b>", "<a> harbored", False),
        ("<a> harbored <b>", "<a> sheltered <b>", False),
        ("<a> met <b>", "<a> met with <b>", False),
        ("war", "war", True),
        ("<a>", "<a> left", False),
    ],
)
def test_two_sentences_collide_where_one_text_could_be_both(one: str, other: str, collide: bool) -> None:
    """Alike but for their blanks, or one an instance of the other."""
    first = Sentence(says=one, denied="nothing of the first kind " + " ".join(f"<{b}>" for b in blanks(one)))
    second = Sentence(says=other, denied="and the second none " + " ".join(f"<{b}>" for b in blanks(other)))
    found = Vocabulary(sentences=(first, second)).collisions()
    assert (set(found) & {(one, other), (other, one)} != set()) is collide


def test_kinds_that_have_nothing_in_common_keep_two_sentences_apart() -> None:
    """The same words of a state and of a person are two sentences."""
    state = Sentence(says="<a> fell", denied="<a> stood", where={"a": (Kind.STATE,)})
    person = Sentence(says="<b> fell", denied="<b> stood", where={"b": (Kind.PERSON,)})
    both = Sentence(says="<c> fell", denied="<c> did not fall")
    assert Vocabulary(sentences=(state, person)).collisions() == ()
    assert len(Vocabulary(sentences=(state, both)).collisions()) == 1


def test_a_sentence_may_collide_with_its_own_denied_form() -> None:
    """Then nobody could say which was meant."""
    vocabulary = Vocabulary(sentences=(Sentence(says="<a> left", denied="<a> left"),))
    assert vocabulary.collisions() == (("<a> left", "<a> left"),)


def test_an_instance_collides_whether_it_stands_before_the_general_form_or_behind_it() -> None:
    """The pair is named in the order in which the two stand."""
    general = Sentence(says="<a> harbored <b>", denied="<a> did not harbor <b>")
    special = Sentence(says="<a> harbored al-Qaeda", denied="<a> kept al-Qaeda out")
    assert Vocabulary(sentences=(general, special)).collisions() == ((general.says, special.says),)
    assert Vocabulary(sentences=(special, general)).collisions() == ((special.says, general.says),)


def colliding(one: Sentence, other: Sentence) -> bool:
    """Whether the vocabulary of two sentences has a collision."""
    return bool(Vocabulary(sentences=(one, other)).collisions())


def test_a_blank_with_something_before_it_is_still_a_blank() -> None:
    """pro-<a> and pro-<b> are alike but for their blanks: one text is read as both."""
    one = Sentence(says="pro-<a> men met", denied="no pro-<a> men met")
    other = Sentence(says="pro-<b> men met", denied="pro-<b> men did not meet")
    assert len(Vocabulary(sentences=(one, other)).parse("pro-Iran men met", NAMES)) == 2
    assert colliding(one, other)


def test_a_leading_the_may_make_two_sentences_collide() -> None:
    """A leading *the* is passed over in names, so that a sentence that begins with it may be read as another."""
    one = Sentence(says="the <a> met", denied="the <a> did not meet")
    other = Sentence(says="<b> met", denied="no meeting of <b> was held")
    assert len(Vocabulary(sentences=(one, other)).parse("the Iran met", NAMES)) == 2
    assert colliding(one, other)


def test_kinds_keep_sentences_apart_whatever_stands_behind_the_blank() -> None:
    """A state's plan and a person's plan do not collide where a state and a person do not."""
    state = Sentence(says="<a>'s plan", denied="no plan of <a>", where={"a": (Kind.STATE,)})
    person = Sentence(says="<b>'s plan", denied="<b> has no plan", where={"b": (Kind.PERSON,)})
    assert not colliding(state, person)


# ── The nearest sentence ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Iran harboured al-Qaeda", "<target> harbored <group>"),
        ("Tehran harbors al Qaida", "<target> harbored <group>"),
        ("<x> did not harbour <y>", "<target> did not harbor <group>"),
        ("al-Qaeda in Iraq left the fight", "<group> has left the fight"),
        ("the authority to detain unravelled", "the authority to detain has unravelled"),
        ("Xyzzy", None),
        ("", None),
    ],
)
def test_a_misspelt_sentence_has_a_nearest_one(typed: str, near: str | None) -> None:
    """Found by its words, whoever it is about."""
    assert LAW.nearest(typed, NAMES) == near


# ── The real vocabulary ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", authority.rule_sets())
def test_the_vocabularies_that_come_with_the_library_have_no_collisions(name: str) -> None:
    """And every sentence in them is read back, affirmed and denied."""
    rules = authority.load_rules(name)
    assert rules.vocabulary.collisions() == ()
    kind_of = {f"{kind} {letter}": kind for kind in Kind for letter in "XYZ"}
    names = Names({party: [] for party in kind_of})
    for sentence in rules.vocabulary.sentences:
        fitting = [(f"{sentence.kinds(b)[0]} {letter}") for b, letter in zip(sentence.blanks, "XYZ", strict=False)]
        for denied in (False, True):
            (parse,) = (
                p for p in rules.vocabulary.parse(sentence.fill(fitting, denied=denied), names)
                if all(kind_of[a] in p.sentence.kinds(b) for b, a in zip(p.sentence.blanks, p.args, strict=True))
            )  # fmt: skip
            assert (parse.sentence, parse.args, parse.denied) == (sentence, tuple(fitting), denied)
