import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPlan } from './conformance-plan';

function planOf(content: unknown, values: Record<string, unknown>) {
  const path = join(mkdtempSync(join(tmpdir(), 'plan-')), 'plan.json');
  writeFileSync(path, JSON.stringify(content));
  return () => readPlan(path, values);
}

describe('a conformance plan', () => {
  it('takes a value whole where it stands alone, and as text within a text', () => {
    const clients = [{ client_id: 'one', jwks: '${KEYS}', redirect_uris: ['${SUITE}/callback'] }];
    const plan = planOf({ tenants: [{ slug: 'a', clients }] }, { KEYS: { keys: [] }, SUITE: 'https://suite.test/a' });
    expect(plan().tenants[0]?.clients).toEqual([
      { client_id: 'one', jwks: { keys: [] }, redirect_uris: ['https://suite.test/a/callback'] },
    ]);
  });

  it('names the value that is missing', () => {
    expect(planOf({ tenants: [{ slug: '${SLUG}' }] }, {})).toThrow('SLUG');
    expect(planOf({ tenants: ['${toString}'] }, {})).toThrow('toString');
  });

  it('refuses a file without tenants', () => {
    expect(planOf({}, {})).toThrow('no list of tenants');
  });
});
