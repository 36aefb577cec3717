import { Clock } from '@tokenidp/kernel';

/** Stands still until it is told to go on. */
export class StoppedClock extends Clock {
  private instant = Date.parse('2026-05-01T12:00:00.000Z');

  now(): Date {
    return new Date(this.instant);
  }

  advance(seconds: number): void {
    this.instant += seconds * 1000;
  }
}
