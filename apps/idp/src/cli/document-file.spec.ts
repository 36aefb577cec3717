import { UsageError } from './command';
import { DocumentFile } from './document-file';

const YAML = `# a comment
version: 1
tenant:
  settings: { lifetimes: { idTokenSeconds: 5 } }
clients:
  - client_id: one

  - client_id: two
    redirect_uris:
      - https://two.example/callback
    localized:
      client_name#de/AT: Zwei
`;

describe('where a JSON pointer leads in a file', () => {
  const file = DocumentFile.parse('tenant.yaml', YAML);

  it.each([
    ['/version', 2, 1],
    ['/tenant/settings/lifetimes/idTokenSeconds', 4, 28],
    ['/clients/0', 6, 5],
    ['/clients/1/client_id', 8, 5],
    ['/clients/1/redirect_uris/0', 10, 9],
    ['/clients/1/localized/client_name#de~1AT', 12, 7],
  ])('%s is line %i, column %i', (pointer, line, column) => {
    expect(file.locate(pointer, 'is wrong')).toBe(`tenant.yaml:${line}:${column}: is wrong`);
  });

  it.each([
    ['/clients/1/roles', 8, 5],
    ['/clients/7', 5, 1],
    ['/rolls/0/name', 2, 1],
    ['', 2, 1],
  ])('what is missing at %s is said of what is around it', (pointer, line, column) => {
    expect(file.locate(pointer, 'is needed')).toBe(`tenant.yaml:${line}:${column}: is needed`);
  });

  it('is the same in JSON', () => {
    const json = DocumentFile.parse('t.json', '{\n  "version": 1,\n  "roles": [\n    { "nam": "a" }\n  ]\n}');
    expect(json.locate('/roles/0/nam', 'no')).toBe('t.json:4:7: no');
  });

  it('leaves out the note for editors', () => {
    expect(DocumentFile.parse('t.json', '{ "$schema": "x", "version": 1 }').value).toEqual({ version: 1 });
  });

  it.each([
    ['a name twice', 'version: 1\nversion: 2', 't:2:1: Map keys must be unique'],
    ['bad indentation', 'a:\n  - b\n c: 1', 't:3:1: All mapping items must start'],
    ['no object', '- 1', 't:1:1: a configuration is an object'],
    ['nothing', '', 't:1:1: a configuration is an object'],
    ['an unknown tag', 'version: !!js/function 1', 't:1:10: Unresolved tag'],
    ['two documents', 'version: 1\n---\nversion: 1', 't:2:1: '],
  ])('refuses %s', (_what, text, message) => {
    const read = () => DocumentFile.parse('t', text).value;
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
  });

  it('does not grow an alias into more than it can hold', () => {
    const levels = Array.from({ length: 9 }, (_, n) => `l${n}: &l${n} [${n ? `*l${n - 1}, `.repeat(9) : '1'}]`);
    expect(() => DocumentFile.parse('t', levels.join('\n')).value).toThrow('Excessive alias count');
  });
});
