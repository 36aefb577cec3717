import { pendingMigrations } from './migrator';

const step = (number: number, name: string) => ({ number, name, statements: [] });
const all = [step(1, 'a'), step(2, 'b'), step(3, 'c')];

describe('pendingMigrations', () => {
  it('is what was not applied, also in a gap', () => {
    expect(pendingMigrations(all, [])).toEqual(all);
    expect(
      pendingMigrations(all, [
        { number: 1, name: 'a' },
        { number: 3, name: 'c' },
      ]),
    ).toEqual([all[1]]);
    expect(pendingMigrations(all, all)).toEqual([]);
  });

  it('leaves steps of a newer version alone, and refuses ours under another name', () => {
    expect(pendingMigrations(all, [...all, { number: 4, name: 'd' }])).toEqual([]);
    expect(() => pendingMigrations(all, [{ number: 2, name: 'x' }])).toThrow('migration 2 is "x"');
  });
});
