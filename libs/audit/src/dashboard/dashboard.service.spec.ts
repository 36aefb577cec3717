import { rangeOf } from './dashboard.service';

const now = new Date('2026-11-24T12:34:56.789Z');
const shown = (asked: Parameters<typeof rangeOf>[0]): string[] => {
  const { interval, from, to } = rangeOf(asked, now);
  return [interval, from.toISOString(), to.toISOString()];
};

describe('the range of the dashboard', () => {
  it('is the last 30 days or 24 hours, with the one that goes on', () => {
    expect(shown({})).toEqual(['day', '2026-10-26T00:00:00.000Z', '2026-11-25T00:00:00.000Z']);
    expect(shown({ interval: 'hour' })).toEqual(['hour', '2026-11-23T13:00:00.000Z', '2026-11-24T13:00:00.000Z']);
  });

  it('is widened to whole intervals', () => {
    const asked = { from: '2026-11-20T10:00:00Z', to: '2026-11-22T00:00:00Z' };
    expect(shown(asked)).toEqual(['day', '2026-11-20T00:00:00.000Z', '2026-11-22T00:00:00.000Z']);
  });

  it.each([
    { from: '2026-11-25T00:00:00Z', to: '2026-11-24T00:00:00Z' },
    { from: '2020-01-01T00:00:00Z' },
    { from: '2026-10-01T00:00:00Z', interval: 'hour' as const },
  ])('is refused where it is none or too long: %j', (asked) => {
    expect(() => rangeOf(asked, now)).toThrow('A range has');
  });
});
