import { absoluteEnd, idleEnd, isWorthWriting } from './session-lifetime';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);
const limits = { sessionIdleSeconds: 3600, sessionAbsoluteSeconds: 86_400 };

describe('session lifetime', () => {
  it('S-121 NIST SP 800-63B-4 §2.2.3 ends an hour after the last use and a day after the sign-in', () => {
    expect(absoluteEnd(at(0), limits)).toEqual(at(86_400));
    expect(idleEnd(at(10), at(86_400), limits)).toEqual(at(3610));
  });

  it('S-121 use never prolongs a session beyond its absolute end', () => {
    expect(idleEnd(at(86_000), at(86_400), limits)).toEqual(at(86_400));
  });

  it.each([
    [59.999, 3600, false],
    [60, 3600, true],
    [2, 10, false],
    [2.5, 10, true],
  ])(
    '%d s after the last writing, with an idle limit of %d s: write again %s',
    (seconds, sessionIdleSeconds, worth) => {
      expect(isWorthWriting(at(0), at(seconds), { ...limits, sessionIdleSeconds })).toBe(worth);
    },
  );
});
