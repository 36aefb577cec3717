import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

interface Message {
  data: unknown;
  origin: string;
  source: { postMessage: (text: string, target: string) => void } | null;
}

/** The script in a page of ours, with this cookie header; `ask` posts a message to it. */
function embedded(cookie: string) {
  const listeners: ((event: Message) => void)[] = [];
  const script = { getAttribute: () => 'bs.acme' };
  const window = { addEventListener: (_type: string, listener: (event: Message) => void) => listeners.push(listener) };
  runInNewContext(readFileSync(join(__dirname, 'check-session.js'), 'utf8'), {
    document: { cookie, currentScript: script },
    window,
  });
  return (data: unknown, origin = 'https://app.example') => {
    const answers: string[][] = [];
    const source = { postMessage: (...answer: string[]) => void answers.push(answer) };
    listeners.forEach((listener) => listener({ data, origin, source }));
    return answers;
  };
}

const stateFor = (clientId: string, browserState: string, salt: string, origin = 'https://app.example') =>
  `${createHash('sha256').update(`${clientId} ${origin} ${browserState} ${salt}`).digest('base64url')}.${salt}`;

describe('OIDC Session Management §3.3 the script of the page that others embed', () => {
  it.each([1, 5, 7, 21, 22, 23, 60, 64, 100, 200, 900])(
    '§3.2 computes what the server did, with a client_id of %i characters',
    (length) => {
      const clientId = 'é'.repeat(length % 2) + 'c'.repeat(length);
      const ask = embedded('other=1; bs.acme=STATE');
      expect(ask(`${clientId} ${stateFor(clientId, 'STATE', 'salt')}`)).toEqual([['unchanged', 'https://app.example']]);
    },
  );

  it.each([
    ['another state of the browser', 'bs.acme=OTHER'],
    ['no cookie', ''],
    ['a cookie of another tenant', 'bs.acme2=STATE; xbs.acme=STATE'],
  ])('says changed with %s', (_title, cookie) => {
    expect(embedded(cookie)(`app ${stateFor('app', 'STATE', 'salt')}`)[0]![0]).toBe('changed');
    expect(embedded(cookie)(`app ${stateFor('app', '', 'salt')}`)[0]![0]).toBe('changed');
  });

  it('says changed to another origin, and nothing to one without a name', () => {
    const ask = embedded('bs.acme=STATE');
    expect(ask(`app ${stateFor('app', 'STATE', 'salt')}`, 'https://evil.example')[0]![0]).toBe('changed');
    expect(ask(`app ${stateFor('app', 'STATE', 'salt')}`, 'null')).toEqual([]);
  });

  it.each(['', 'app', 'app state', 'app state.', 'app a.b c', { app: 1 }, null, undefined])(
    'says error to %j',
    (data) => {
      expect(embedded('bs.acme=STATE')(data)[0]![0]).toBe('error');
    },
  );
});
