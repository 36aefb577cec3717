import { nextStepOf } from './next-step';

const at = new Date('2026-11-24T12:00:00Z');
const later = new Date('2026-12-24T12:00:00Z');

describe('what happens next to a key', () => {
  it('follows from its state, and for the one that signs from the one that stands by', () => {
    const next = { alg: 'ES256', state: 'next', dueAt: later } as const;
    const current = { alg: 'ES256', state: 'current', dueAt: null } as const;
    const alone = { alg: 'RS256', state: 'current', dueAt: at } as const;
    const keys = [next, current, alone];
    expect(nextStepOf(next, keys)).toEqual({ step: 'activation', at: later });
    expect(nextStepOf(current, keys)).toEqual({ step: 'replacement', at: later });
    expect(nextStepOf(alone, keys)).toEqual({ step: 'successor', at });
    expect(nextStepOf({ alg: 'ES256', state: 'previous', dueAt: at }, keys)).toEqual({ step: 'retirement', at });
    expect(nextStepOf({ alg: 'ES256', state: 'retired', dueAt: null }, keys)).toBeNull();
    expect(nextStepOf({ alg: 'ES256', state: 'revoked', dueAt: null }, keys)).toBeNull();
  });
});
