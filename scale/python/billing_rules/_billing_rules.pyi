from datetime import date
from typing import Protocol

class ArrowArray(Protocol):
    """An array of any library that has the PyCapsule interface of Arrow."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

Column = ArrowArray | date | int | str

Book = tuple[Column, Column, Column, Column | None, Column | None, Column | None]
Options = tuple[str | None, int | None, int | None, str | None, str | None, bool | None]

def call(name: str, arguments: str) -> tuple[bool, str]: ...
def next_due_date(book: Book, after: Column) -> ArrowArray: ...
def period_on(book: Book, date: Column) -> ArrowArray: ...
def due_on(book: Book, date: Column) -> ArrowArray: ...
def amounts(
    book: Book,
    price: Column,
    number: Column,
    first_period: str | None,
    rounding: str | None,
    round_to: int,
) -> ArrowArray: ...
def prorate(
    book: Book,
    from_: Column,
    to: Column,
    at: Column,
    options: Options,
    first_period: str | None,
    rounding: str | None,
    round_to: int,
    /,
) -> ArrowArray: ...
def index(states: ArrowArray) -> ArrowArray: ...
def next_action(states: ArrowArray, today: Column) -> ArrowArray: ...
def apply_event(states: ArrowArray, events: Column) -> ArrowArray: ...
def forecast(states: ArrowArray, on: Column, through: Column) -> ArrowArray: ...
