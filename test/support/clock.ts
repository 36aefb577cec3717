import { Clock } from '@tokenidp/kernel';

/** Runs with real time, and can be moved ahead of it. */
export class TestClock extends Clock {
  private aheadMilliseconds = 0;

  now(): Date {
    return new Date(Date.now() + this.aheadMilliseconds);
  }

  forward(seconds: number): void {
    this.aheadMilliseconds += seconds * 1000;
  }

  reset(): void {
    this.aheadMilliseconds = 0;
  }
}
