import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { Refusal } from "../errors.ts";

/** Requests in ten seconds. High enough that only a loop gone wild meets them; guessing has its own, low limit. */
export const mostInTenSeconds = { key: 100_000, person: 3_000, address: 3_000 } as const;

/** Counts requests by API key, by person, or by network address for whoever is neither; in this process's memory. */
export function openRequestLimits(most: Record<keyof typeof mostInTenSeconds, number> = mostInTenSeconds) {
  const of = (points: number) => new RateLimiterMemory({ points, duration: 10 });
  const limiters = { key: of(most.key), person: of(most.person), address: of(most.address) };
  return async (kind: keyof typeof limiters, id: string): Promise<void> => {
    try {
      await limiters[kind].consume(id);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const wait = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      throw new Refusal("too_many", `Too many requests. Wait ${wait} seconds, then go on.`, {
        reason: "too_many_requests",
        values: { seconds: wait },
        retryAfterSeconds: wait,
      });
    }
  };
}

export type RequestLimit = ReturnType<typeof openRequestLimits>;
