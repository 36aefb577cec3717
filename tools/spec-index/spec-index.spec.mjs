import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { byTag, parseTagList, readSpecComments, titleReader } from './tags.mjs';
import { readTitles } from './titles.mjs';

describe('parseTagList', () => {
  const table = {
    'RFC 7636 §4.6': ['RFC 7636 §4.6'],
    'RFC 7636 §4.6, RFC 9700 §2.1.1': ['RFC 7636 §4.6', 'RFC 9700 §2.1.1'],
    'OIDC Core §5.1, §5.4 and §5.5': ['OIDC Core §5.1', 'OIDC Core §5.4', 'OIDC Core §5.5'],
    'RFC 7636 §4.1–§4.6, OIDC Core §2': ['RFC 7636 §4.1', 'RFC 7636 §4.6', 'OIDC Core §2'],
    'RFC 10070, S-036': ['RFC 10070', 'S-036'],
  };
  for (const [text, tags] of Object.entries(table)) it(text, () => assert.deepEqual(parseTagList(text), tags));
});

describe('readSpecComments', () => {
  it('reads comments of one line and of several, up to the reason or the next tag', () => {
    const source = `
      /** @spec RFC 7636 §4.6 — the verifier must match (S-036). */
      /**
       * @spec OIDC Core §2,
       * §3.1.3.6 — what happened,
       * and nothing else.
       * @deviates RFC 1 §2 — never mind
       */
      // @spec RFC 9999 §1 is no tag`;
    assert.deepEqual(readSpecComments(source), [
      { tags: ['RFC 7636 §4.6'], why: 'the verifier must match (S-036).', requirements: ['S-036'] },
      { tags: ['OIDC Core §2', 'OIDC Core §3.1.3.6'], why: 'what happened, and nothing else.', requirements: [] },
    ]);
  });
});

describe('titleReader', () => {
  const tagsOf = titleReader(['OIDC Core', 'OIDC Core Errata']);
  const table = {
    'RFC 7636 §4.6 refuses': ['RFC 7636 §4.6'],
    'S-036 RFC 7636 §4.6, §4.3. Refuses': ['RFC 7636 §4.6', 'RFC 7636 §4.3', 'S-036'],
    'OIDC Core Errata §1 and OIDC Core §2': ['OIDC Core Errata §1', 'OIDC Core §2'],
    'RFC 76360 §4.60': ['RFC 76360 §4.60'],
    'refuses a verifier': [],
  };
  for (const [title, tags] of Object.entries(table)) it(title, () => assert.deepEqual(tagsOf(title), tags));
});

describe('readTitles', () => {
  it('takes titles and table rows, not what is expected', () => {
    const source = `
      describe('RFC 1 §1', () => {
        it.each([['RFC 2 §1 row', 1]])('RFC 3 §1 %s', () => expect(['RFC 4 §1']).toEqual('RFC 5 §1'));
        const table = [{ title: \`RFC 6 §1 \${x} y\` }];
        call('RFC 7 §1');
      });`;
    assert.deepEqual(readTitles('a.ts', source), [
      { text: 'RFC 1 §1', row: false },
      { text: 'RFC 2 §1 row', row: true },
      { text: 'RFC 3 §1 %s', row: false },
      { text: 'RFC 6 §1 … y', row: true },
    ]);
  });
});

describe('byTag', () => {
  it('sorts RFCs by number first, sections naturally', () => {
    const sorted = ['RFC 6749 §4.1', 'RFC 6749 §4.1.2', 'RFC 6749 §10', 'RFC 10017 §1', 'OIDC Core §2', 'S-001'];
    assert.deepEqual([...sorted].reverse().sort(byTag), sorted);
  });
});
