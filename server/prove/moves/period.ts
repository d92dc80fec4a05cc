import { z } from "@hono/zod-openapi";
import { type Wave, waveById } from "../../identify/wave.ts";
import { Refusal } from "../../platform/errors.ts";

/** A span of days (UTC), both ends included: a wave of the overview, or any other. */
export const Period = z
  .object({
    id: z.string().describe("As it is asked for: `2026-Q3`, or `2026-07-01..2026-09-15`."),
    name: z.string().nullable().describe("Of a wave; other periods have none."),
    from: z.iso.date(),
    to: z.iso.date(),
  })
  .openapi("MovesPeriod");
export type Period = z.infer<typeof Period>;

const Days = z.tuple([z.iso.date(), z.iso.date()]);

/** The period that a text names. @throws Refusal with the way to write one */
export function periodOf(text: string, parameter: "from" | "to"): Period {
  const parts = text.split("..");
  if (parts.length === 1) {
    try {
      return periodOfWave(waveById(text));
    } catch {
      throw unknown(text, parameter);
    }
  }
  const days = Days.safeParse(parts);
  if (!days.success || days.data[0] < "1970-01-01") throw unknown(text, parameter);
  const [from, to] = days.data;
  if (from <= to) return { id: text, name: null, from, to };
  throw new Refusal("bad_input", `${parameter}: ends before it begins; write the earlier day first.`, {
    reason: "period_backwards",
  });
}

export function periodOfWave({ id, name, from, to }: Wave): Period {
  return { id, name, from, to };
}

/** Two periods between which customers can have moved. @throws Refusal when they do not follow each other */
export function checkOrder(from: Period, to: Period): void {
  if (from.to < to.from) return;
  throw new Refusal("bad_input", "The period `to` begins before `from` has ended; choose a later one.", {
    reason: "periods_overlap",
  });
}

function unknown(text: string, parameter: string): Refusal {
  return new Refusal(
    "bad_input",
    `${parameter}: ${JSON.stringify(text)} is no period; write a wave as 2026-Q3, or days as 2026-07-01..2026-09-15.`,
    { reason: "no_such_period" },
  );
}
