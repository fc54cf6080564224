"""How is HiGHS asked? One thread, a fixed seed and no limit of time: an answer depends on the question alone.

What depends on the machine stays out: sums of products of fractions are left to HiGHS, whose simplex calls no library
that is different on another processor; what is calculated around it is whole numbers, or one operation at a time.
"""

from collections.abc import Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Numbers = Sequence[float] | Floats | Whole

INFINITE = highspy.kHighsInf
#: A number this near to a whole one is that whole one; HiGHS itself takes a millionth for integer programs.
NEARLY = 1e-6
_IMPOSSIBLE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)


class Program:
    """A linear program to maximise, or an integer one after `make_whole`. It stays alive: what changes is given anew."""

    def __init__(self, *, tolerance: float | None = None) -> None:
        """Begin empty. `tolerance` is how far a row or a dual may be off; HiGHS itself takes 1e-7."""
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]  # its own hint is missing
        options: dict[str, bool | int | float | str] = {
            "output_flag": False,
            "threads": 1,
            "random_seed": 0,
            "parallel": "off",
            "solver": "simplex",
            # The best whole answer, not one that is nearly as good.
            "mip_rel_gap": 0.0,
            "mip_abs_gap": NEARLY,
        }
        if tolerance is not None:
            options |= {"primal_feasibility_tolerance": tolerance, "dual_feasibility_tolerance": tolerance}
        for name, value in options.items():
            self._highs.setOptionValue(name, value)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.columns = 0
        self.rows = 0

    def add_columns(
        self, costs: Numbers, lowest: Numbers, highest: Numbers, matrix: Floats | Whole | None = None
    ) -> None:
        """Add columns with their costs and bounds; the matrix has a row for each row that is there already."""
        count = len(costs)
        if matrix is None:
            matrix = np.zeros((0, count))
        starts, index, values = _sparse(matrix.T)
        self._highs.addCols(
            count, _floats(costs), _floats(lowest), _floats(highest), len(values), starts, index, values
        )
        self.columns += count

    def add_rows(self, lowest: Numbers, highest: Numbers, matrix: Floats | Whole) -> None:
        """Add rows over the columns that are there already."""
        starts, index, values = _sparse(matrix)
        self._highs.addRows(len(lowest), _floats(lowest), _floats(highest), len(values), starts, index, values)
        self.rows += len(lowest)

    def make_whole(self) -> None:
        """Ask for whole numbers in all columns from now on."""
        kinds = np.full(self.columns, highspy.HighsVarType.kInteger)
        self._highs.changeColsIntegrality(self.columns, _places(range(self.columns)), kinds)

    def set_gap(self, gap: float) -> None:
        """Let an integer program stop when its answer is within this part of the best that there may be."""
        self._highs.setOptionValue("mip_rel_gap", gap)

    def set_costs(self, costs: Numbers) -> None:
        """Replace the costs of the first columns."""
        self._highs.changeColsCost(len(costs), _places(range(len(costs))), _floats(costs))

    def set_bounds(self, columns: Sequence[int] | Whole, lowest: Numbers, highest: Numbers) -> None:
        """Replace the bounds of some columns."""
        self._highs.changeColsBounds(len(columns), _places(columns), _floats(lowest), _floats(highest))

    def set_row(self, row: int, lowest: float, highest: float) -> None:
        """Replace the bounds of a row."""
        self._highs.changeRowBounds(row, lowest, highest)

    def set_entry(self, row: int, column: int, value: float) -> None:
        """Replace one number of the matrix."""
        self._highs.changeCoeff(row, column, value)

    def solve(self) -> bool:
        """Find the best answer; false when no answer is possible."""
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return True
        if status in _IMPOSSIBLE:
            return False
        raise ArithmeticError("HiGHS stopped without an answer", self._highs.modelStatusToString(status))

    @property
    def value(self) -> float:
        """What the last answer is worth."""
        return float(self._highs.getInfo().objective_function_value)

    @property
    def answer(self) -> Floats:
        """The columns of the last answer."""
        return np.array(self._highs.getSolution().col_value)

    @property
    def prices(self) -> Floats:
        """What a unit more of each row would bring."""
        return np.array(self._highs.getSolution().row_dual)


def _sparse(matrix: Floats | Whole) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
    line, place = np.nonzero(matrix)
    starts = np.searchsorted(line, np.arange(matrix.shape[0]))
    return starts.astype(np.int32), place.astype(np.int32), _floats(matrix[line, place])


def _floats(numbers: Numbers) -> Floats:
    return np.asarray(numbers, np.float64)


def _places(places: Sequence[int] | Whole) -> NDArray[np.int32]:
    return np.asarray(places, np.int32)
