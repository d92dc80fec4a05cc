import type { accounts as english } from "../en/accounts.ts";
import type { Translation } from "../words.ts";

export const accounts = { title: "accounts" } as const satisfies Translation<typeof english>;
