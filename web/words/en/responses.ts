/** Words of the responses pages. */
export const responses = {
  title: "Responses",
} as const;
