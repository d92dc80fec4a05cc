import { createHash } from "node:crypto";

/**
 * A place from 0 to 1 for one unit in one trial: the first 52 bits of SHA-256 of `trial|salt|unit`, over 2⁵².
 *
 * Question: where does chance put this unit? Nothing is drawn and nothing need be remembered: the same three names give
 * the same place on every machine, in any order, for ever; other names give places that have nothing to do with it.
 * Assumes that nobody chooses the unit's name knowing the salt.
 * @param trial e.g. an experiment's id
 * @param salt another salt is another shuffle of the same units
 * @param unit whatever is assigned as a whole: a person, or a company with all its people
 * @returns at least 0, below 1
 * @throws RangeError when a name is empty or holds the separator `|`
 */
export function placeOf(trial: string, salt: string, unit: string): number {
  for (const name of [trial, salt, unit]) {
    if (name === "" || name.includes("|")) {
      throw new RangeError(`A name to assign by is not empty and holds no "|": ${JSON.stringify(name)}.`);
    }
  }
  const digest = createHash("sha256").update(`${trial}|${salt}|${unit}`).digest();
  return Number(digest.readBigUInt64BE(0) >> 12n) / 2 ** 52;
}

/**
 * Whether a place belongs to the holdout, which takes the lowest places.
 *
 * Question: is this unit left alone, for comparison? Enlarging the share moves units into the holdout only, and
 * reducing it out of it only. Two holdouts that know nothing of each other need two salts.
 * @param place from `placeOf`
 * @param holdoutShare from 0 (nobody) to 1 (everybody)
 */
export function isHeldOut(place: number, holdoutShare: number): boolean {
  if (!(holdoutShare >= 0 && holdoutShare <= 1)) {
    throw new RangeError(`The share of a holdout lies between 0 and 1 (20 % is 0.2), not ${holdoutShare}.`);
  }
  return place < holdoutShare;
}
