import { Refusal } from "../platform/errors.ts";

interface GroupCommitOptions<Input, Output> {
  /** Stores these together; says for each what became of it, in the same order. Must not throw. */
  commit: (inputs: Input[]) => Promise<PromiseSettledResult<Output>[]>;
  /** What inputs are called when callers are asked to come back. */
  what: string;
  /** How much of a batch and of the queue an input takes. */
  sizeOf: (input: Input) => number;
  /** Batches under way at the same time. */
  concurrency: number;
  /** An input larger than this makes a batch of its own; none is split. */
  batchSize: number;
  /** While batches are under way, another starts only with this much: small batches cost more work per input. */
  worthAnother: number;
  /** Beyond this much waiting, callers are asked to come back. */
  mostWaiting: number;
}

interface Waiting<Input, Output> {
  input: Input;
  size: number;
  settle: PromiseWithResolvers<Output>;
}

/**
 * Groups what arrives at the same time into batches. Nothing waits on purpose: the first input starts at once, and while
 * it is being stored the next batch gathers, so batches grow with the load and with the slowness of the disk.
 */
export function newGroupCommit<Input, Output>(options: GroupCommitOptions<Input, Output>) {
  const { commit, what, sizeOf, concurrency, batchSize, worthAnother, mostWaiting } = options;
  let queue: Waiting<Input, Output>[] = [];
  let waiting = 0;
  let underWay = 0;
  let scheduled = false;

  function takeBatch(): Waiting<Input, Output>[] {
    let size = 0;
    let end = 0;
    while (end < queue.length && (end === 0 || size + queue[end]!.size <= batchSize))
      size += queue[end++]!.size;
    const batch = queue.slice(0, end);
    queue = queue.slice(end);
    waiting -= size;
    return batch;
  }

  async function run(batch: Waiting<Input, Output>[]): Promise<void> {
    const outcomes = await commit(batch.map(({ input }) => input));
    for (const [i, { settle }] of batch.entries()) {
      const outcome = outcomes[i]!;
      if (outcome.status === "fulfilled") settle.resolve(outcome.value);
      else settle.reject(outcome.reason);
    }
  }

  function mayStart(): boolean {
    return underWay === 0 ? queue.length > 0 : underWay < concurrency && waiting >= worthAnother;
  }

  function start(): void {
    scheduled = false;
    while (mayStart()) {
      underWay++;
      void run(takeBatch()).finally(() => {
        underWay--;
        start();
      });
    }
  }

  return {
    /** Resolves when the input is stored. @throws Refusal when too much is waiting */
    add(input: Input): Promise<Output> {
      const size = sizeOf(input);
      if (waiting + size > mostWaiting) {
        throw new Refusal(
          "busy",
          `More ${what} arrive than can be stored right now, and these were not. Send them again in a moment.`,
          { reason: "queue_full", retryAfterSeconds: 1 },
        );
      }
      const settle = Promise.withResolvers<Output>();
      queue.push({ input, size, settle });
      waiting += size;
      // After the input that has already arrived on other sockets, so that it travels along.
      if (!scheduled && mayStart()) {
        scheduled = true;
        setImmediate(start);
      }
      return settle.promise;
    },
  };
}
