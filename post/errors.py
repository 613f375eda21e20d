"""What a log may say of an error: where it was raised and what kind it is, never its text."""


def chain_of(error: BaseException) -> str:
    """Where it was raised and what kind it is, without a word of its text."""
    names = []
    seen: BaseException | None = error
    while seen is not None:
        step = seen.__traceback__
        while step is not None and step.tb_next is not None:
            step = step.tb_next
        where = f"{step.tb_frame.f_code.co_name}:{step.tb_lineno}" if step is not None else "?"
        code = getattr(seen, "sqlstate", None)
        names.append(f"{type(seen).__name__}{f' {code}' if isinstance(code, str) else ''} in {where}")
        seen = seen.__cause__ or seen.__context__
    return " from ".join(names)
