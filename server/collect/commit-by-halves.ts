import { sqlStateOf } from "./attempt-transaction.ts";

/**
 * Stores some requests together; where one of them makes the transaction fail, by halves it ends up alone, and fails alone.
 * @param store stores all of them or none; gives the outcomes in the same order
 * @param asRefusal what the senders are told of an error
 */
export async function commitByHalves<Input, Output>(
  requests: Input[],
  store: (requests: Input[]) => Promise<Output[]>,
  asRefusal: (error: unknown) => unknown,
): Promise<PromiseSettledResult<Output>[]> {
  try {
    const results = await store(requests);
    return results.map((value) => ({ status: "fulfilled", value }));
  } catch (error) {
    if (requests.length === 1 || !blamesARow(error)) {
      const reason = asRefusal(error);
      return requests.map(() => ({ status: "rejected", reason }));
    }
  }
  const middle = Math.ceil(requests.length / 2);
  const first = await commitByHalves(requests.slice(0, middle), store, asRefusal);
  return [...first, ...(await commitByHalves(requests.slice(middle), store, asRefusal))];
}

/** The values of a row, and not the state of the database, are at fault. */
function blamesARow(error: unknown): boolean {
  return /^(22|23|40)...$/.test(sqlStateOf(error));
}
