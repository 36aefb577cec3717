import { changesOf } from './admin-trail';

describe('what a change has changed', () => {
  it('is told member by member, lists as a whole', () => {
    const at = new Date(0);
    const before = { name: 'a', same: 1, keys: { bits: 2048, list: ['x'] }, at, gone: true };
    const after = { name: 'b', same: 1, keys: { bits: 3072, list: ['x'] }, at: new Date(1), made: 'y' };
    expect(changesOf(before, after)).toEqual({
      before: { name: 'a', keys: { bits: 2048 }, at, gone: true, made: null },
      after: { name: 'b', keys: { bits: 3072 }, at: new Date(1), gone: null, made: 'y' },
    });
  });
});
