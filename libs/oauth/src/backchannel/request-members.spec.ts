import { clientLike, refusalOf } from '../../test/samples';
import { formLike } from '../../test/token-samples';
import { bindingMessageOf, hintOf, lifetimeSeconds, notificationTokenOf, userCodeOf } from './request-members';

describe('CIBA Core §7.1 the members of a backchannel request', () => {
  it.each(['login_hint', 'id_token_hint', 'login_hint_token'])('S-160 has one hint: %s', (kind) => {
    expect(hintOf(formLike({ [kind]: 'x' }))).toEqual({ kind, value: 'x' });
  });

  it.each([
    {},
    { login_hint: 'x', id_token_hint: 'y' },
    { login_hint: 'x', id_token_hint: 'y', login_hint_token: 'z' },
  ])('S-160 has not none, nor several: %j', async (form) => {
    expect(await refusalOf(() => hintOf(formLike(form as Record<string, string>)))).toBe('invalid_request');
  });

  it.each(['1234', 'W4SCT', 'Zahlung über 12,50 €', '確認'])('S-161 may have the message %j', (binding_message) => {
    expect(bindingMessageOf(formLike({ binding_message }))).toBe(binding_message);
  });

  it.each(['x'.repeat(65), ' x', 'x ', 'a  b', '\u202ex', 'a\u200db', 'a\u00a0b'])(
    'S-161 may not have the message %j',
    async (binding_message) => {
      expect(await refusalOf(() => bindingMessageOf(formLike({ binding_message })))).toBe('invalid_binding_message');
    },
  );

  it.each([
    [undefined, 120],
    ['1', 1],
    ['10', 10],
    ['600', 600],
    ['601', 600],
    ['9999999999', 600],
  ])('lives as long as was wished: %j → %i', (wished, seconds) => {
    expect(lifetimeSeconds(formLike(wished ? { requested_expiry: wished } : {}), 120)).toBe(seconds);
  });

  it.each(['0', '-1', '1.5', '1e3', 'x', '010'])('does not live for %j', async (requested_expiry) => {
    expect(await refusalOf(() => lifetimeSeconds(formLike({ requested_expiry }), 120))).toBe('invalid_request');
  });

  it('S-162 has a token for a client that is told, and none for one that asks', async () => {
    const ping = clientLike({ backchannel_token_delivery_mode: 'ping' });
    const poll = clientLike({ backchannel_token_delivery_mode: 'poll' });
    const form = (client_notification_token: string) => formLike({ client_notification_token });
    expect(notificationTokenOf(form('8d67dc78-7faa-4d41=='), ping)).toBe('8d67dc78-7faa-4d41==');
    expect(notificationTokenOf(form('x'), poll)).toBeNull();
    const push = clientLike({ backchannel_token_delivery_mode: 'push' });
    expect(notificationTokenOf(form('x'), push)).toBe('x');
    expect(await refusalOf(() => notificationTokenOf(form(''), push))).toBe('invalid_request');
    for (const token of ['', 'a b', 'a"', 'x'.repeat(1025)]) {
      expect(await refusalOf(() => notificationTokenOf(form(token), ping))).toBe('invalid_request');
    }
  });

  it('S-161 has a code of the user’s where the client has registered that it asks for one, and nowhere else', async () => {
    const asking = clientLike({ backchannel_user_code_parameter: true });
    const form = (user_code: string) => formLike({ user_code });
    expect(userCodeOf(form('194857'), asking)).toBe('194857');
    expect(userCodeOf(form(''), clientLike())).toBeNull();
    expect(await refusalOf(() => userCodeOf(form(''), asking))).toBe('missing_user_code');
    expect(await refusalOf(() => userCodeOf(form('194857'), clientLike()))).toBe('invalid_request');
  });
});
