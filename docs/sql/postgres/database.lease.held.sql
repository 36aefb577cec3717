-- database.lease.held
SELECT "name", "fence", "expiresAt" FROM "lease" WHERE "expiresAt" > clock_timestamp()
