-- database.invalidation.poll
-- @p0 since: bigint
BEGIN TRANSACTION;
DECLARE @upTo bigint = CAST(MIN_ACTIVE_ROWVERSION() AS bigint);
    SELECT @upTo AS "upTo", v."topic", v."key" FROM (SELECT 1 AS "one") AS o LEFT JOIN "cache_version" AS v
      ON v."version" >= CAST(@p0 AS binary(8)) AND v."version" < CAST(@upTo AS binary(8));
COMMIT TRANSACTION;
