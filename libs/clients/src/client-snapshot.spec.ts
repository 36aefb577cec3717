import { toClient, toColumns } from './client-snapshot';
import type { ClientRows } from './clients.repository';
import { validateClientMetadata } from './metadata/validate-client-metadata';

const issuer = 'https://id.example.com/t/acme';
const now = new Date();
const policy = {
  origin: 'built-in' as const,
  issuer,
  algorithms: ['ES256'],
  securityProfileFloor: 'baseline' as const,
  outboundAllowedHosts: [],
};
const input = {
  type: 'spa',
  client_name: 'Portal',
  redirect_uris: [`${issuer}/admin/callback`, 'https://app.test/cb'],
};

function rows(origin: 'admin' | 'built-in', more: Partial<ClientRows> = {}): ClientRows {
  const columns = toColumns(validateClientMetadata(input, { ...policy, origin }), origin, issuer);
  const ids = { tenantId: 't', id: 'row', clientId: 'portal' };
  const client = {
    ...ids,
    status: 'active' as const,
    origin,
    ...columns,
    createdAt: now,
    updatedAt: now,
    lastUsedAt: null,
  };
  return { client, secrets: [], assignments: [], scopes: [], ...more };
}

describe('toClient', () => {
  it('gives back what was stored, under wire names', () => {
    expect(toClient(rows('admin'), issuer)).toMatchObject({
      id: 'row',
      client_id: 'portal',
      client_name: 'Portal',
      type: 'spa',
      security_profile: 'baseline',
      redirect_uris: input.redirect_uris,
      isConfidential: false,
    });
  });

  it('moves a built-in client with the issuer, and no other', () => {
    const elsewhere = 'https://login.acme.test';
    expect(toClient(rows('built-in'), elsewhere).redirect_uris).toEqual([
      `${elsewhere}/admin/callback`,
      'https://app.test/cb',
    ]);
    expect(toClient(rows('admin'), elsewhere).redirect_uris).toEqual(input.redirect_uris);
  });

  it('RFC 9700 §2.3 drops an assigned scope that its resource no longer has', () => {
    const scope = { resourceId: 'r', name: 'read', displayName: 'Read', description: '', sensitive: false };
    const assignment = {
      resourceId: 'r',
      identifier: '{issuer}/admin/api',
      name: 'API',
      tokenFormat: 'jwt' as const,
      algorithm: 'ES256',
      accessTokenSeconds: null,
      includePermissions: true,
      includeRoles: false,
      authorizationDetailsTypes: null,
      requiredAcr: null,
      maxAgeSeconds: null,
      builtIn: true,
      userScopes: ['read', 'gone'],
      clientScopes: ['gone'],
    };
    const other = { ...scope, resourceId: 'other', name: 'foreign' };
    const { assignments } = toClient(rows('admin', { assignments: [assignment], scopes: [scope, other] }), issuer);
    expect(assignments).toEqual([
      {
        resource: {
          id: 'r',
          tenantId: 't',
          identifier: `${issuer}/admin/api`,
          name: 'API',
          tokenFormat: 'jwt',
          algorithm: 'ES256',
          includePermissions: true,
          includeRoles: false,
          scopes: [{ name: 'read', displayName: 'Read', description: '', sensitive: false }],
        },
        userScopes: ['read'],
        clientScopes: [],
      },
    ]);
  });
});
