import { AuditChain, AuditSealing } from '@tokenidp/audit';
import { type KeysInstance, KeysSuite, openKeysInstance } from './keys-suite';

/** Two instances on one database that record and seal. */
export class AuditSuite {
  private constructor(
    readonly keys: KeysSuite,
    readonly sibling: KeysInstance,
  ) {}

  static async open(): Promise<AuditSuite> {
    const keys = await KeysSuite.open();
    return new AuditSuite(keys, await openKeysInstance(keys.url, keys.clock, [keys.masterKey]));
  }

  get idp(): KeysInstance {
    return this.keys.idp;
  }

  get chain(): AuditChain {
    return this.idp.module.get(AuditChain);
  }

  async close(): Promise<void> {
    await this.sibling.close();
    await this.keys.close();
  }

  sql(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.idp.database.dataSource.query(text, values);
  }

  seal(instance = this.idp): Promise<number> {
    return instance.module.get(AuditSealing).seal();
  }

  record(instance: KeysInstance, n: number, tenantId: string): Promise<void> {
    const detail = { n, before: { name: 'a', list: [1, { z: 1, a: 2 }] }, after: { name: 'ä "b"' } };
    const actor = { type: 'user', id: 'u' } as const;
    return instance.audit.record(tenantId, { event: 'client.changed', result: 'success', actor, detail });
  }

  /** Until nothing is left; another instance may be at it, too. */
  async sealAll(tenantId: string): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      await this.seal();
      const [row] = await this.sql(
        `SELECT COUNT(*) AS "left" FROM "audit_event" e WHERE "tenantId" = $1 AND NOT EXISTS (
           SELECT 1 FROM "audit_seal" s WHERE s."tenantId" = e."tenantId" AND s."eventId" = e."id")`,
        [tenantId],
      );
      if (Number(row!.left) === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('events were left without a seal');
  }

  /** The ids of the events, in the order of the chain. */
  async sealed(tenantId: string): Promise<string[]> {
    const rows = await this.sql(`SELECT "eventId" FROM "audit_seal" WHERE "tenantId" = $1 ORDER BY "sequence"`, [
      tenantId,
    ]);
    return rows.map(({ eventId }) => String(eventId));
  }

  /** Ten events of both instances, sealed. */
  async sealedTen(tenantId: string): Promise<string[]> {
    for (let n = 0; n < 10; n++) await this.record(n % 2 ? this.sibling : this.idp, n, tenantId);
    await this.sealAll(tenantId);
    return this.sealed(tenantId);
  }

  /** As if the transactions of a while ago had all ended. */
  async settle(): Promise<void> {
    for (let run = 0; run < 3; run++) {
      await this.seal();
      await this.sql(`UPDATE "audit_sealing" SET "markedAt" = "markedAt" - interval '1 hour'`);
    }
    await this.seal();
  }
}
