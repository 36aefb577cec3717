import { removalOrder } from './tenant-removal.repository';

describe('the order in which the tables of a tenant are emptied', () => {
  it('has what refers before what it refers to, and passes over what is no table of tenants', () => {
    const references = [
      { from: 'token', to: 'grant' },
      { from: 'grant', to: 'client' },
      { from: 'grant', to: 'user' },
      { from: 'client', to: 'tenant' },
      { from: 'user', to: 'user' },
    ];
    const order = removalOrder(['client', 'grant', 'token', 'trail', 'user'], references);
    expect(order.toSorted()).toEqual(['client', 'grant', 'token', 'trail', 'user']);
    for (const { from, to } of references.filter((each) => each.to !== 'tenant' && each.from !== each.to)) {
      expect(order.indexOf(from)).toBeLessThan(order.indexOf(to));
    }
  });

  it('is refused where there is none', () => {
    const circle = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ];
    expect(() => removalOrder(['a', 'b', 'c'], circle)).toThrow('in a circle: a, b');
  });
});
