import { hasTokenForm, sha256 } from '@tokenidp/kernel';
import { CALLBACK, CHALLENGE, clientLike, FixedClock, NOW, sessionLike, SINGLE, tenant } from '../../test/samples';
import { AuthorizationCodes } from './authorization-codes.service';

function world() {
  const issued: { row: Record<string, unknown>; tx?: unknown }[] = [];
  const repository = {
    issue: async (row: Record<string, unknown>, tx?: unknown) => void issued.push({ row, tx }),
    issueAfter: async (row: Record<string, unknown>, before: (tx: object) => Promise<void>) => {
      await before({ own: true });
      issued.push({ row, tx: { own: true } });
    },
  };
  const join = jest.fn(async (..._args: unknown[]) => {});
  return { issued, join, codes: new AuthorizationCodes(repository as never, { join } as never, new FixedClock()) };
}

const client = clientLike();
const context = { requestId: 'r', ip: '192.0.2.1', userAgent: undefined };
const granted = (clientIds: string[] = [client.id]) => ({
  client,
  session: sessionLike({ clientIds }),
  acr: SINGLE,
  scopes: new Set(['openid', 'email']),
  resources: [],
  redirectUri: CALLBACK,
  codeChallenge: CHALLENGE,
  nonce: 'n1',
  context,
});

describe('authorization codes', () => {
  it('S-040 RFC 6749 §10.5 are random, kept as a hash, and bound to what was granted (S-035)', async () => {
    const { codes, issued } = world();
    const code = await codes.issue(tenant, granted());
    expect(hasTokenForm('tac', code)).toBe(true);
    const { row } = issued[0]!;
    expect(row).toMatchObject({
      tenantId: tenant.id,
      clientId: client.id,
      userId: sessionLike().userId,
      sessionId: sessionLike().id,
      hash: sha256(code),
      scope: 'openid email',
      redirectUri: CALLBACK,
      codeChallenge: CHALLENGE,
      nonce: 'n1',
      acr: SINGLE,
      authTime: sessionLike().authTime,
      auditEvent: 'authorization.granted',
      auditTargetId: row.authorizationId,
    });
    expect(JSON.stringify(row)).not.toContain(code);
  });

  it.each([
    [60, 60],
    [30, 30],
    [600, 60],
  ])('S-039 FAPI 2.0 §5.3.2.1 with a setting of %s s live for %s s', async (authorizationCodeSeconds, expected) => {
    const { codes, issued } = world();
    const { settings } = tenant;
    const lifetimes = { ...settings.lifetimes, authorizationCodeSeconds };
    await codes.issue({ ...tenant, settings: { ...settings, lifetimes } }, granted());
    expect(issued[0]!.row.expiresAt).toEqual(new Date(NOW.getTime() + expected * 1000));
  });

  it('let a client join the session once, in the same transaction', async () => {
    const { codes, issued, join } = world();
    await codes.issue(tenant, granted());
    expect(join).not.toHaveBeenCalled();
    expect(issued[0]!.tx).toBeUndefined();
    await codes.issue(tenant, granted([]));
    expect(join).toHaveBeenCalledWith(tenant.id, sessionLike().id, client.id, { own: true });
    const tx = {} as never;
    await codes.issue(tenant, granted([]), tx);
    expect(join.mock.calls[1]![3]).toBe(tx);
    expect(issued[2]!.tx).toBe(tx);
  });
});
