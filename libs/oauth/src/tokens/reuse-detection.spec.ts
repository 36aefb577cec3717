import type { AuditService } from '@tokenidp/audit';
import { user } from '../../test/samples';
import {
  AUTHORIZATION_ID,
  database,
  FakeAudit,
  SESSION_ID,
  standingLike,
  tokenRequestLike,
} from '../../test/token-samples';
import type { Authorizations } from './authorizations.service';
import { ReuseDetection } from './reuse-detection';

function setUp(wasStanding: boolean) {
  const audit = new FakeAudit();
  const revoked: unknown[] = [];
  const authorizations = {
    revoke: async (_tenantId: string, id: string, reason: string, tx: unknown) => {
      revoked.push([id, reason, tx !== undefined]);
      return wasStanding;
    },
  };
  const reuse = new ReuseDetection(
    database,
    authorizations as unknown as Authorizations,
    audit as unknown as AuditService,
  );
  return { audit, revoked, revoke: () => reuse.revoke(tokenRequestLike(''), standingLike(), 'refresh-token-reused') };
}

describe('OAuth 2.1 §4.3.1, §7.5.2, RFC 9700 §4.14.2 S-072 a secret that comes twice', () => {
  it('takes the authorization back, and leaves an event, in one transaction', async () => {
    const { revoke, revoked, audit } = setUp(true);
    await revoke();
    expect(revoked).toEqual([[AUTHORIZATION_ID, 'refresh-token-reused', true]]);
    expect(audit.events).toMatchObject([
      {
        event: 'token.reuse-detected',
        sessionId: SESSION_ID,
        detail: { reason: 'refresh-token-reused', userId: user.id },
      },
    ]);
  });

  it('leaves no second event when it comes a third time', async () => {
    const { revoke, audit } = setUp(false);
    await revoke();
    expect(audit.events).toEqual([]);
  });
});
