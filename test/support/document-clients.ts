import type { RegistrationSettings, Tenant } from '@tokenidp/tenancy';
import { REDIRECT_URI } from './fixtures';
import { HttpBrowser, type HttpPage } from './http-browser';
import { startIdp, type TestIdp } from './idp';
import { type WebFile, WebSite } from './web-site';

const CODE_CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** A site where clients describe themselves, and a provider that may read there. */
export class DocumentClients {
  private count = 0;

  private constructor(
    readonly idp: TestIdp,
    readonly site: WebSite,
  ) {}

  static async start(): Promise<DocumentClients> {
    const site = await WebSite.start();
    return new DocumentClients(await startIdp({ environment: { OUTBOUND_ALLOWED_HOSTS: site.host } }), site);
  }

  async close(): Promise<void> {
    await this.idp.close();
    await this.site.close();
  }

  newTenant(registration: Partial<RegistrationSettings>, perHour = 1000): Promise<Tenant> {
    const settings = { registration, limits: { registrationsPerAddressPerHour: perHour } };
    return this.idp.createTenant({ slug: `tenant-${(this.count += 1)}`, settings });
  }

  /** An address that nobody has asked for yet. */
  newPath(): string {
    return `/clients/${(this.count += 1)}`;
  }

  /** Publishes a document there; undefined takes a member away. */
  publish(metadata: Record<string, unknown> = {}, headers: Record<string, string> = {}, path = this.newPath()): string {
    const right = { client_id: this.site.url(path), client_name: 'Notes', redirect_uris: [REDIRECT_URI] };
    return this.site.json(path, { ...right, ...metadata }, headers);
  }

  /** Publishes anything. */
  file(content: WebFile): string {
    const path = this.newPath();
    this.site.files.set(path, content);
    return this.site.url(path);
  }

  /** An authorization request; the page it ends at. */
  ask(clientId: string, tenant: Tenant): Promise<HttpPage> {
    const url = new URL(`${tenant.issuer}/authorize`);
    const parameters = { client_id: clientId, redirect_uri: REDIRECT_URI, response_type: 'code', scope: 'openid' };
    const all = { ...parameters, code_challenge: CODE_CHALLENGE, code_challenge_method: 'S256' };
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
    return new HttpBrowser().open(url.href);
  }
}
