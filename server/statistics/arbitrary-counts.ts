import * as fc from "fast-check";

/** For property tests: any category counts with at least one answer. */
export const anyCounts = fc
  .record({ detractors: fc.nat(5000), passives: fc.nat(5000), promoters: fc.nat(5000) })
  .filter(({ detractors, passives, promoters }) => detractors + passives + promoters > 0);

/** For property tests: any eleven score counts with at least one answer. */
export const anyScores = fc
  .array(fc.nat(500), { minLength: 11, maxLength: 11 })
  .filter((scores) => scores.some((count) => count > 0));
