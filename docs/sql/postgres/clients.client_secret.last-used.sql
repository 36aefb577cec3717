-- clients.client_secret.last-used
-- $1 used: json
UPDATE client_secret SET "lastUsedAt" = used."at"
FROM jsonb_to_recordset($1::jsonb) AS used("tenantId" uuid, id uuid, "at" timestamptz)
WHERE client_secret."tenantId" = used."tenantId" AND client_secret.id = used.id
AND (client_secret."lastUsedAt" IS NULL OR client_secret."lastUsedAt" < used."at")
