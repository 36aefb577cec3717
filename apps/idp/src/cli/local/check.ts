/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly result: 'ok' | 'doubtful' | 'wrong';
  readonly cause: string;
  /** null where nothing has to be done */
  readonly fix: string | null;
}

export const ok = (name: string, cause: string): Check => ({ name, result: 'ok', cause, fix: null });
export const wrong = (name: string, cause: string, fix: string): Check => ({ name, result: 'wrong', cause, fix });
export const doubtful = (name: string, cause: string, fix: string): Check => ({ name, result: 'doubtful', cause, fix });
