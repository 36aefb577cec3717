import { type Database, statement } from '@tokenidp/database';

/** A key that signs although another one should be waiting. */
export interface KeyWithoutSuccessor {
  readonly tenantId: string;
  readonly kid: string;
  readonly alg: string;
  readonly dueAt: Date;
}

const WITHOUT_SUCCESSOR = statement({
  name: 'keys.examination.without-successor',
  parameters: { before: 'instant' },
  sql: `SELECT k."tenantId", k."kid", k."alg", k."dueAt" FROM "signing_key" k
    WHERE k."state" = 'current' AND k."dueAt" < :before AND NOT EXISTS (SELECT 1 FROM "signing_key" n
      WHERE n."tenantId" = k."tenantId" AND n."alg" = k."alg" AND n."state" = 'next')
    ORDER BY k."dueAt", k."id" OFFSET 0 ROWS FETCH NEXT 20 ROWS ONLY`,
});

/** Of all tenants: keys whose successor should have been made by then, for whoever looks after the server. */
export function keysWithoutSuccessor(database: Database, before: Date): Promise<KeyWithoutSuccessor[]> {
  return database.rows<KeyWithoutSuccessor>(WITHOUT_SUCCESSOR, { before });
}
