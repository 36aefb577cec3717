import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DocumentFile } from './document-file';
import { withSecrets } from './secret-references';

describe('S-172 secrets that a file refers to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secret-references-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'one.secret'), 'from the file\r\n');

  const read = (value: string) => {
    const text = `clients:\n  - client_id: a\n    secrets:\n      - name: x\n        value: ${value}\n`;
    return withSecrets(DocumentFile.parse(join(folder, 't.yaml'), text), { GIVEN: 'from the environment', EMPTY: '' });
  };
  const withValue = (value: string) => ({ clients: [{ client_id: 'a', secrets: [{ name: 'x', value }] }] });

  it('are in their places', () => {
    expect(read('{ env: GIVEN }')).toEqual(withValue('from the environment'));
    expect(read('{ file: one.secret }')).toEqual(withValue('from the file'));
  });

  it.each([
    ['{ env: MISSING }', 'the environment has no MISSING'],
    ['{ env: EMPTY }', 'the environment has no EMPTY'],
    ['{ env: toString }', 'the environment has no toString'],
    ['{ file: nowhere }', 'nowhere cannot be read: ENOENT'],
    ['{ file: . }', 'cannot be read: EISDIR'],
    ['tcs_plain', 'a secret is referred to'],
    ['{ env: GIVEN, file: one.secret }', 'a secret is referred to'],
    ['{ url: https://x.example }', 'a secret is referred to'],
    ['{ env: 7 }', 'a secret is referred to'],
    ['null', 'a secret is referred to'],
  ])('are named with their line where they are not there: %s', (value, problem) => {
    expect(() => read(value)).toThrow(`${join(folder, 't.yaml')}:5:9: `);
    expect(() => read(value)).toThrow(problem);
  });

  it('leave what is no configuration to the server', () => {
    const text = 'clients: [7, { secrets: no }, { secrets: [null, 7] }]';
    expect(withSecrets(DocumentFile.parse('t', text), {})).toEqual({
      clients: [7, { secrets: 'no' }, { secrets: [null, 7] }],
    });
  });
});
