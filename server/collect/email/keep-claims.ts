import type { Logger } from "pino";

const renewEvery = 30_000;

/** What a worker does with what it has claimed. */
interface Keeping<Claimed> {
  /** Says that the worker is alive and still has these in hand. */
  renew: (held: readonly Claimed[]) => Promise<void>;
  /** Gives back what was not touched. */
  putBack: (untouched: readonly Claimed[]) => Promise<unknown>;
}

/** Told of each thing, so that only what is in hand is kept. */
export interface Claims<Claimed> {
  /** It must not be given back any more: nobody knows what became of it. */
  began: (claimed: Claimed) => void;
  /** What became of it is written down. */
  settled: (claimed: Claimed) => void;
}

/** Runs this with claims that are renewed meanwhile. When it fails, what was not touched goes back at once. */
export async function keepClaims<Claimed extends { id: string }>(
  log: Logger,
  claimed: readonly Claimed[],
  { renew, putBack }: Keeping<Claimed>,
  run: (claims: Claims<Claimed>) => Promise<void>,
): Promise<void> {
  const held = new Map(claimed.map((each) => [each.id, each]));
  const untouched = new Map(held);
  const renewing = setInterval(() => {
    renew([...held.values()]).catch((error: unknown) =>
      log.warn({ err: error }, "the claims on mails could not be renewed"),
    );
  }, renewEvery);
  try {
    await run({
      began: ({ id }) => void untouched.delete(id),
      settled({ id }) {
        held.delete(id);
        untouched.delete(id);
      },
    });
  } catch (error) {
    // So that nobody waits for the claim to run out.
    await putBack([...untouched.values()]).catch(() => undefined);
    throw error;
  } finally {
    clearInterval(renewing);
  }
}
