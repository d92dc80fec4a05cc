import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { Refusal } from "../../platform/errors.ts";

/** In a minute from one network address. A large office has one address, so it is not a few; the widget tries again. */
const mostInAMinute = 120;

/** Counts what is sent through the widget by network address, in this process's memory. */
export function limitAnswers(most = mostInAMinute) {
  const limiter = new RateLimiterMemory({ points: most, duration: 60 });
  return async (address: string): Promise<void> => {
    try {
      await limiter.consume(address);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const wait = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      throw new Refusal("too_many", `Too many answers from one address. Wait ${wait} seconds, then go on.`, {
        reason: "too_many_requests",
        values: { seconds: wait },
        retryAfterSeconds: wait,
      });
    }
  };
}
