import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, sealedColumn, SealedColumns, type Transaction } from '@tokenidp/database';
import { Clock, Envelope, newId, ProblemError, sha256 } from '@tokenidp/kernel';
import type { AdminCall, AdminChange } from '../admin-call';
import { IdempotencyKeysRepository } from './idempotency-keys.repository';

const KEPT_MILLISECONDS = 24 * 3600 * 1000;

const ANSWERS = sealedColumn({
  ...{ name: 'admin-api.idempotency-key', table: 'idempotency_key', column: 'answer' },
  objectOf: ({ tenantId, id }) => sealedAs(tenantId, id),
});

/**
 * Creates that may be repeated: what was made and that its key was used are one transaction, so that a repetition, on
 * whichever instance and however soon, gets the first answer and makes nothing.
 */
@Injectable()
export class Creations implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly keys: IdempotencyKeysRepository,
    private readonly envelope: Envelope,
    private readonly clock: Clock,
    private readonly columns: SealedColumns,
  ) {}

  onModuleInit(): void {
    this.columns.add(ANSWERS);
  }

  /**
   * @param input what the request says, for comparison with an earlier one of the same key
   * @param create makes the thing in the change's transaction and gives the answer's body
   * @throws ProblemError (idempotency-mismatch), and whatever `create` throws: then the key is free again
   */
  once<T extends object>(call: AdminCall, input: object, create: (change: AdminChange) => Promise<T>): Promise<T> {
    const { idempotencyKey: key } = call;
    return this.database.transaction((tx) =>
      key === undefined ? create(call.change(tx)) : this.keyed(call, { key, input, create }, tx),
    );
  }

  private async keyed<T extends object>(
    call: AdminCall,
    { key, input, create }: { key: string; input: object; create: (change: AdminChange) => Promise<T> },
    tx: Transaction,
  ): Promise<T> {
    const { tenantId, administrator } = call;
    const claim = {
      id: newId(),
      hash: sha256(JSON.stringify([administrator.actor.id, key])),
      requestHash: sha256(JSON.stringify([call.place, input])),
      expiresAt: new Date(this.clock.now().getTime() + KEPT_MILLISECONDS),
    };
    if (!(await this.keys.claim(tenantId, claim, tx))) return this.repeat<T>(tenantId, claim, tx);
    const made = await create(call.change(tx));
    const text = JSON.stringify(made);
    const sealed = this.envelope.seal(sealedAs(tenantId, claim.id), Buffer.from(text));
    await this.keys.answer(tenantId, claim.id, sealed, tx);
    return JSON.parse(text) as T;
  }

  private async repeat<T>(
    tenantId: string,
    { hash, requestHash }: { hash: string; requestHash: string },
    tx: Transaction,
  ): Promise<T> {
    const kept = await this.keys.find(tenantId, hash, tx);
    if (!kept?.answer) throw new ProblemError('conflict', 'A request of that key is under way.');
    if (kept.requestHash !== requestHash) {
      throw new ProblemError('idempotency-mismatch', 'That Idempotency-Key was used for another request.');
    }
    return JSON.parse(this.envelope.open(sealedAs(tenantId, kept.id), kept.answer).toString()) as T;
  }
}

function sealedAs(tenantId: string, id: string): string[] {
  return [tenantId, 'idempotency_key', id];
}
