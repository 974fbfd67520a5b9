"""Lines that nearly work: out of reach, unseen, half understood, and what they ask for without saying it."""

from __future__ import annotations

import pytest

from pianist_quest.engine.turn import Ask, Choose, Do, Examine, Go, Take, Wait
from pianist_quest.terminal.command import Act, Reply, understand
from pianist_quest.terminal.hints import hints
from pianist_quest.terminal.playing import play
from pianist_quest.terminal.session import Session
from terminal.den import DEN, WORLD
from terminal.house import after, story
from terminal.talking import talk, text
from terminal.tapes import TAPES


@pytest.fixture
def session() -> Session:
    return Session.new(DEN, 1)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("take bead", "The bead is out of reach."),
        ("take ring", "The ring is out of reach."),
        ("x me", "You are as you were."),
        ("look at myself", "You are as you were."),
        ("examine self", "You are as you were."),
        ("kiss me", "You cannot do that to yourself."),
        ("x nothing", "There is nothing of that name here."),
        ("look under lamp", "There is nothing more to see about the lamp."),
        ("look behind the bench", "There is nothing more to see about the bench."),
        ("take up rope", "There is no rope here."),
        ("search under wasp", "There is no wasp here."),
        ("turn wasp on", "There is no wasp here."),
        ("turn lamp on", 'I understand "turn lamp", but not the rest.'),
        ("sing to rejep", 'I understand "sing", but not the rest.'),
        ("take rejep", "You cannot take Rejep. You can take: the lamp, the cap, the anvil."),
        ("talk to lamp", "You cannot talk to the lamp."),
        ("x rejep lamp", "There is no rejep lamp here."),
        ("x square", "To look at the old square, type look."),
        ("x the old square", "To look at the old square, type look."),
        ("x squar", "To look at the old square, type look."),
        ("x squre", "To look at the old square, type look."),
        ("x old", "There is no old here."),
        ("x bnch", 'Did you mean "examine bench"?'),
        ("climb stairs", "The loft Dust."),
        ("climb up", "The loft Dust."),
        ("nudge lamp", "Done."),
    ],
)
def test_a_line_that_nearly_works_is_answered(session: Session, line: str, said: str) -> None:
    assert talk(session, line) == said


def test_there_is_no_way_up_stairs_where_none_leads_up() -> None:
    assert understand(after("up", story=DEN), "climb stairs") == Reply('You know no way to "stairs". You can go: down.')


@pytest.mark.parametrize("line", ["x coal", "x cellar", "x the coal cellar", "take coal"])
def test_in_the_dark_a_noun_is_not_the_rooms(line: str) -> None:
    assert understand(after("n", story=DEN), line) == Reply("It is too dark to see that.")


def test_a_room_is_walked_to_by_any_word_of_its_name() -> None:
    assert understand(after("n", "s", story=DEN), "go to coal") == Act((Go("north"),))


# Asking

TOPICS = "You can ask about: the keys; what to do first."


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ask for record", f"Nobody here can be asked about that. {TOPICS}"),
        ("ask rejep for record", f"Rejep has nothing to say about that. {TOPICS}"),
        ("tell rejep about the mouse", f"Rejep has nothing to say about that. {TOPICS}"),
        ("tell ene about the mouse", "Ene has nothing to say about that."),
        ("ask lamp about the mouse", "You cannot ask the lamp."),
    ],
)
def test_who_has_nothing_to_say_is_named(line: str, said: str) -> None:
    assert understand(after(story=DEN), line) == Reply(said)


def test_a_topic_is_asked_for_without_its_verb() -> None:
    scene = after(story=DEN)
    for line in ("ask rejep what to do first", "ask rejep about what to do first", "ask rejep for what to do first"):
        assert understand(scene, line) == Act((Ask("rejep", 1),))


# What goes before


def test_what_is_put_somewhere_is_taken_first(session: Session) -> None:
    assert talk(session, "put lamp in drawer") == "(first taking the lamp) You put the lamp into the drawer."
    assert talk(session, "x it") == "There is nothing more to see about the lamp."
    assert talk(session, "undo", "i") == "You are carrying nothing."


def test_of_several_things_each_is_taken_first(session: Session) -> None:
    shown = talk(session, "put lamp and cap in drawer")
    assert shown.startswith("(first taking the lamp) (first taking the cap) You put the lamp into")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("wear lamp", "The lamp cannot be worn."),
        ("put bead in drawer", "You do not have the bead."),
        ("put bench in drawer", "You do not have the bench."),
        ("give anvil to ene", "(first taking the anvil) You cannot carry that as well."),
        ("give cap to ene", "(first taking the cap) Ene does not want the cap."),
        ("put lamp in lamp", "(first taking the lamp) The lamp cannot go into itself."),
    ],
)
def test_only_what_is_missed_and_can_be_had_is_taken(session: Session, line: str, said: str) -> None:
    assert talk(session, line) == said


@pytest.mark.parametrize(
    ("lines", "action"),
    [
        (("x lamp",), Examine("lamp")),
        (("wait",), Wait()),
        (("up",), Go("up")),
        (("take lamp",), Take("lamp")),
    ],
)
def test_a_conversation_is_left_by_doing_something_else(lines: tuple[str, ...], action: object) -> None:
    scene = after("talk to rejep", story=DEN)
    assert [understand(scene, line) for line in lines] == [Act((Choose(2), action))]  # type: ignore[arg-type] # it is one


