/** Work of the current turn of the event loop that is waiting to be done together. */
let waiting: (() => void)[] = [];

function run(): void {
  const works = waiting;
  waiting = [];
  for (const work of works) work();
}

/**
 * Does the work at the end of this turn, right after that of everybody else: a signature finds the curve's tables still
 * in the processor's cache, and takes half the time (docs/adr/0003).
 */
export function withTheOthers<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      try {
        resolve(work());
      } catch (error) {
        reject(error as Error);
      }
    };
    if (waiting.push(settle) === 1) setImmediate(run);
  });
}
