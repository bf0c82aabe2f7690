"""Reads what a component declares in its head comment, and checks every use of components in a template.

The head of ``templates/cotton/<name>.html`` is a comment block:

    Name: purpose, in one or more lines.
    prop label (required): the words
    prop kind = filled quiet: the values it may take, when they are few
    slot default: what goes inside
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template import Template
from django.template.base import Node
from django_cotton.compiler_regex import CottonCompiler
from django_cotton.templatetags._component import CottonComponentNode
from django_cotton.templatetags._slot import CottonSlotNode
from django_cotton.templatetags._vars import CottonVarsNode

HEAD = re.compile(r"\A{% comment %}\n(?P<head>.*?){% endcomment %}", re.DOTALL)
PROP = re.compile(r"prop (?P<name>[a-z_]+)(?P<required> \(required\))?(?: = (?P<choices>[a-z0-9 ]+))?: (?P<about>.+)")
SLOT = re.compile(r"slot (?P<name>[a-z_]+): (?P<about>.+)")
CONTROL = {"only"}


@dataclass(frozen=True, slots=True)
class Prop:
    """One value a component takes."""

    name: str
    required: bool
    choices: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Component:
    """What a component declares. ``defaults`` are the names its ``c-vars`` sets."""

    name: str
    about: str
    props: dict[str, Prop]
    slots: dict[str, str]
    defaults: frozenset[str]


def compiled(text: str) -> Template:
    """A template with components, compiled as the loader does."""
    return Template(CottonCompiler().process(text))


def component(name: str, text: str) -> Component:
    """The declaration of a component; a head that can not be read raises ``ValueError``."""
    head = HEAD.match(text)
    if head is None:
        raise ValueError(f"{name}: the file does not begin with its declaration")
    about, props, slots = [], {}, {}
    for line in filter(None, (line.strip() for line in head["head"].splitlines())):
        if found := PROP.fullmatch(line):
            choices = tuple((found["choices"] or "").split())
            props[found["name"]] = Prop(found["name"], bool(found["required"]), choices, found["about"])
        elif found := SLOT.fullmatch(line):
            slots[found["name"]] = found["about"]
        elif line.startswith(("prop ", "slot ")):
            raise ValueError(f"{name}: can not read {line!r}")
        else:
            about.append(line)
    return Component(name, " ".join(about), props, slots, frozenset(_defaults(text)))


def components(folder: Path) -> dict[str, Component]:
    """All components of a ``templates/cotton`` folder by the name they are used with (``work-line``)."""
    found = {}
    for path in sorted(folder.glob("**/*.html")):
        name = path.relative_to(folder).with_suffix("").as_posix().replace("/", ".").replace("_", "-")
        found[name] = component(name, path.read_text())
    return found


def _defaults(text: str) -> Iterator[str]:
    for node in compiled(text).nodelist:
        if isinstance(node, CottonVarsNode):
            yield from (variable.accessible_key for variable in node._prepared_vars)


def faults(text: str, known: dict[str, Component]) -> list[str]:
    """What is wrong with the uses of components in a template; empty when all is well."""
    found: list[str] = []
    for node in compiled(text).nodelist.get_nodes_by_type(CottonComponentNode):
        declared = known.get(node.component_name)
        if declared is None:
            found.append(f"<c-{node.component_name}>: no such component")
            continue
        found.extend(f"<c-{node.component_name}>: {fault}" for fault in _faults_of(node, declared))
    return found


def _faults_of(node: CottonComponentNode, declared: Component) -> Iterator[str]:
    given = {name.lstrip(":").replace("-", "_"): (name, value) for name, value in node.attrs.items()}
    slots = {slot.slot_name for slot in _own_slots(node)}
    for name, (written, value) in given.items():
        if name not in declared.props:
            yield f"it takes no {name!r}"
            continue
        choices = declared.props[name].choices
        words = value.strip("\"'") if isinstance(value, str) else ""
        if choices and words and not written.startswith(":") and "{" not in words and words not in choices:
            yield f"{name} can not be {words!r}, only {' '.join(choices)}"
    for name, prop in declared.props.items():
        if prop.required and name not in given and name not in slots:
            yield f"{name!r} is missing"
    for name in slots - declared.slots.keys():
        yield f"it has no slot {name!r}"
    if "default" not in declared.slots and any(
        not isinstance(child, CottonSlotNode) and getattr(child, "s", "x").strip() for child in node.nodelist
    ):
        yield "it takes nothing inside"


def _own_slots(node: Node) -> Iterator[CottonSlotNode]:
    """The slots filled for this component, not those of components inside it."""
    for child in getattr(node, "nodelist", []):
        if isinstance(child, CottonSlotNode):
            yield child
        elif not isinstance(child, CottonComponentNode):
            for name in child.child_nodelists:
                for inner in getattr(child, name, None) or []:
                    if isinstance(inner, CottonSlotNode):
                        yield inner


def reference(known: dict[str, Component]) -> str:
    """The page of the components for ``docs/reference`` (Markdown), from their own declarations."""
    lines = ["# 画面の部品", "", "`/_gallery/` で、すべての部品を見られます。", ""]
    for name, declared in known.items():
        lines += [f"## `<c-{name}>`", "", declared.about, ""]
        if declared.props or declared.slots:
            lines += ["| | required | one of | |", "|---|---|---|---|"]
        for prop in declared.props.values():
            lines.append(
                f"| `{prop.name}` | {'yes' if prop.required else ''} | {' '.join(prop.choices)} | {prop.about} |"
            )
        lines += [f"| slot `{slot}` | | | {about} |" for slot, about in declared.slots.items()]
        lines.append("")
    return "\n".join(line.rstrip() for line in lines)
