import { entityTag } from './entity-tag';

describe('RFC 9110 §8.8.3 an entity tag', () => {
  it('is the same whatever the order of the members, and another for another value', () => {
    const at = new Date('2026-11-24T12:00:00Z');
    expect(entityTag({ id: 'a', nested: { x: 1, y: [1, 2] }, at })).toBe(
      entityTag({ at, nested: { y: [1, 2], x: 1 }, id: 'a' }),
    );
    expect(entityTag({ id: 'a', list: [1, 2] })).not.toBe(entityTag({ id: 'a', list: [2, 1] }));
    expect(entityTag({ id: 'a', at })).not.toBe(entityTag({ id: 'a', at: new Date(0) }));
  });

  it('does not say when something was used last, nor what was shown once', () => {
    expect(entityTag({ id: 'a', lastUsedAt: new Date(), client_secret: 'tcs_x' })).toBe(entityTag({ id: 'a' }));
  });
});
