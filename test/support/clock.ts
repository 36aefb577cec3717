import { Clock } from '@tokenidp/kernel';

/** Runs with real time, and can be moved ahead of it or held still. */
export class TestClock extends Clock {
  private aheadMilliseconds = 0;
  private heldAt: number | undefined;

  now(): Date {
    return new Date((this.heldAt ?? Date.now()) + this.aheadMilliseconds);
  }

  forward(seconds: number): void {
    this.aheadMilliseconds += seconds * 1000;
  }

  /** Stands still until `reset`, so that a slow machine does not let a delay pass. */
  hold(): void {
    this.heldAt = Date.now();
  }

  reset(): void {
    this.aheadMilliseconds = 0;
    this.heldAt = undefined;
  }
}
