/**
 * One step of a one-sided CUSUM: evidence grows by how much a standardised value lies beyond `allowance`, and never
 * falls below 0.
 *
 * Question: do small deviations to one side add up to more than chance? For downward shifts pass −z.
 * @param options.allowance deviations up to this many standard deviations are no evidence; half of the shift that is
 * to be found soonest
 * @see Page (1954), Continuous inspection schemes, Biometrika 41
 */
export function cusumStep(evidence: number, z: number, { allowance }: { allowance: number }): number {
  return Math.max(0, evidence + z - allowance);
}

/**
 * The mean number of values until a one-sided CUSUM of normal values passes `threshold`, by Siegmund's approximation:
 * (e^(−2Δb) + 2Δb − 1)/(2Δ²), b = threshold + 1.166, Δ = shift − allowance.
 *
 * Question: how long until a false alarm (shift 0), and how late is a true one (shift above 0)?
 * @see Siegmund (1985), Sequential Analysis, Springer
 */
export function cusumRunLength({
  threshold,
  allowance,
  shift = 0,
}: {
  threshold: number;
  allowance: number;
  shift?: number;
}): number {
  const b = threshold + 1.166;
  const delta = shift - allowance;
  if (Math.abs(delta) < 1e-6) return b * b;
  return (Math.exp(-2 * delta * b) + 2 * delta * b - 1) / (2 * delta * delta);
}
