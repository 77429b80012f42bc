"""Breaking a line of source on purpose: where that can be done, how, and which lines are chosen.

A mutant is one expression of one file put wrongly: a sign turned, a bound moved, a term forgotten. What no test is meant
to hold is left alone: docstrings, annotations, decorators, imports, sentences, and what is raised.
"""

from __future__ import annotations

import ast
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
PAIRS = (("max", "min"), ("maximum", "minimum"), ("any", "all"), ("argmax", "argmin"), ("ceil", "floor"))
OPPOSITES = {**dict(PAIRS), **{b: a for a, b in PAIRS}}
NO_FIGURE = ("strict",)  # keywords that guard against slips of our own and change no answer
NUDGE = 1.1
MANY = 64  # from here on a whole number is nudged as others are, since one more is nothing
WHOLE = (ast.Constant, ast.Name, ast.Call, ast.Subscript, ast.Attribute)  # need no brackets wherever they stand


class Change(NamedTuple):
    """One way to put a node wrongly; the node is an expression, or a whole `x += y`."""

    kind: str
    node: ast.expr | ast.AugAssign
    after: ast.expr | ast.AugAssign


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change of one file.

    Attributes:
        file: path in the checkout, with forward slashes; line: where the expression begins, from 1.
        kind: what sort of slip it is.
        start, end: the bytes of the file that `after` stands in for.
    """

    file: str
    line: int
    kind: str
    before: str
    after: str
    start: int
    end: int

    @property
    def room(self) -> str:
        """The room that the file belongs to."""
        return self.file.split("/")[2]

    @property
    def name(self) -> str:
        """The same for the same change of the same place, from run to run."""
        return f"{self.file}:{self.line}:{self.start}:{self.kind}:{self.after}"

    def applied(self, source: str) -> str:
        """The file with the change made."""
        raw = source.encode("utf-8")
        return (raw[: self.start] + self.after.encode("utf-8") + raw[self.end :]).decode("utf-8")


def executable(tree: ast.AST) -> Iterator[ast.AST]:
    """Nodes that compute something, in the order of the source."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.Import() | ast.ImportFrom() | ast.Raise() | ast.JoinedStr() | ast.Assert():
                continue
            case ast.Expr(value=ast.Constant(value=str())):
                continue
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                continue
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case ast.AnnAssign(value=ast.expr() as value):
                yield from (value, *executable(value))
            case ast.FunctionDef(args=args, body=body):
                yield node
                for default in filter(None, (*args.defaults, *args.kw_defaults)):
                    yield from (default, *executable(default))
                yield from _all(body)
            case ast.ClassDef(body=body):
                yield from _all(body)
            case ast.AnnAssign():
                continue
            case ast.Call(
                func=ast.Attribute(attr="reshape") as func
            ):  # any number below nothing means "the rest" there
                yield from (node, *executable(func))
            case ast.keyword(arg=arg) if arg in NO_FIGURE:
                continue
            case _:
                yield node
                yield from executable(node)


def _all(body: list[ast.stmt]) -> Iterator[ast.AST]:
    yield from executable(ast.Module(body=body, type_ignores=[]))


