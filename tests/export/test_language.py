"""The language of a notebook's script."""

from adrastea.export.language import Language, language_of


def test_a_notebook_that_says_nothing_is_python() -> None:
    assert language_of({}) == Language("python", ".py", "#")


def test_the_kernel_says_the_language_and_the_ending_of_its_files() -> None:
    metadata = {"language_info": {"name": "C++17", "file_extension": ".cpp"}}

    assert language_of(metadata) == Language("c++17", ".cpp", "#")


def test_without_a_kernel_the_kernelspec_tells() -> None:
    assert language_of({"kernelspec": {"language": "julia"}}) == Language("julia", ".jl", "#")


def test_comments_are_those_of_the_language() -> None:
    assert language_of({"language_info": {"name": "JavaScript"}}).comment == "//"
    assert language_of({"language_info": {"name": "sql"}}).comment == "--"


def test_an_ending_that_would_lead_elsewhere_is_not_taken() -> None:
    assert language_of({"language_info": {"name": "python", "file_extension": "/../../x"}}).ending == ".py"
    assert language_of({"language_info": {"name": "brainfuck", "file_extension": 7}}).ending == ".txt"
