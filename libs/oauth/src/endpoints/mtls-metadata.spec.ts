import { tenant } from '../../test/samples';
import { mtlsMetadata } from './mtls-metadata';

const at = (base: string) => ({
  token_endpoint: `${base}/token`,
  userinfo_endpoint: `${base}/userinfo`,
  introspection_endpoint: `${base}/introspect`,
});
const metadata = {
  ...at(tenant.issuer),
  authorization_endpoint: `${tenant.issuer}/authorize`,
  end_session_endpoint: `${tenant.issuer}/logout`,
  jwks_uri: `${tenant.issuer}/.well-known/jwks.json`,
};
const aside = { ...tenant, mtlsBase: 'https://mtls.example/t/acme' };

describe('RFC 8705 §3.3, §5 what the metadata says of mutual TLS', () => {
  it('names the endpoints that clients call, at the base for clients with certificates', () => {
    expect(mtlsMetadata(metadata, aside, true)).toEqual({
      tls_client_certificate_bound_access_tokens: true,
      mtls_endpoint_aliases: at('https://mtls.example/t/acme'),
    });
  });

  it('says nothing where certificates cannot arrive, and names no second place where there is none', () => {
    expect(mtlsMetadata(metadata, aside, false)).toEqual({});
    expect(mtlsMetadata(metadata, tenant, true)).toEqual({ tls_client_certificate_bound_access_tokens: true });
  });
});