def changes(source: str) -> Iterator[Change]:
    """Every way that we know to put this source wrongly."""
    for node in executable(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            yield from _unchanged_input(node)
        elif isinstance(node, ast.AugAssign):
            if (swap := OPERATORS.get(type(node.op))) and not _is_made_of_parts(node.value):
                yield Change("operator", node, ast.AugAssign(node.target, swap(), node.value))
        elif isinstance(node, ast.expr):
            yield from (Change(kind, node, after) for kind, after in _wrong(node))


def _wrong(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if not (_is_made_of_parts(left) or _is_made_of_parts(right)):
            if swap := OPERATORS.get(type(op)):
                yield "operator", ast.BinOp(left, swap(), right)
            if isinstance(op, ast.Add | ast.Mult):
                yield from (("term dropped", side) for side in (left, right))
            if isinstance(op, ast.Sub) and isinstance(left, ast.Constant) and left.value == 1:
                yield "complement", right
        case ast.BoolOp(op=word, values=values):
            yield "and/or", ast.BoolOp(ast.Or() if isinstance(word, ast.And) else ast.And(), values)
            for i in range(len(values)):
                rest = [*values[:i], *values[i + 1 :]]
                yield "term dropped", rest[0] if len(rest) == 1 else ast.BoolOp(word, rest)
        case ast.Compare(left=left, ops=ops, comparators=to):
            for i, how in enumerate(ops):
                yield "comparison", ast.Compare(left, [*ops[:i], COMPARISONS[type(how)](), *ops[i + 1 :]], to)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not removed", operand
        case ast.UnaryOp(op=ast.USub() | ast.Invert(), operand=operand) if not isinstance(operand, ast.Constant):
            yield "sign removed", operand
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords) if name in OPPOSITES:
            yield "opposite", ast.Call(ast.Name(OPPOSITES[name]), args, keywords)
        case ast.Call(func=ast.Attribute(value=of, attr=name), args=args, keywords=keywords) if name in OPPOSITES:
            yield "opposite", ast.Call(ast.Attribute(of, OPPOSITES[name]), args, keywords)
        case ast.Subscript(value=value, slice=ast.Constant(value=int(at))):
            yield "index", ast.Subscript(value, ast.Constant(0 if at else 1))
        case ast.Constant(value=bool(value)):
            yield "constant", ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield "constant", ast.Constant(value + 1 if value < MANY else round(value * NUDGE))
        case ast.Constant(value=float(value)):
            yield "constant", ast.Constant(float(f"{value * NUDGE if value else NUDGE - 1:.12g}"))
        case _:
            return


def _is_made_of_parts(node: ast.expr) -> bool:
    """Text, lists and tuples: what a sign turned would only make fall over."""
    parts = ast.JoinedStr | ast.List | ast.Tuple | ast.ListComp
    return isinstance(node, parts) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _unchanged_input(function: ast.FunctionDef) -> Iterator[Change]:
    """Returns that could give back an argument as it came: one annotated as the function's own answer is."""
    if function.returns is None:
        return
    answer = ast.dump(function.returns)
    given = [
        a.arg
        for a in (*function.args.posonlyargs, *function.args.args)
        if a.annotation is not None and ast.dump(a.annotation) == answer
    ]
    for node in _all(function.body):
        if (
            isinstance(node, ast.Return)
            and node.value is not None
            and not isinstance(node.value, ast.Name | ast.Constant)
        ):
            yield from (Change("input returned", node.value, ast.Name(name)) for name in given)


@cache
def mutants_of(file: str, source: str) -> tuple[Mutant, ...]:
    """Every mutant of a file, in the order of its lines."""
    starts = [0]
    for line in source.encode("utf-8").splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = set()
    for kind, node, after in changes(source):
        before, text = ast.unparse(node), ast.unparse(ast.fix_missing_locations(after))
        if before == text:
            continue
        if not isinstance(after, (*WHOLE, ast.AugAssign)):
            text = f"({text})"
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        found.add(Mutant(file, node.lineno, kind, before, text, start, end))
    return tuple(sorted(found, key=lambda m: (m.line, m.start, m.kind, m.after)))


def is_another_program(source: str, mutant: Mutant) -> bool:
    """Whether the mutant is Python still, and says something else."""
    try:
        return ast.dump(ast.parse(mutant.applied(source))) != ast.dump(ast.parse(source))
    except SyntaxError:
        return False


def allotted(lines: Mapping[str, int], count: int, seed: int) -> dict[str, int]:
    """How many of `count` each file is given: every n-th line of all files laid end to end, from a line by lot.

    So each file, room and part of a room has its share to within one, the small files among themselves too.
    """
    every = [file for file in sorted(lines) for _ in range(lines[file])]
    count = min(count, len(every))
    begin = random.Random(seed).random()
    taken = Counter(every[int((begin + i) * len(every) / count)] for i in range(count))
    return {file: taken[file] for file in sorted(lines)}


def chosen(sources: Mapping[str, str], count: int, seed: int) -> list[Mutant]:
    """`count` mutants spread over the files in proportion to their lines that can be broken, no two on one line.

    Which lines of a file are broken depends on the seed and on that file alone (and on how many it is given), so that a
    file that changes hardly moves another's mutants.
    """
    every = {file: mutants_of(file, source) for file, source in sorted(sources.items())}
    share = allotted({file: len({m.line for m in found}) for file, found in every.items()}, count, seed)
    picked = []
    for file, found in every.items():
        dice = random.Random(f"{seed} {file}")
        places = sorted({m.line for m in found})
        for line in dice.sample(places, len(places))[: share[file]]:
            kind = dice.choice(sorted({m.kind for m in found if m.line == line}))
            here = [m for m in found if m.line == line and m.kind == kind]
            picked.append(next(m for m in dice.sample(here, len(here)) if is_another_program(sources[file], m)))
    return sorted(picked, key=lambda m: (m.file, m.line))
