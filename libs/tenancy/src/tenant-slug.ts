/** A slug is a DNS label, since it becomes one in sub-domain mode; the names below mean something else there or in a path. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

export const SYSTEM_SLUG = 'system';

const RESERVED: ReadonlySet<string> = new Set([
  SYSTEM_SLUG,
  ...['account', 'admin', 'api', 'assets', 'auth', 'authorize', 'console', 'consent', 'docs', 'health', 'id', 'idp'],
  ...[
    'interaction',
    'internal',
    'login',
    'logout',
    'metrics',
    'oauth',
    'oauth2',
    'oidc',
    'portal',
    'register',
    'setup',
  ],
  ...['session', 'static', 'status', 'support', 't', 'tenant', 'tenants', 'token', 'userinfo', 'well-known', 'www'],
  ...[
    'autoconfig',
    'autodiscover',
    'ftp',
    'imap',
    'localhost',
    'mail',
    'mx',
    'ns',
    'ns1',
    'ns2',
    'pop',
    'smtp',
    'wpad',
  ],
]);

/** True for 1 to 40 of a-z, 0-9 and inner hyphens; `xn--` and its like are kept for internationalised names. */
export function isSlug(text: string): boolean {
  return LABEL.test(text) && text.slice(2, 4) !== '--';
}

/** What is wrong with a slug for a new tenant; undefined when nothing is. */
export function slugProblem(slug: string): string | undefined {
  if (!isSlug(slug)) return 'must be 1 to 40 of a-z, 0-9 and hyphens, with a letter or digit at both ends';
  return RESERVED.has(slug) ? 'is a reserved name' : undefined;
}
