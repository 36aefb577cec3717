/** @spec RFC 6819 §4.4.1.11 — hashing is the dearest thing a stranger can ask for, so it is bounded in number and in waiting (S-184). */
import { UnavailableError } from '@tokenidp/kernel';

const RETRY_AFTER_SECONDS = 2;

/** Runs at most `parallel` works at once and lets at most `waiting` more wait, first come first served. */
export class HashQueue {
  private running = 0;
  private readonly turns: (() => void)[] = [];

  constructor(
    private readonly parallel: number,
    private readonly waiting: number,
  ) {}

  /** @throws UnavailableError when the queue is full; the work has then not begun */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.turn();
    try {
      return await work();
    } finally {
      // A slot is handed on as it is, so that nobody who comes later gets in between.
      const next = this.turns.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private turn(): Promise<void> {
    if (this.running < this.parallel) {
      this.running += 1;
      return Promise.resolve();
    }
    if (this.turns.length >= this.waiting)
      throw new UnavailableError(RETRY_AFTER_SECONDS, 'too many passwords at once');
    return new Promise((resolve) => this.turns.push(resolve));
  }
}
