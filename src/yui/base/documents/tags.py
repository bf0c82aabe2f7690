"""What the tags of a template may say: names, loops, conditions and a few filters. Nothing is called or computed."""

from collections.abc import Iterator
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError, UndefinedError
from jinja2.runtime import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment, SecurityError

FILTERS = frozenset({"default", "length", "join", "first", "last", "upper", "lower", "trim"})
FORBIDDEN = (
    nodes.Call, nodes.CallBlock, nodes.Macro, nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends,
    nodes.Block, nodes.Mul, nodes.Pow, nodes.FilterBlock,
)  # fmt: skip


class _Environment(SandboxedEnvironment):
    """Nothing is multiplied: a short template must not make a long document out of nothing."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse."""
        raise SecurityError(operator)


def environment() -> SandboxedEnvironment:
    """Sandboxed, escaping, with no functions and the allowed filters; a missing value is an error."""
    made = _Environment(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    made.filters = {name: function for name, function in made.filters.items() if name in FILTERS}
    return made


def found_tags(source: str) -> set[str]:
    """Every name that a template takes from its context, as a dotted path. Raises ``TemplateSyntaxError``."""
    tree = environment().parse(source)
    return {path for path, outer in _paths(tree, frozenset()) if outer}


def forbidden_parts(source: str) -> list[str]:
    """Names of what a template must not do: calls, macros, inclusions, multiplications, unknown filters."""
    tree = environment().parse(source)
    parts = [type(node).__name__.lower() for node in tree.find_all(FORBIDDEN)]
    parts += [node.name for node in tree.find_all(nodes.Filter) if node.name not in FILTERS]
    return sorted(set(parts))


def _paths(node: nodes.Node, inner: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Pairs of a dotted path and whether it comes from the context rather than from a loop around it."""
    if isinstance(node, nodes.For):
        yield from _paths(node.iter, inner)
        names = {"loop"} | {name.name for name in node.target.find_all(nodes.Name)}
        if isinstance(node.target, nodes.Name):
            names.add(node.target.name)
        for child in [*node.body, *node.else_, *([node.test] if node.test else [])]:
            yield from _paths(child, inner | names)
        return
    if isinstance(node, nodes.Getattr | nodes.Name):
        path = _dotted(node)
        if path is not None:
            yield path, path.split(".")[0] not in inner
            return
    for child in node.iter_child_nodes():
        yield from _paths(child, inner)


def _dotted(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        before = _dotted(node.node)
        return f"{before}.{node.attr}" if before is not None else None
    return None


__all__ = ["SecurityError", "TemplateSyntaxError", "UndefinedError", "environment", "forbidden_parts", "found_tags"]
