export type IssuerMode = 'path' | 'subdomain';

/** Where tenants are reached; the application provides it. */
export abstract class TenancyOptions {
  /** The system tenant's issuer: an origin, without path, query or fragment. */
  abstract readonly publicUrl: URL;
  abstract readonly issuerMode: IssuerMode;
  /** An origin with another host, for clients with certificates: there tenant acme is at /t/acme whatever the mode. */
  readonly mtlsPublicUrl?: URL;
  /** Needed in `subdomain` mode: tenant acme is at acme.<rootDomain>. */
  abstract readonly rootDomain: string | undefined;
}
