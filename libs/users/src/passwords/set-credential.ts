/** @spec NIST SP 800-63B-4 §3.2.2 — what a user has one of is set anew in its place, and its failures are forgotten. */
import { statement } from '@tokenidp/database';
import type { CredentialType } from './credential.entity';

/** For a type with a unique index of its own. */
export function setCredential(name: string, type: Extract<CredentialType, 'password' | 'user-code'>) {
  return statement({
    name,
    parameters: { tenantId: 'id', id: 'id', userId: 'id', secret: 'text', now: 'instant' },
    postgres: `
      INSERT INTO "credential" ("tenantId", "id", "userId", "type", "secret", "failures", "createdAt", "updatedAt")
      VALUES (:tenantId, :id, :userId, '${type}', :secret, 0, :now, :now)
      ON CONFLICT ("tenantId", "userId") WHERE "type" = '${type}' DO UPDATE SET
        "secret" = excluded."secret", "failures" = 0, "lastFailureAt" = NULL, "blockedUntil" = NULL,
        "disabledAt" = NULL, "updatedAt" = excluded."updatedAt"`,
    mssql: `
      MERGE "credential" WITH (HOLDLOCK) AS c
      USING (SELECT :tenantId AS "tenantId", :userId AS "userId") AS n
        ON c."tenantId" = n."tenantId" AND c."userId" = n."userId" AND c."type" = '${type}'
      WHEN MATCHED THEN UPDATE SET
        "secret" = :secret, "failures" = 0, "lastFailureAt" = NULL, "blockedUntil" = NULL,
        "disabledAt" = NULL, "updatedAt" = :now
      WHEN NOT MATCHED THEN INSERT
        ("tenantId", "id", "userId", "type", "secret", "failures", "createdAt", "updatedAt")
        VALUES (:tenantId, :id, :userId, '${type}', :secret, 0, :now, :now);`,
  });
}
