-- keys.examination.without-successor
-- $1 before: instant
SELECT k."tenantId", k."kid", k."alg", k."dueAt" FROM "signing_key" k
WHERE k."state" = 'current' AND k."dueAt" < $1::timestamptz AND NOT EXISTS (SELECT 1 FROM "signing_key" n
  WHERE n."tenantId" = k."tenantId" AND n."alg" = k."alg" AND n."state" = 'next')
ORDER BY k."dueAt", k."id" OFFSET 0 ROWS FETCH NEXT 20 ROWS ONLY
