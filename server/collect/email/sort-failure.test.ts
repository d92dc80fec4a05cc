import { expect, test } from "vitest";
import { mostTries, pauseAfter, saysNoSuchAddress, sortFailure } from "./sort-failure.ts";

test.each([
  ["550 5.1.1 <a@b.example>: Recipient address rejected: User unknown", true],
  ["550-5.1.1 The email account that you tried to reach does not exist.", true],
  ["550 5.1.10 RESOLVER.ADR.RecipientNotFound", true],
  ["553 5.1.2 no such domain", true],
  ["550 No such user here", true],
  ["550 Mailbox a@b.example does not exist", true],
  ["550 5.7.1 blocked, user unknown to our list", false],
  ["550 5.1.8 sender address rejected", false],
  ["552 5.2.2 mailbox full", false],
  ["550 Message rejected due to content", false],
  ["450 4.1.1 user unknown", false],
  ["554 5.7.1 Client host [1.5.1.1] blocked", false],
])("%s: no such address is %s", (reply, expected) => {
  expect(saysNoSuchAddress(reply)).toBe(expected);
});

const smtp = (code: string, more: object = {}) => Object.assign(new Error("smtp"), { code, ...more });

test.each([
  ["the server is not there", smtp("ESOCKET", { originalCode: "ECONNREFUSED" }), "unreachable"],
  ["its name is unknown", smtp("EDNS"), "unreachable"],
  ["it does not greet", smtp("ETIMEDOUT", { timeoutType: "GREETING_TIMEOUT" }), "unreachable"],
  ["the password is wrong", smtp("EAUTH", { responseCode: 535 }), "unreachable"],
  ["it refuses our sender", smtp("EENVELOPE", { command: "MAIL FROM", responseCode: 550 }), "unreachable"],
  ["it is silent in the middle", smtp("ETIMEDOUT", { timeoutType: "SOCKET_TIMEOUT" }), "later"],
  ["it cuts the connection", smtp("ESOCKET", { originalCode: "ECONNRESET" }), "later"],
  ["it is busy", smtp("EENVELOPE", { command: "RCPT TO", responseCode: 451 }), "later"],
  ["it dislikes the text", smtp("EMESSAGE", { command: "DATA", responseCode: 554 }), "refused"],
  ["something unheard of", new TypeError("x is not a function"), "later"],
])("when %s, that is %3$s", (_what, error, kind) => {
  expect(sortFailure(error).kind).toBe(kind);
});

test("tries go on for about three days, ever more slowly but at least every hour", () => {
  const pauses: number[] = [];
  for (let tries = 1, pause; (pause = pauseAfter(tries)) !== undefined; tries++) pauses.push(pause / 60_000);
  expect(pauses.slice(0, 7)).toEqual([1, 2, 4, 8, 16, 32, 60]);
  expect(Math.max(...pauses)).toBe(60);
  expect(pauses).toHaveLength(mostTries - 1);
  const days = pauses.reduce((sum, pause) => sum + pause, 0) / 60 / 24;
  expect(days).toBeGreaterThan(2.9);
  expect(days).toBeLessThan(3.1);
});
