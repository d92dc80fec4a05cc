import type { Identity } from "./api.ts";

/** What a page may tell the widget. */
export interface Commands {
  /** Nobody any more, without a customer. */
  identify(customer?: Identity): void;
  ask(): void;
  dismiss(): void;
}

/** `["identify", { id: "42" }]`, as it waits in `window.nines` until the widget is there. */
type Call = [name: keyof Commands, ...values: unknown[]];

/** What is in `window.nines` is a list only as long as there is no widget. */
export function isRunning(): boolean {
  const { nines } = window as unknown as { nines?: object };
  return nines !== undefined && !("length" in nines);
}

/** Makes `window.nines`, after doing what was called while there was only a list. */
export function takeCommands(commands: Commands): void {
  const page = window as unknown as { nines?: ArrayLike<Call> };
  const waiting = page.nines;
  const push = (...calls: Call[]) => {
    for (const [name, value] of calls) if (name in commands) commands[name](value as Identity | undefined);
  };
  Object.defineProperty(page, "nines", { value: { ...commands, push }, configurable: true, writable: true });
  if (typeof waiting?.length === "number") push(...Array.prototype.slice.call(waiting));
}
