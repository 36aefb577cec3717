import { createHash } from 'node:crypto';
import { requestLike } from '../../test/samples';
import { sessionState } from './session-state';

const openid = { scopes: new Set(['openid']) };

describe('OIDC Session Management §2, §3.2 session_state', () => {
  it('binds the client, the origin it is sent to and the state of the browser', () => {
    const [hash, salt] = sessionState(requestLike('', openid), 'STATE')!.split('.');
    const text = `app https://app.example STATE ${salt}`;
    expect(hash).toBe(createHash('sha256').update(text).digest('base64url'));
    expect(sessionState(requestLike('', openid), 'STATE')).not.toContain(salt);
  });

  it.each([
    ['where the tenant does not offer it', openid, undefined],
    ['for a request that is not OpenID’s', {}, 'STATE'],
    ['for an app that has no origin', { ...openid, redirectUri: 'com.example.app:/cb' }, 'STATE'],
  ])('is absent %s', (_title, narrowed, state) => {
    expect(sessionState(requestLike('', narrowed), state)).toBeUndefined();
  });
});
