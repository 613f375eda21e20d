"""What a log may say of an error: its kinds and places, through every cause, and not a word of its text."""

from post.errors import chain_of


def caught(*errors: BaseException) -> BaseException:
    """Each raised from the one before; the last."""

    def fall(error: BaseException, cause: BaseException | None) -> BaseException:
        try:
            raise error from cause
        except BaseException as raised:  # noqa: BLE001 - looked at by the test
            return raised

    last: BaseException | None = None
    for error in errors:
        last = fall(error, last)
    assert last is not None
    return last


def test_it_names_the_kind_and_the_place() -> None:
    said = chain_of(caught(ValueError("canary")))
    assert said.startswith("ValueError in fall:")
    assert "canary" not in said


def test_it_follows_every_cause() -> None:
    said = chain_of(caught(KeyError("canary"), ValueError("canary"), LookupError("canary")))
    assert [part.split(" in ")[0] for part in said.split(" from ")] == ["LookupError", "ValueError", "KeyError"]
    assert "canary" not in said


def test_it_follows_what_was_going_on_when_it_was_raised() -> None:
    try:
        try:
            raise KeyError("canary")
        except KeyError:
            raise ValueError("canary") from None
    except ValueError as error:
        said = chain_of(error)
    assert said.split(" in ")[0] == "ValueError"
    assert "KeyError" in said


def test_an_error_that_was_never_raised_has_no_place() -> None:
    assert chain_of(ValueError("canary")) == "ValueError in ?"


def test_a_kind_named_by_the_database_is_told_by_its_code() -> None:
    class AwayError(Exception):
        sqlstate = "57P01"

    assert chain_of(AwayError("canary")).startswith("AwayError 57P01 in ")
