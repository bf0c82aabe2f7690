"""What the kernels say to the processor in one breath: 64 comparisons as the bits of one word.

LLVM's own vectors, so any processor that numba serves runs them; the answer is that of the loop each stands for.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils as untyped
from numba.extending import intrinsic

WORD = 64
cgutils: Any = untyped
_LONG = ir.IntType(64)


def _load(builder: Any, data: Any, at: Any) -> Any:
    """64 neighbours of an array as a vector."""
    wide = ir.VectorType(data.type.pointee, WORD)
    found = builder.load(builder.bitcast(builder.gep(data, [at]), wide.as_pointer()))
    found.align = 1
    return found


def _everywhere(builder: Any, value: Any, lanes: int) -> Any:
    """One value in every lane."""
    wide, place = ir.VectorType(value.type, lanes), ir.IntType(32)
    first = builder.insert_element(ir.Constant(wide, ir.Undefined), value, place(0))
    return builder.shuffle_vector(
        first, ir.Constant(wide, ir.Undefined), ir.Constant(ir.VectorType(place, lanes), [0] * lanes)
    )


def _at_least(typing: Any, values: Any, at: Any, least: Any) -> Any:
    """Bit n: ``values[at + n] >= least``, of whole numbers; ``least`` is cut to their width."""

    def made(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        held = context.make_array(signature.args[0])(context, builder, given[0])
        kind = held.data.type.pointee
        bound = given[2] if kind == _LONG else builder.trunc(given[2], kind)
        found = builder.icmp_signed(">=", _load(builder, held.data, given[1]), _everywhere(builder, bound, WORD))
        return builder.bitcast(found, _LONG)

    return types.uint64(values, types.int64, types.int64), made


def _above(typing: Any, values: Any, at: Any, most: Any) -> Any:
    """Bit n: ``values[at + n] > most``, of floating numbers; what is not a number is above nothing."""

    def made(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        held = context.make_array(signature.args[0])(context, builder, given[0])
        found = builder.fcmp_ordered(">", _load(builder, held.data, given[1]), _everywhere(builder, given[2], WORD))
        return builder.bitcast(found, _LONG)

    return types.uint64(values, types.int64, types.float32), made


def _ones(typing: Any, word: Any) -> Any:
    """How many bits of a word are set."""

    def made(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.ctpop(given[0])

    return types.int64(types.uint64), made


def _lowest(typing: Any, word: Any) -> Any:
    """The number of the lowest bit that is set."""

    def made(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.cttz(given[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), made


def _add_rows(
    typing: Any, sums: Any, table: Any, keys: Any, values: Any, first: Any, last: Any, at: Any, column: Any, words: Any
) -> Any:
    """``sums[at + n] = Σ values[r] × table[keys[r], column + n]``, r from ``first`` to ``last``, n below 64 × ``words``.

    Sums stay in the processor over all rows; whole numbers, cut to the width of ``sums``.
    """

    def made(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        arrays = [context.make_array(signature.args[n])(context, builder, given[n]) for n in range(4)]
        total, held, key_of, value_of = arrays
        kind, narrow = total.data.type.pointee, held.data.type.pointee
        lanes = 2048 // kind.width if kind.width < 64 else 16
        wide = ir.VectorType(kind, lanes)
        first, last, at, column, words = given[4:]
        stride = cgutils.unpack_tuple(builder, held.strides)[0]
        raw = builder.bitcast(held.data, ir.IntType(8).as_pointer())
        room = cgutils.alloca_once(builder, wide)
        ends = builder.mul(words, _LONG(WORD))
        with cgutils.for_range_slice(builder, _LONG(0), ends, _LONG(lanes), inc=True) as (n, _):
            builder.store(ir.Constant(wide, None), room)
            with cgutils.for_range_slice(builder, first, last, _LONG(1), inc=True) as (r, _):
                key = builder.sext(builder.load(builder.gep(key_of.data, [r])), _LONG)
                row = builder.bitcast(builder.gep(raw, [builder.mul(key, stride)]), narrow.as_pointer())
                place = builder.gep(row, [builder.add(column, n)])
                part = builder.load(builder.bitcast(place, ir.VectorType(narrow, lanes).as_pointer()))
                part.align = 1
                if narrow != kind:
                    part = builder.sext(part, wide)
                worth = _everywhere(builder, builder.load(builder.gep(value_of.data, [r])), lanes)
                builder.store(builder.add(builder.load(room), builder.mul(part, worth)), room)
            written = builder.store(
                builder.load(room), builder.bitcast(builder.gep(total.data, [builder.add(at, n)]), wide.as_pointer())
            )
            written.align = 1
        return context.get_dummy_value()

    whole = types.int64
    return types.void(sums, table, keys, values, whole, whole, whole, whole, whole), made


at_least: Any = intrinsic(_at_least)
above: Any = intrinsic(_above)
ones: Any = intrinsic(_ones)
lowest: Any = intrinsic(_lowest)
add_rows: Any = intrinsic(_add_rows)
