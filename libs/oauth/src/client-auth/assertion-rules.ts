import { Injectable, Logger } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { Clock, sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { TOKEN_PATH } from '../endpoints/paths';
import { ReplaysRepository } from '../tokens/replays.repository';
import { assertionFault, type ClientAssertion } from './client-assertion';

/** @spec RFC 7523 §3 — the claims of a signed assertion, then its `jti`: one assertion works once (S-056). */
@Injectable()
export class AssertionRules {
  private readonly logger = new Logger(AssertionRules.name);

  constructor(
    private readonly replays: ReplaysRepository,
    private readonly clock: Clock,
  ) {}

  /** False when a claim is wrong or the assertion was seen before. Call it last: it spends the `jti`. */
  async accept(assertion: ClientAssertion, client: Client, tenant: Tenant): Promise<boolean> {
    const fault = assertionFault(assertion, {
      client,
      issuer: tenant.issuer,
      tokenEndpoint: tenant.issuer + TOKEN_PATH,
      nowSeconds: this.clock.nowSeconds(),
    });
    if (fault === null) return this.spend(assertion.claims, client, tenant);
    this.logger.warn(`client ${client.id}: assertion refused: ${fault}`);
    return false;
  }

  private spend({ jti, exp }: Record<string, unknown>, client: Client, tenant: Tenant): Promise<boolean> {
    const key = sha256(`client-assertion\n${client.id}\n${String(jti)}`);
    return this.replays.spend(tenant.id, key, new Date(Number(exp) * 1000));
  }
}
