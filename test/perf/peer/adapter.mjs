// oidc-provider's storage on PostgreSQL: one table, one prepared statement an operation, as a careful user would write it.
import pg from 'pg';

export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS peer_model (
    model text NOT NULL, id text NOT NULL, payload jsonb NOT NULL, "grantId" text, uid text, "userCode" text,
    "expiresAt" timestamptz, "consumedAt" timestamptz, PRIMARY KEY (model, id));
  CREATE INDEX IF NOT EXISTS peer_model_grant ON peer_model ("grantId");
  CREATE INDEX IF NOT EXISTS peer_model_uid ON peer_model (uid) WHERE uid IS NOT NULL;
  CREATE INDEX IF NOT EXISTS peer_model_user_code ON peer_model ("userCode") WHERE "userCode" IS NOT NULL;`;

export function createAdapter(connectionString) {
  const pool = new pg.Pool({ connectionString, max: 16 });
  // The database may end before this does.
  pool.on('error', () => {});
  const run = (name, text, values) => pool.query({ name, text, values });

  const toPayload = ({ rows: [row] }) => {
    if (!row) return undefined;
    return row.consumedAt ? { ...row.payload, consumed: Math.floor(row.consumedAt.getTime() / 1000) } : row.payload;
  };
  const LIVE = `("expiresAt" IS NULL OR "expiresAt" > now())`;

  class Adapter {
    constructor(model) {
      this.model = model;
    }

    async upsert(id, payload, expiresIn) {
      const expiresAt = expiresIn ? new Date(Date.now() + expiresIn * 1000) : null;
      await run(
        'upsert',
        `INSERT INTO peer_model (model, id, payload, "grantId", uid, "userCode", "expiresAt")
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (model, id) DO UPDATE
         SET payload = $3, "grantId" = $4, uid = $5, "userCode" = $6, "expiresAt" = $7`,
        [this.model, id, payload, payload.grantId ?? null, payload.uid ?? null, payload.userCode ?? null, expiresAt],
      );
    }

    async find(id) {
      const text = `SELECT payload, "consumedAt" FROM peer_model WHERE model = $1 AND id = $2 AND ${LIVE}`;
      return toPayload(await run('find', text, [this.model, id]));
    }

    async findByUid(uid) {
      const text = `SELECT payload, "consumedAt" FROM peer_model WHERE model = $1 AND uid = $2 AND ${LIVE}`;
      return toPayload(await run('findByUid', text, [this.model, uid]));
    }

    async findByUserCode(userCode) {
      const text = `SELECT payload, "consumedAt" FROM peer_model WHERE model = $1 AND "userCode" = $2 AND ${LIVE}`;
      return toPayload(await run('findByUserCode', text, [this.model, userCode]));
    }

    async consume(id) {
      await run('consume', `UPDATE peer_model SET "consumedAt" = now() WHERE model = $1 AND id = $2`, [this.model, id]);
    }

    async destroy(id) {
      await run('destroy', 'DELETE FROM peer_model WHERE model = $1 AND id = $2', [this.model, id]);
    }

    async revokeByGrantId(grantId) {
      await run('revoke', 'DELETE FROM peer_model WHERE "grantId" = $1', [grantId]);
    }
  }
  return { Adapter, prepare: () => pool.query(SCHEMA) };
}
