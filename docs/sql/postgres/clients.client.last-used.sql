-- clients.client.last-used
-- $1 used: json
UPDATE client SET "lastUsedAt" = used."at"
FROM jsonb_to_recordset($1::jsonb) AS used("tenantId" uuid, id uuid, "at" timestamptz)
WHERE client."tenantId" = used."tenantId" AND client.id = used.id
AND (client."lastUsedAt" IS NULL OR client."lastUsedAt" < used."at")
