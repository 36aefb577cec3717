import type { Database } from './database';
import { statement } from './statement';
import type { Transaction } from './transaction';

/** Tables of one-time things: each has "redeemedAt" and "expiresAt". */
export const REDEEMABLE_TABLES = ['authorization_code'] as const;
export type RedeemableTable = (typeof REDEEMABLE_TABLES)[number];

export interface Redemption {
  readonly table: RedeemableTable;
  readonly tenantId: string;
  readonly id: string;
  readonly now: Date;
}

const redeemIn = (table: RedeemableTable) =>
  statement({
    name: `database.redeem.${table}`,
    parameters: { tenantId: 'id', id: 'id', now: 'instant' },
    sql: `UPDATE "${table}" SET "redeemedAt" = :now
          WHERE "tenantId" = :tenantId AND "id" = :id AND "redeemedAt" IS NULL AND "expiresAt" > :now`,
  });

const STATEMENTS = { authorization_code: redeemIn('authorization_code') } satisfies Record<RedeemableTable, unknown>;

/** Spends a one-time thing. True for exactly one caller, however many try at once; false when spent or expired. */
export async function redeem(database: Database, redemption: Redemption, tx: Transaction): Promise<boolean> {
  const { table, tenantId, id, now } = redemption;
  return (await database.execute(STATEMENTS[table], { tenantId, id, now }, tx)) === 1;
}
