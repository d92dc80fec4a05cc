import { type RawBuilder, sql } from "kysely";
import { conditionsOf, type RuleChoices } from "./rules.ts";

/**
 * The figures of customers with what follows from them: category, reasons (the weightiest first) with the values that their
 * sentences name, and status. No rule holds for who cannot be told apart from others or has left.
 */
export function judgedFigures(figures: RawBuilder<unknown>, choices: RuleChoices): RawBuilder<unknown> {
  const conditions = conditionsOf(choices);
  const holding = conditions.map(({ name, holds }) => sql`f.judged and ${holds} as ${sql.raw(name)}`);
  const reasons = conditions.map(({ name }) => sql`case when f.${sql.raw(name)} then ${sql.lit(name)} end`);
  const values = conditions.map(
    ({ name, values }) =>
      sql`case when f.${sql.raw(name)} then jsonb_build_object(${sql.lit(name)}::text, jsonb_strip_nulls(${values})) end`,
  );
  return sql`
    select f.*,
      case when f.score >= 9 then 'promoter' when f.score >= 7 then 'passive' when f.score >= 0 then 'detractor' end as category,
      case when f.gone then null
        when f.score in (7, 8) and cardinality(f.reasons) > 0 then 'both'
        when f.score in (7, 8) then 'stated'
        when cardinality(f.reasons) > 0 then 'behavioural'
        when f.unanswered > 0 and f.answers = 0 then 'silent' end as status
    from (
      select f.*, array_remove(array[${sql.join([...reasons, sql`null`])}]::text[], null) as reasons,
        ${sql.join([sql`'{}'::jsonb`, ...values.map((value) => sql`coalesce(${value}, '{}')`)], sql` || `)} as reason_values
      from (
        select f.*${holding.length > 0 ? sql`, ${sql.join(holding)}` : sql``} from (${figures}) as f
      ) as f
    ) as f`;
}
