import { z } from "@hono/zod-openapi";

/** A share as a number between 0 and 1. */
export function share(least: number, most: number) {
  return z
    .number("send a share as a number, such as 0.5")
    .min(least, `at least ${least}`)
    .max(most, `at most ${most}`);
}

/** A whole number between two others. */
export function whole(least: number, most: number) {
  return z.int("send a whole number").min(least, `at least ${least}`).max(most, `at most ${most}`);
}
