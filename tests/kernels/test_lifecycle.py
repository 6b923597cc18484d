"""What happens to a kernel, and where that leads."""

import pytest

from adrastea.kernels.lifecycle import TABLE, Action, Event, State, Step, step

ALIVE = [State.STARTING, State.IDLE, State.BUSY]


def test_a_kernel_that_opens_is_idle_and_gets_what_was_held_before_anybody_hears_of_it() -> None:
    assert step(State.STARTING, Event.OPENED) == Step(State.IDLE, (Action.RELEASE, Action.TELL))


def test_work_makes_it_busy_and_the_end_of_work_idle() -> None:
    assert step(State.IDLE, Event.BUSY).state is State.BUSY
    assert step(State.BUSY, Event.IDLE).state is State.IDLE


@pytest.mark.parametrize("event", [Event.BUSY, Event.IDLE])
def test_a_kernel_that_is_starting_is_neither_busy_nor_idle(event: Event) -> None:
    assert step(State.STARTING, event) == Step(State.STARTING)


@pytest.mark.parametrize("state", ALIVE)
def test_a_process_that_ends_by_itself_is_dead_and_is_not_started_again(state: State) -> None:
    assert step(state, Event.ENDED) == Step(State.DEAD, (Action.FORGET, Action.TELL))


@pytest.mark.parametrize("state", [*ALIVE, State.DEAD])
def test_a_restart_forgets_all_requests_before_anybody_hears_of_it(state: State) -> None:
    assert step(state, Event.RESTART) == Step(State.RESTARTING, (Action.FORGET, Action.TELL))


def test_a_restart_goes_on_when_the_old_process_has_ended() -> None:
    assert step(State.RESTARTING, Event.ENDED) == Step(State.STARTING, (Action.TELL, Action.LAUNCH))


@pytest.mark.parametrize("event", [Event.OPENED, Event.BUSY, Event.IDLE, Event.RESTART])
def test_a_restart_is_not_disturbed_by_what_the_old_process_still_says(event: Event) -> None:
    assert step(State.RESTARTING, event) == Step(State.RESTARTING)


def test_a_start_that_found_its_port_taken_tries_again_and_keeps_what_is_held() -> None:
    assert step(State.STARTING, Event.PORT_TAKEN) == Step(State.STARTING, (Action.LAUNCH,))


def test_a_start_that_fails_leaves_a_dead_kernel() -> None:
    assert step(State.STARTING, Event.FAILED).state is State.DEAD


@pytest.mark.parametrize("state", [*ALIVE, State.RESTARTING])
def test_a_kernel_that_was_shut_down_is_dead(state: State) -> None:
    assert step(state, Event.CLOSED).state is State.DEAD


@pytest.mark.parametrize("event", [event for event in Event if event is not Event.RESTART])
def test_nothing_but_a_restart_wakes_the_dead(event: Event) -> None:
    assert step(State.DEAD, event) == Step(State.DEAD)


@pytest.mark.parametrize(("before", "after"), list(TABLE.items()))
def test_every_change_of_state_is_told(before: tuple[State, Event], after: Step) -> None:
    assert (before[0] is after.state) != (Action.TELL in after.actions)


def test_the_states_are_named_as_in_the_protocol() -> None:
    assert [state.value for state in State] == ["starting", "idle", "busy", "restarting", "dead"]
