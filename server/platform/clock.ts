/**
 * The time. Nothing else in the server reads the system clock, so that tests and the simulation can move it; what is decided by
 * how long something took is measured by it, too, or a busy machine would change what a test sees.
 */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now: Date;
  constructor(start: Date | string) {
    this.#now = new Date(start);
  }
  now(): Date {
    return new Date(this.#now);
  }
  set(time: Date | string): void {
    this.#now = new Date(time);
  }
  advance(milliseconds: number): void {
    this.#now = new Date(this.#now.getTime() + milliseconds);
  }
}
