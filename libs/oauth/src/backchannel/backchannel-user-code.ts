/** @spec CIBA Core §7.1, §13 — nobody is asked by a client that does not bring their code; a wrong one is not told from nobody's (S-136, S-161). */
import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import type { Client } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import { UserCodesService } from '@tokenidp/users';
import { type BackchannelTry, tooMany, whomOf } from './backchannel-limit';

@Injectable()
export class BackchannelUserCode {
  constructor(
    private readonly codes: UserCodesService,
    private readonly audit: AuditService,
  ) {}

  /** Throws `invalid_user_code`, or 429 after too many of them. */
  async check(client: Client, attempt: BackchannelTry, code: string): Promise<void> {
    const { tenant, user, hint, context: request } = attempt;
    const whom = whomOf(user, hint);
    const result = await this.codes.verify({ tenant, userId: user?.id ?? null, whom, code, request });
    if (result.outcome === 'ok') return;
    if (result.outcome === 'delayed') throw tooMany(result.retryAfterSeconds);
    await this.audit.record(tenant.id, {
      ...{ event: 'factor.failed', result: 'failure', clientId: client.id, request },
      actor: { type: 'client', id: client.client_id },
      ...(user && { target: { type: 'user', id: user.id } }),
      detail: { authenticator: 'user-code' },
    });
    throw new OAuthError('invalid_user_code', 'user_code is not that of the user');
  }
}
