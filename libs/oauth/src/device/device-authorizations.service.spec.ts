import type { AuditEvent } from '@tokenidp/audit';
import { KeyedHash, MasterKeys, sha256 } from '@tokenidp/kernel';
import { clientLike, contextLike, FixedClock, NOW, refusalOf, requestsLike, tenant } from '../../test/samples';
import { context, formLike } from '../../test/token-samples';
import type { NewDeviceAuthorization } from './device-authorizations.repository';
import { DeviceAuthorizations } from './device-authorizations.service';

const keyedHash = new KeyedHash(new MasterKeys([{ id: 'k', key: Buffer.alloc(32, 7) }]));
const taken = Object.assign(new Error('duplicate'), { code: '23505' });

function setUp(...failures: Error[]) {
  const rows: NewDeviceAuthorization[] = [];
  const repository = {
    open: async (row: NewDeviceAuthorization) => {
      const failure = failures.shift();
      if (failure) throw failure;
      rows.push(row);
    },
  };
  const requests = requestsLike(contextLike().clients);
  const devices = new DeviceAuthorizations(repository as never, requests, keyedHash, new FixedClock());
  const open = (form: Record<string, string | string[]> = {}) =>
    devices.open({ tenant, client: clientLike(), parameters: formLike(form), context });
  return { open, rows };
}

describe('RFC 8628 §3.1, §3.2 opening a device request', () => {
  it('S-155 S-156 stores hashes of both codes, and of the request what the rules read', async () => {
    const { open, rows } = setUp();
    const answer = await open({ scope: 'openid', client_secret: 'secret', client_assertion: 'a.b.c', state: 's' });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      deviceCodeHash: sha256(answer.device_code),
      parameters: { client_id: 'app', scope: 'openid' },
      ip: context.ip,
      intervalSeconds: answer.interval,
      expiresAt: new Date(NOW.getTime() + answer.expires_in * 1000),
      auditEvent: 'device-request.opened' satisfies AuditEvent['event'],
    });
    expect(rows[0]?.parameters).toEqual({ client_id: 'app', scope: 'openid' });
    const stored = JSON.stringify(rows);
    for (const secret of [answer.device_code, answer.user_code, 'secret', 'a.b.c'])
      expect(stored).not.toContain(secret);
  });

  it('S-155 RFC 8628 §6.1 takes another user code when the first one is taken', async () => {
    const { open, rows } = setUp(taken, taken);
    await expect(open()).resolves.toMatchObject({ user_code: expect.any(String) });
    expect(rows).toHaveLength(1);
  });

  it('does not try for ever, nor after any other failure', async () => {
    await expect(setUp(taken, taken, taken, taken, taken).open()).rejects.toBe(taken);
    const failure = new Error('the database is away');
    await expect(setUp(failure).open()).rejects.toBe(failure);
  });

  it.each([
    [{ scope: 'openid admin' }, 'invalid_scope'],
    [{ resource: 'https://unknown.example' }, 'invalid_target'],
    [{ scope: 'openid', x: 'a\tb' }, 'invalid_request'],
  ])('RFC 8628 §3.1 refuses %j before anything is written', async (form, error) => {
    const { open, rows } = setUp();
    await expect(refusalOf(() => open(form as Record<string, string>))).resolves.toBe(error);
    expect(rows).toEqual([]);
  });
});
