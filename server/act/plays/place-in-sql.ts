import { type RawBuilder, sql } from "kysely";

/**
 * The place of a unit in a trial as `placeOf` gives it, for many units at once: the same first 52 bits of the same
 * SHA-256, over 2⁵².
 * @param unit text, as the id of a customer
 */
export function placeInSql(trial: string, salt: string, unit: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`(('x' || substr(encode(sha256(convert_to(${`${trial}|${salt}|`}::text || ${unit}::text, 'UTF8')),
    'hex'), 1, 13))::bit(52)::bigint / 4503599627370496.0::float8)`;
}
