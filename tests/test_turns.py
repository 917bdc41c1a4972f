"""The lock around the archive: one at a time, and who asked first is answered first."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from assistant.turns import Turns


def run(*works: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def test_only_one_thread_is_inside_at_a_time() -> None:
    turns, inside, most, done = Turns(), 0, 0, 0

    def work() -> None:
        nonlocal inside, most, done
        for _ in range(50):
            with turns:
                inside += 1
                most = max(most, inside)
                time.sleep(0)
                inside -= 1
                done += 1

    run(*[work] * 8)
    assert (most, done) == (1, 400)


def test_a_thread_that_is_inside_may_enter_again() -> None:
    turns = Turns()
    with turns, turns:
        pass
    run(lambda: turns.__enter__() and None)  # free again for another one


def test_who_asked_first_goes_first_each_time_that_the_lock_is_free() -> None:
    turns, order = Turns(), list[str]()
    drawn = {name: threading.Event() for name in "甲乙"}
    go = threading.Event()

    def asks(name: str) -> Callable[[], None]:
        def work() -> None:
            turns.draw()
            drawn[name].set()
            go.wait(5)
            for _ in range(3):
                with turns:
                    order.append(name)
                    time.sleep(0.02)  # the other one is waiting by now

        return work

    first, second = threading.Thread(target=asks("甲")), threading.Thread(target=asks("乙"))
    first.start()
    drawn["甲"].wait(5)
    second.start()
    drawn["乙"].wait(5)
    with turns:
        go.set()
        time.sleep(0.1)  # both wait
    first.join(5)
    second.join(5)
    assert order[0] == "甲" and sorted(order) == ["乙"] * 3 + ["甲"] * 3


def test_without_a_question_it_is_first_come_first_served() -> None:
    turns, order = Turns(), list[int]()

    def work(number: int) -> None:
        with turns:
            order.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    with turns:
        for thread in threads:
            thread.start()
            time.sleep(0.02)
    for thread in threads:
        thread.join(5)
    assert order == [0, 1, 2, 3, 4]


def test_an_error_inside_gives_the_lock_back() -> None:
    turns = Turns()
    with pytest.raises(RuntimeError), turns:
        raise RuntimeError
    entered = threading.Event()
    run(lambda: turns.__enter__() and entered.set())
    assert entered.is_set()


def test_whoever_is_interrupted_while_waiting_keeps_nobody_from_entering(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        """A lock whose second acquisition is interrupted, as by Ctrl+C."""

        def __init__(self) -> None:
            self.taken = False

        def acquire(self) -> bool:
            if self.taken:
                raise KeyboardInterrupt
            self.taken = True
            return True

        def release(self) -> None:
            """Nobody waits at it."""

    turns, entered, waiting = Turns(), threading.Event(), threading.Event()

    def holds() -> None:
        with turns:
            waiting.wait(5)

    holder = threading.Thread(target=holds)
    holder.start()
    while turns._owner is None:
        time.sleep(0.001)
    with monkeypatch.context() as patched:
        patched.setattr("assistant.turns.threading.Lock", Interrupted)
        with pytest.raises(KeyboardInterrupt):
            turns.__enter__()
    waiting.set()
    holder.join(5)
    run(lambda: turns.__enter__() and entered.set())
    assert entered.is_set()
