"""Problems in a form that tests compare."""

type Named = list[tuple[str, str, str]]


def named(problems: object) -> Named:
    """Return place, kind and value of each problem."""
    assert isinstance(problems, (list, tuple))
    return [(one.place, one.kind, one.value) for one in problems]
