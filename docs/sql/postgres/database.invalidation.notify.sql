-- database.invalidation.notify
-- $1 message: text
SELECT pg_notify('tokenidp_invalidation', $1::text)
