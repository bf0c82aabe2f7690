"""Without limits: 8 of 200 tags a side, alone and with 32 numbers that everybody has, against libraries of vectors.

Whole numbers on both sides, so every method finds the same scores, and the k-th has to be the same.
"""

from importlib.metadata import version
from importlib.util import find_spec

import numpy as np

from benchmarks.figures import Figure, table
from benchmarks.timing import paired
from yui.engine.matching.columns import Columns
from yui.engine.matching.top import Arrays
from yui.engine.matching.types import Instance, Opportunity, Person

PERSONS, OPPORTUNITIES, SAMPLE, TAGS, DENSE, K = 10_000, 10_000, 4_000, 200, 32, 10


def vectors(count: int, dense: int, chance: np.random.Generator) -> np.ndarray:
    """So many rows of small whole numbers: 8 tags (Zipf 0.7) of equal length in sum, and ``dense`` normal numbers."""
    share = 1 / (np.arange(TAGS) + 1) ** 0.7
    tags = np.argsort(-(np.log(share) + chance.gumbel(size=(count, TAGS))), axis=1)[:, :8]
    worth = chance.random((count, 8)) + 0.1
    made = np.zeros((count, TAGS + dense))
    np.put_along_axis(made, tags, np.rint(40 * worth / np.linalg.norm(worth, axis=1)[:, None]), axis=1)
    if dense:
        more = chance.normal(size=(count, dense))
        made[:, TAGS:] = np.rint(40 * more / np.linalg.norm(more, axis=1)[:, None])
    return made.astype(np.float32)


def question(persons: np.ndarray, opportunities: np.ndarray) -> Instance:
    """The same as a question without limits, ties by id: no peer has a lottery."""

    def keyed(row: np.ndarray) -> dict:
        held = np.flatnonzero(row).tolist()
        return {"tags": dict(zip(map(str, held), row[held].astype(int).tolist(), strict=True))}

    return Instance(
        persons={f"p{n:06d}": Person(**keyed(row)) for n, row in enumerate(persons)},
        opportunities={f"o{n:06d}": Opportunity(**keyed(row)) for n, row in enumerate(opportunities)},
        k=K, weights={"tags": 1},
    )  # fmt: skip


def figures() -> list[Figure]:
    """Ours over all persons, each peer over a sample, both told for 100,000 persons."""
    chance = np.random.default_rng(7)
    found = []
    for dense, name in ((0, "sparse only"), (DENSE, f"sparse + {DENSE} dense")):
        mine, theirs = vectors(PERSONS, dense, chance), vectors(OPPORTUNITIES, dense, chance)
        instance = question(mine, theirs)
        arrays = Arrays(instance, Columns(instance))
        wanted = (
            [("faiss", 1.5, 4), ("implicit", 2, 5)]
            if dense
            else [("sparse_dot_topn", 3, 6), ("sp_matmul_rs", 0.7, 1.2)]
        )
        for peer, must, aim in wanted:
            found.append(_figure(f"{name}, 100,000 × {OPPORTUNITIES:,}", arrays, peer, mine, theirs, must, aim))
    return found


def _figure(
    job: str, arrays: Arrays, peer: str, mine: np.ndarray, theirs: np.ndarray, must: float, aim: float
) -> Figure:
    if find_spec(peer) is None:
        return Figure(job, peer, "not installed", None, must, aim, "×")
    work, least = PEERS[peer](mine[:SAMPLE], theirs)
    if (arrays.top(K, rows=np.arange(SAMPLE)).scores[:, -1] != least).any():
        raise AssertionError(f"{peer} found other scores")
    ours, taken = paired(lambda: arrays.top(K), work)
    ours, taken = ours * 100_000 / PERSONS, taken * 100_000 / SAMPLE
    name = {"faiss": "faiss-cpu"}.get(peer, peer)
    return Figure(job, f"{peer} {version(name)}", f"{ours:.2f} s, {taken:.2f} s", taken / ours, must, aim, "×")


def _faiss(mine: np.ndarray, theirs: np.ndarray):
    import faiss

    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(theirs.shape[1])
    index.add(theirs)
    return lambda: index.search(mine, K), index.search(mine, K)[0][:, -1]


def _implicit(mine: np.ndarray, theirs: np.ndarray):
    from implicit.cpu.topk import topk

    return lambda: topk(theirs, mine, K, num_threads=1), topk(theirs, mine, K, num_threads=1)[1][:, -1]


def _sparse_dot_topn(mine: np.ndarray, theirs: np.ndarray):
    from sparse_dot_topn import sp_matmul_topn

    return _sparse(sp_matmul_topn, mine, theirs)


def _sp_matmul_rs(mine: np.ndarray, theirs: np.ndarray):
    from sp_matmul_rs import sp_matmul_topn

    return _sparse(sp_matmul_topn, mine, theirs)


def _sparse(product, mine: np.ndarray, theirs: np.ndarray):
    from scipy.sparse import csr_matrix

    left, right = csr_matrix(mine), csr_matrix(theirs).T.tocsr()

    def work():
        return product(left, right, top_n=K, n_threads=1)

    found = work()
    least = [min(row) if len(row) == K else 0 for row in np.split(found.data, found.indptr[1:-1])]
    return work, np.array(least)


PEERS = {
    "faiss": _faiss, "implicit": _implicit, "sparse_dot_topn": _sparse_dot_topn, "sp_matmul_rs": _sp_matmul_rs,
}  # fmt: skip
run = table("recommend without limits (median of 3, processor time for 100,000 persons, scaled)", figures)
