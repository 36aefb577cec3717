import type { NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { X509Certificate } from 'node:crypto';
import * as openid from 'openid-client';
import type { Certificate } from './certificate';
import { createMachine, type TestClient } from './fixtures';
import { TlsIdp } from './tls-idp';
import type { CertificateContent } from './x509';

export const SUBJECT: CertificateContent['subject'] = [
  ['C', 'GB'],
  ['O', 'Acme, Ltd.'],
  ['CN', 'machine'],
];
export const SUBJECT_DN = 'CN=machine,O=Acme\\, Ltd.,C=GB';

/** A tenant of a server that speaks TLS, and clients in it that show certificates; openid-client is what they use. */
export class CertifiedClients {
  private constructor(
    readonly tls: TlsIdp,
    readonly tenant: Tenant,
  ) {}

  static async start(environment: Record<string, string> = {}): Promise<CertifiedClients> {
    const tls = await TlsIdp.start(environment);
    // Every certificate that is refused is a failure that counts.
    const settings = { limits: { clientAuthFailuresPerMinute: 1000 } };
    return new CertifiedClients(tls, await tls.idp.createTenant({ slug: 'acme', settings }));
  }

  close(): Promise<void> {
    return this.tls.close();
  }

  /** A client that an authority vouches for, with the subject above unless told. */
  vouched(metadata: Partial<NewClient> = { tls_client_auth_subject_dn: SUBJECT_DN }): Promise<TestClient> {
    return createMachine(this.tls.idp, this.tenant, { token_endpoint_auth_method: 'tls_client_auth', ...metadata });
  }

  /** A client with certificates of its own. */
  selfSigned(certificates: readonly Certificate[], metadata: Partial<NewClient> = {}): Promise<TestClient> {
    return createMachine(this.tls.idp, this.tenant, { ...this.withKeysOf(certificates), ...metadata });
  }

  /** What a client registers of certificates of its own. */
  withKeysOf(certificates: readonly Certificate[]): Partial<NewClient> {
    return { token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: certificates.map(jwkOf) } };
  }

  /** The library, with a certificate or without. */
  async stock(
    { client }: TestClient,
    shown?: Certificate,
    { aliases = false, authentication = openid.TlsClientAuth() } = {},
  ): Promise<openid.Configuration> {
    const metadata = { use_mtls_endpoint_aliases: aliases };
    return openid.discovery(new URL(this.tenant.issuer), client.client_id, metadata, authentication, {
      [openid.customFetch]: this.tls.fetchWith(shown) as openid.CustomFetch,
    });
  }

  async token(client: TestClient, shown?: Certificate): Promise<openid.TokenEndpointResponse> {
    return openid.clientCredentialsGrant(await this.stock(client, shown));
  }
}

/** RFC 8705 §2.2.2: the key of a certificate, with the certificate. */
export function jwkOf({ cert }: Certificate) {
  const x509 = new X509Certificate(cert);
  return { ...x509.publicKey.export({ format: 'jwk' }), x5c: [x509.raw.toString('base64')] };
}
