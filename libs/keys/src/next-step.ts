import type { SigningKeyView } from './keys.service';

export const NEXT_STEPS = ['activation', 'successor', 'replacement', 'retirement'] as const;

/** What the rotation job does next for a key, and when. */
export interface NextStep {
  readonly step: (typeof NEXT_STEPS)[number];
  readonly at: Date;
}

type Instants = Pick<SigningKeyView, 'alg' | 'state' | 'dueAt'>;

/** @param keys the tenant's usable keys: what happens to one may follow from another */
export function nextStepOf(key: Instants, keys: readonly Instants[]): NextStep | null {
  const [step, at] = planned(key, keys);
  return step && at ? { step, at } : null;
}

function planned({ alg, state, dueAt }: Instants, keys: readonly Instants[]): [NextStep['step']?, (Date | null)?] {
  switch (state) {
    case 'next':
      return ['activation', dueAt];
    case 'previous':
      return ['retirement', dueAt];
    case 'current': {
      const next = keys.find((each) => each.alg === alg && each.state === 'next');
      return next ? ['replacement', next.dueAt] : ['successor', dueAt];
    }
    case 'retired':
    case 'revoked':
      return [];
  }
}
