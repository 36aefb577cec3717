import { digestOf, type Entry, shown, stepsOf } from './step';

const entry = (key: string, members: Record<string, unknown>, more: Partial<Entry> = {}): Entry => ({
  key,
  members,
  ...more,
});

describe('the steps from what is there to what is wanted', () => {
  it('are none where nothing differs, whatever the order', () => {
    const there = [entry('a', { x: [1], y: { p: 1, q: 2 } }), entry('b', { z: null })];
    const wanted = [entry('b', {}), entry('a', { y: { q: 2, p: 1 }, x: [1] })];
    expect(stepsOf('role', '/roles', there, wanted)).toEqual([]);
  });

  it('say what is made, changed and deleted, member by member', () => {
    const there = [entry('gone', { x: 1 }, { id: '1' }), entry('kept', { x: 1, y: 2, z: 3 }, { id: '2' })];
    const wanted = [
      entry('kept', { x: 1, y: 4, w: 5 }, { pointer: '/roles/0' }),
      entry('new', { x: 6 }, { pointer: '/roles/1' }),
    ];
    expect(stepsOf('role', '/roles', there, wanted)).toEqual([
      {
        ...{ action: 'update', kind: 'role', key: 'kept', id: '2', pointer: '/roles/0' },
        changes: [
          { member: 'w', before: null, after: 5 },
          { member: 'y', before: 2, after: 4 },
          { member: 'z', before: 3, after: null },
        ],
      },
      {
        ...{ action: 'create', kind: 'role', key: 'new', pointer: '/roles/1' },
        changes: [{ member: 'x', before: null, after: 6 }],
      },
      { action: 'delete', kind: 'role', key: 'gone', id: '1', pointer: '/roles', changes: [] },
    ]);
  });

  it('refuse a key that is named twice, at the second place', () => {
    const twice = [entry('a', {}, { pointer: '/roles/0' }), entry('a', {}, { pointer: '/roles/1' })];
    expect(() => stepsOf('role', '/roles', [], twice)).toThrow(
      expect.objectContaining({ errors: [{ pointer: '/roles/1', detail: '"a" is named twice.' }] }),
    );
  });

  it('show no row ids and no inputs, and have a digest of what they show', () => {
    const steps = stepsOf('client', '/clients', [], [entry('a', { x: 1 }, { input: { secret: 'tcs_…' } })]);
    expect(JSON.stringify(shown(steps))).not.toContain('tcs_');
    const other = stepsOf('client', '/clients', [], [entry('a', { x: 2 })]);
    expect(digestOf(steps)).toHaveLength(43);
    expect(digestOf(other)).not.toBe(digestOf(steps));
  });
});
