/** The one source of the current instant, so that a test can step it. */
export abstract class Clock {
  abstract now(): Date;

  /** Seconds since the epoch, the NumericDate of RFC 7519 §2. */
  nowSeconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  override nowSeconds(): number {
    return Math.floor(Date.now() / 1000);
  }
}
