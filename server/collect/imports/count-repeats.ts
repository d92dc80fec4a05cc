/**
 * Counts how often a row was seen before in one file, by the id that stands for its content.
 * Memory: about 16 bytes for each different row, plus the ids of those that repeat.
 */
export class RepeatCounter {
  #slots = new Uint32Array(2 * 4096);
  #used = 0;
  readonly #repeats = new Map<string, number>();

  /** 1 for the first row with this id (a UUID), 2 for the second, … */
  count(id: string): number {
    if (this.#add(Number.parseInt(id.slice(0, 8), 16), Number.parseInt(id.slice(24, 32), 16))) return 1;
    const times = (this.#repeats.get(id) ?? 1) + 1;
    this.#repeats.set(id, times);
    return times;
  }

  #add(high: number, low: number): boolean {
    // Two zeros mark a free slot.
    const mark = high === 0 && low === 0 ? 1 : low;
    const length = this.#slots.length;
    let slot = (mark * 2) % length;
    for (;;) {
      const a = this.#slots[slot];
      const b = this.#slots[slot + 1];
      if (a === 0 && b === 0) break;
      if (a === high && b === mark) return false;
      slot = (slot + 2) % length;
    }
    this.#slots[slot] = high;
    this.#slots[slot + 1] = mark;
    this.#used += 1;
    if (this.#used * 4 > length) this.#grow();
    return true;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    this.#used = 0;
    for (let slot = 0; slot < old.length; slot += 2) {
      const high = old[slot] ?? 0;
      const low = old[slot + 1] ?? 0;
      if (high !== 0 || low !== 0) this.#add(high, low);
    }
  }
}
