import pino, { type Logger } from "pino";

/** JSON lines on standard error. Personal data stays out: log ids and counts, never addresses, names or comments. */
export function openLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          "email",
          "name",
          "comment",
          "*.email",
          "*.name",
          "*.comment",
          "headers.authorization",
          "headers.cookie",
        ],
        remove: true,
      },
      serializers: { err: describeError },
    },
    // Written in the background: a log that is slow to read must not hold requests up. What is left is written at exit.
    pino.destination({ dest: 2, sync: false }),
  );
}

/** An error without the values of the row it failed on, which PostgreSQL puts into `detail`. */
function describeError(error: unknown) {
  if (!(error instanceof Error)) return { message: "a value that is no Error was thrown" };
  const { code, constraint, table } = error as Error & { code?: string; constraint?: string; table?: string };
  return { type: error.name, message: error.message, stack: error.stack, code, constraint, table };
}
