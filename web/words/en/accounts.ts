export const accounts = { title: "accounts" } as const;
