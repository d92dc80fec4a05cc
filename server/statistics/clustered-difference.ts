import { studentQuantile } from "./distributions.ts";
import { defaultLevel, type Interval, standardErrorsFor } from "./interval.ts";
import { newcombeFrom } from "./share-difference.ts";

/** What has to be added up over the clusters of an arm, each with n units of which k succeeded. */
export type ClusterSums = {
  readonly clusters: number;
  /** Σ n */
  readonly units: number;
  /** Σ k */
  readonly successes: number;
  /** Σ n² */
  readonly squaredUnits: number;
  /** Σ k² */
  readonly squaredSuccesses: number;
  /** Σ k·n */
  readonly products: number;
};

export type ClusteredDifference = Interval & {
  readonly difference: number;
  /** By the variation between clusters, not by effective units; 0 when all clusters of both arms are alike. */
  readonly standardError: number;
  /** How many times the variance of as many single units, in either arm; at least 1. */
  readonly designEffect: { readonly first: number; readonly second: number };
};

/** The sums over these clusters, for callers that have them one by one. */
export function sumClusters(clusters: Iterable<{ readonly n: number; readonly k: number }>): ClusterSums {
  const sums = {
    clusters: 0,
    units: 0,
    successes: 0,
    squaredUnits: 0,
    squaredSuccesses: 0,
    products: 0,
  };
  for (const { n, k } of clusters) {
    if (n === 0) continue;
    sums.clusters += 1;
    sums.units += n;
    sums.successes += k;
    sums.squaredUnits += n * n;
    sums.squaredSuccesses += k * k;
    sums.products += k * n;
  }
  return sums;
}

/**
 * Difference of two shares where whole clusters were assigned: Newcombe's interval with the units that the clusters are
 * worth.
 *
 * Question: by how much does the share in the first arm exceed the one in the second, if colleagues are alike? Assumes
 * that clusters, not units, were assigned by chance and know nothing of each other. Variance of a share by ratio
 * estimation, v = m/(m − 1)·Σ(k − p·n)²/(Σ n)²; design effect d = v/(p(1 − p)/Σ n), at least 1; Wilson's intervals for p
 * with Σ n/d units and Student's quantile with m₁ + m₂ − 2 degrees of freedom, joined as Newcombe does. An arm in which all or
 * none succeeded shows no variation: it takes the other's design effect, or that of clusters in which all are alike.
 * @returns shares, from −1 to 1; `undefined` with fewer than two clusters in an arm
 * @see Rao & Scott (1992), A simple method for the analysis of clustered binary data, Biometrics 48; Newcombe (1998)
 */
export function clusteredDifference(
  first: ClusterSums,
  second: ClusterSums,
  level = defaultLevel,
): ClusteredDifference | undefined {
  standardErrorsFor(level);
  if (first.clusters < 2 || second.clusters < 2) return undefined;
  const variances = [clusterVariance(first), clusterVariance(second)] as const;
  const seen = [seenDesignEffect(first, variances[0]), seenDesignEffect(second, variances[1])] as const;
  const effects = {
    first: Math.max(1, seen[0] ?? seen[1] ?? allAlike(first)),
    second: Math.max(1, seen[1] ?? seen[0] ?? allAlike(second)),
  };
  const t = studentQuantile((1 + level) / 2, first.clusters + second.clusters - 2);
  const worth = (sums: ClusterSums, effect: number) => ({
    k: sums.successes / effect,
    n: sums.units / effect,
  });
  const interval = newcombeFrom(worth(first, effects.first), worth(second, effects.second), t)!;
  return {
    ...interval,
    standardError: Math.sqrt(variances[0] + variances[1]),
    designEffect: effects,
  };
}

/** Variance of the share Σk/Σn by the variation between clusters. */
function clusterVariance(sums: ClusterSums): number {
  const { clusters, units, successes, squaredUnits, squaredSuccesses, products } = sums;
  const p = successes / units;
  const residuals = squaredSuccesses - 2 * p * products + p * p * squaredUnits;
  return ((clusters / (clusters - 1)) * Math.max(0, residuals)) / units ** 2;
}

function seenDesignEffect({ units, successes }: ClusterSums, variance: number): number | undefined {
  const p = successes / units;
  const ofUnits = (p * (1 - p)) / units;
  return ofUnits > 0 ? variance / ofUnits : undefined;
}

function allAlike({ units, squaredUnits }: ClusterSums): number {
  return squaredUnits / units;
}
