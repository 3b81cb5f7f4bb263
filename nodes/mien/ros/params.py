"""Configuration dataclasses as ROS parameters, named `<component>.<field>`."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from builtin_interfaces.msg import Time
from rcl_interfaces.msg import (
    FloatingPointRange,
    IntegerRange,
    ParameterDescriptor,
    ParameterEvent,
    SetParametersResult,
)
from rclpy.exceptions import InvalidParameterTypeException, InvalidParameterValueException
from rclpy.node import Node
from rclpy.parameter import Parameter

from mien.core.config import Param, nearest, params
from mien.core.errors import ConfigError, MienError

ConfigT = TypeVar("ConfigT")
_INT_MAX = 2**31 - 1


def bind(
    node: Node,
    component: str,
    config: type[ConfigT],
    on_change: Callable[[ConfigT], None] | None = None,
    acceptable: Callable[[ConfigT], None] | None = None,
) -> ConfigT:
    """Declare the parameters of a component and return their configuration.

    Live parameters call `on_change` with the whole new configuration; a bad value is refused with
    its reason, and a start with one raises ConfigError.

    acceptable: raises MienError where values that are each within their bounds cannot be used; asked before a change.
    """
    specs = {f"{component}.{p.name}": dataclasses.replace(p, name=f"{component}.{p.name}") for p in params(config)}
    for name in node._parameter_overrides:
        if name.startswith(f"{component}.") and name not in specs:
            known = ", ".join(n.partition(".")[2] for n in specs)
            raise ConfigError(f"{name}: no such parameter{nearest(name, specs)}; {component} has {known}")
    values = {}
    for name, spec in specs.items():
        try:
            given = node.declare_parameter(name, spec.default, _descriptor(spec, on_change is not None)).value
        except (InvalidParameterTypeException, InvalidParameterValueException) as e:
            raise ConfigError(_reason(node, spec, e)) from e
        values[name] = spec.check(given)
    current = config(**{name.partition(".")[2]: value for name, value in values.items()})

    def values_of(changes: list[Parameter]) -> dict[str, Any]:
        return {c.name.partition(".")[2]: specs[c.name].check(c.value) for c in changes if c.name in specs}

    def check(changes: list[Parameter]) -> SetParametersResult:
        try:
            mine = values_of(changes)
            if mine and acceptable:
                acceptable(dataclasses.replace(current, **mine))  # type: ignore[type-var]
        except MienError as e:
            return SetParametersResult(successful=False, reason=str(e))
        return SetParametersResult(successful=True)

    def apply(changes: list[Parameter]) -> None:
        nonlocal current
        mine = values_of(changes)
        if mine and on_change:
            current = dataclasses.replace(current, **mine)  # type: ignore[type-var]
            on_change(current)

    node.add_on_set_parameters_callback(check)
    node.add_post_set_parameters_callback(apply)
    return current


def told(node: Node, configs: Mapping[str, Any], stamp_ns: int = 0) -> ParameterEvent:
    """All parameters of these components, for what comes after the image of `stamp_ns`, 0 = from the start."""
    values = {f"{name}.{p.name}": getattr(c, p.name) for name, c in configs.items() for p in params(type(c))}
    return ParameterEvent(
        stamp=Time(sec=stamp_ns // 1_000_000_000, nanosec=stamp_ns % 1_000_000_000),
        node=node.get_fully_qualified_name(),
        new_parameters=[Parameter(name, value=value).to_parameter_msg() for name, value in values.items()],
    )


def _descriptor(spec: Param, may_change: bool) -> ParameterDescriptor:
    unit = f" [{spec.unit}]" if spec.unit else ""
    descriptor = ParameterDescriptor(
        description=spec.doc + unit,
        additional_constraints=spec.bounds if spec.choices else "",
        read_only=not (spec.live and may_change),
        # YAML and the command line write 1 where a float or a text is meant; `Param.check` allows that.
        dynamic_typing=spec.type in (float, str),
    )
    if spec.type is float and (spec.lo is not None or spec.hi is not None):
        lo, hi = _ends(spec, float("inf"))
        descriptor.floating_point_range = [FloatingPointRange(from_value=lo, to_value=hi)]
    elif spec.type is int and (spec.lo is not None or spec.hi is not None):
        lo, hi = _ends(spec, _INT_MAX)
        descriptor.integer_range = [IntegerRange(from_value=int(lo), to_value=int(hi), step=1)]
    return descriptor


def _ends(spec: Param, far: float) -> tuple[float, float]:
    return (-far if spec.lo is None else float(spec.lo), far if spec.hi is None else float(spec.hi))


def _reason(node: Node, spec: Param, error: Exception) -> str:
    override: Any = node._parameter_overrides.get(spec.name)
    try:
        spec.check(override.value if override else spec.default)
    except ConfigError as e:
        return str(e)
    return str(error)
