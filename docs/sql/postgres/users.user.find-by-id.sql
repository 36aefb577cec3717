-- users.user.find-by-id
-- $1 tenantId: id
-- $2 id: id
SELECT u."id" AS "user_id", u."tenantId" AS "user_tenantId", u."username" AS "user_username", u."email" AS "user_email", u."emailVerified" AS "user_emailVerified", u."phoneNumber" AS "user_phoneNumber", u."phoneNumberVerified" AS "user_phoneNumberVerified", u."status" AS "user_status", u."locale" AS "user_locale", u."claims" AS "user_claims", u."attributes" AS "user_attributes", u."passwordExpiredAt" AS "user_passwordExpiredAt", u."lastSignInAt" AS "user_lastSignInAt", u."createdAt" AS "user_createdAt", u."updatedAt" AS "user_updatedAt" FROM "user" u WHERE u."tenantId" = $1::uuid AND u."id" = $2::uuid
