import { backOffMs } from './outbox';

describe('backOffMs', () => {
  it('doubles from two seconds to an hour, and is shortened by a fifth at most', () => {
    const longest = [1, 2, 3, 11, 12, 30].map((attempts) => backOffMs(attempts, () => 0));
    expect(longest).toEqual([2_000, 4_000, 8_000, 2_048_000, 3_600_000, 3_600_000]);
    expect(backOffMs(1, () => 1)).toBe(1_600);
  });
});
