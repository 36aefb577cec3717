import { changedMembers } from './changed-members';

describe('changedMembers', () => {
  it('names what differs, and only that', () => {
    const before = { name: 'a', list: ['x'], same: { deep: [1] }, gone: true };
    const after = { name: 'b', list: ['x', 'y'], same: { deep: [1] }, come: 7 };
    expect(changedMembers(before, after)).toEqual({
      before: { name: 'a', list: ['x'], gone: true },
      after: { name: 'b', list: ['x', 'y'], come: 7 },
    });
  });
});