def test_after_a_conversation_is_left_play_goes_on(session: Session) -> None:
    assert talk(session, "x lamp", "talk to rejep", "take it. i") == "You take the lamp. You are carrying a lamp."
    waiting = "A choice is waiting. Type its number, 1 to 3, or words of the choice."
    assert talk(session, "talk to rejep", "x wasp") == waiting
    assert talk(session, "keys") == "They are lost."


# Waiting


@pytest.mark.parametrize(
    ("line", "turns"),
    [("wait 3", 3), ("z three", 3), ("wait for 2 turns", 2), ("wait 1", 1), ("wait 9999", 100)],
)
def test_turns_are_waited(line: str, turns: int) -> None:
    assert understand(after(story=DEN), line) == Act((Wait(),) * turns)


def test_waiting_ends_when_something_is_said(session: Session) -> None:
    assert talk(session, "wait 10") == "You wait a little."
    assert session.now.turn == 10
    assert talk(session, "wait 10") == "You wait a little. A bell rings."
    assert session.now.turn == 12
    assert talk(session, "undo", "wait 0").startswith('I understand "wait"')
    assert session.now.turn == 10


def test_waiting_ends_when_a_choice_waits() -> None:
    world = story(WORLD.replace("text: A bell rings.", "choices: [Answer it: Hello.]"))
    session = Session.new(world, 1)
    session.type("wait 50")
    assert (session.now.turn, session.now.scene.labels[0][1]) == (12, "Answer it")


# Help and refusals of many


def test_help_names_no_more_than_a_few_things() -> None:
    many = "".join(f"\n  jug{number}: {{name: jug {number}, at: square}}" for number in range(7))
    world = story(WORLD.replace("item == lamp", "item != lamp").replace("\ncarry:", f"{many}\ncarry:"))
    scene = after(story=world)
    assert "nudge ..., " in hints(scene)[-1]
    assert not any("...." in one for one in hints(scene))
    assert understand(scene, "take ene") == Reply("You cannot take Ene.")


def test_it_is_the_first_thing_of_the_last_command(session: Session) -> None:
    assert talk(session, "take cap", "put cap in drawer", "take it") == "You take the cap."
    assert understand(after("take cap", story=DEN), "put cap on bench") == Act(
        (Do("put_on", (("item", "cap"), ("second", "bench"))),)
    )
    assert text(session.type("x lamp, cap. x it")).endswith("Which do you mean, the lamp or the cap?")


def test_what_cannot_be_done_any_more_ends_a_command(session: Session) -> None:
    gone = Do("put_on", (("item", "coal"), ("second", "bench")))
    now, answer = play(session.now, (Wait(), gone, Wait()))
    assert (now.turn, answer.said) == (1, ())


# Verbs that are slips, or none


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("exmaine ene", 'Did you mean "examine Ene"?'),
        ("hit ene", 'I do not know the word "hit" here. With Ene you can: examine, talk to.'),
        ("wake rejep", 'I do not know the word "wake" here. With Rejep you can: examine, talk to.'),
        ("kick rejep", 'I do not know the word "kick" here. With Rejep you can: examine, talk to.'),
        ("in", "You cannot go in. You can go: up, north."),
    ],
)
def test_a_verb_is_taken_for_another_only_where_that_is_likely(session: Session, line: str, said: str) -> None:
    assert talk(session, line) == said


def test_a_misspelt_verb_about_somebody_elsewhere_is_understood() -> None:
    assert talk(Session.new(TAPES, 1), "exmaine ene") == "Ene is not here."


def test_in_is_a_way_where_there_is_one() -> None:
    assert talk(Session.new(TAPES, 1), "bazaar", "in").startswith("The kitchen")


def test_a_way_from_another_room_is_told() -> None:
    said = 'You know no way to "bazaar". From the kitchen there is one. You can go: south.'
    assert talk(Session.new(TAPES, 1), "n", "go to bazaar") == said
    said = 'You know no way to "river". From the yard there is one. You can go: north, bazaar.'
    assert talk(Session.new(TAPES, 1), "n", "s", "go to river") == said


# As it was typed


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("пойти", 'I do not know the word "пойти" here.'),
        ("take café", "There is no café here."),
        ("take cafe\u0301", "There is no café here."),
        ("x Selbi's", "There is no selbi's here."),
        ("x Selbi\u2019s", "There is no selbi\u2019s here."),
    ],
)
def test_words_are_shown_as_they_were_typed(session: Session, line: str, said: str) -> None:
    assert talk(session, line).startswith(said)


def test_an_empty_line_is_no_mistake(session: Session) -> None:
    answer = session.type("  ")
    assert (answer.said, answer.events, answer.around, answer.moved) == ((), (), True, False)
    assert talk(session, "take", "", "lamp") == "You take the lamp."


def test_looking_after_a_walk_shows_where_one_is(session: Session) -> None:
    session = Session.new(TAPES, 1)
    talk(session, "n", "go to bazaar", "s", "bazaar")
    assert talk(session, "go to yard").count("Warm.") == 1
    assert talk(session, "look").startswith("The yard")


# The tab key


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "x",
            (
                "x glass jar",
                "x bead",
                "x lamp",
                "x cap",
                "x drawer",
                "x bench",
                "x anvil",
                "x Rejep",
                "x Ene",
                "x ring",
            ),
        ),
        ("ask rejep ", ("ask rejep", "ask rejep about the keys", "ask rejep what to do first")),
        ("ask rejep about ", ("ask rejep about the keys", "ask rejep about what to do first")),
        ("go n", ("go north",)),
        ("go to n", ("go to north",)),
    ],
)
def test_each_thing_is_offered_once(session: Session, line: str, found: tuple[str, ...]) -> None:
    assert set(session.completions(line)) == set(found)
