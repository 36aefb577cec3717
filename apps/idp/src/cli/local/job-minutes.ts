/** How often the jobs run that leave a trace each time, in minutes; the others run when there is something to do. */
export const JOB_MINUTES: Readonly<Record<string, number>> = {
  'audit-retention': 60,
  'clients.unused': 60,
  'failed-request-purge': 60,
  'idempotency-purge': 60,
  'job-history-purge': 24 * 60,
  'login.purge': 10,
  'oauth.purge': 10,
  'unknown-login-purge': 24 * 60,
};
