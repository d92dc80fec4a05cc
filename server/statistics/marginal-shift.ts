import { chiSquareTail } from "./distributions.ts";

/**
 * Whether the make-up of the same customers changed between two times: Stuart and Maxwell's test.
 *
 * Question: did the shares shift, in whatever direction, or did as many go one way as the other? With d the differences of row and
 * column totals and V their covariance, vᵢᵢ = rᵢ + cᵢ − 2nᵢᵢ and vᵢⱼ = −(nᵢⱼ + nⱼᵢ), χ² = dᵀV⁻¹d over all categories but one. For two
 * categories it is McNemar's test. A category that nobody entered or left says nothing and is left out.
 * @param counts a square: rows before, columns after
 * @returns `undefined` when nobody moved, or the moves fall into parts that V cannot tell apart
 * @see Stuart (1955), Biometrika 42; Maxwell (1970), British Journal of Psychiatry 116
 */
export function marginalShift(
  counts: readonly (readonly number[])[],
): { readonly chiSquare: number; readonly degreesOfFreedom: number; readonly pValue: number } | undefined {
  const size = counts.length;
  const at = (i: number, j: number) => counts[i]![j]!;
  if (!counts.every((row) => row.length === size && row.every((count) => count >= 0 && count < Infinity))) {
    throw new RangeError("Moves are a square of counts of 0 or more.");
  }
  const all = Array.from({ length: size }, (_, i) => i);
  const rowTotal = (i: number) => all.reduce((total, j) => total + at(i, j), 0);
  const columnTotal = (i: number) => all.reduce((total, j) => total + at(j, i), 0);
  const moved = all.filter((i) => rowTotal(i) + columnTotal(i) - 2 * at(i, i) > 0);
  const used = moved.slice(0, -1);
  if (used.length === 0) return undefined;

  const d = used.map((i) => rowTotal(i) - columnTotal(i));
  const v = used.map((i) =>
    used.map((j) => (i === j ? rowTotal(i) + columnTotal(i) - 2 * at(i, i) : -(at(i, j) + at(j, i)))),
  );
  const solution = solve(v, d);
  if (!solution) return undefined;
  const chiSquare = d.reduce((total, x, i) => total + x * solution[i]!, 0);
  return { chiSquare, degreesOfFreedom: used.length, pValue: chiSquareTail(chiSquare, used.length) };
}

/** x with A·x = b by elimination with pivots; `undefined` when A is singular. */
function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] | undefined {
  const rows = a.map((row, i) => [...row, b[i]!]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
    if (Math.abs(rows[pivot]![k]!) < 1e-9) return undefined;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  const x = Array.from({ length: n }, () => 0);
  for (let i = n - 1; i >= 0; i--) {
    let rest = rows[i]![n]!;
    for (let j = i + 1; j < n; j++) rest -= rows[i]![j]! * x[j]!;
    x[i] = rest / rows[i]![i]!;
  }
  return x;
}
