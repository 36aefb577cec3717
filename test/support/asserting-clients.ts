import type { NewClient } from '@tokenidp/clients';
import { JWT_BEARER_ASSERTION_TYPE } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { type CryptoKey, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import { type ClientKey, newClientKey } from './client-key';
import { createMachine, type TestClient } from './fixtures';
import { type Answer, postForm } from './http';
import { startIdp, type TestIdp } from './idp';

export interface Presentation {
  /** more of the form; '' leaves a parameter out */
  form?: Record<string, string>;
  /** the instance that is asked, when it is not the one that the issuer names */
  via?: { origin: string };
}

/** A tenant, and clients in it that prove themselves by assertions which are made by hand, right or wrong. */
export class AssertingClients {
  private constructor(
    readonly idp: TestIdp,
    readonly tenant: Tenant,
    readonly key: ClientKey,
  ) {}

  static async start(environment: Record<string, string> = {}): Promise<AssertingClients> {
    const idp = await startIdp({ environment });
    // Every assertion that is refused is a failure that counts.
    const settings = { limits: { clientAuthFailuresPerMinute: 1000 } };
    return AssertingClients.of(idp, await idp.createTenant({ slug: 'acme', settings }));
  }

  /** In a tenant that is there already; nothing of it is closed here. */
  static async of(idp: TestIdp, tenant: Tenant): Promise<AssertingClients> {
    return new AssertingClients(idp, tenant, await newClientKey('one'));
  }

  close(): Promise<void> {
    return this.idp.close();
  }

  /** A client of private_key_jwt with the one key that all have, unless told. */
  signing(metadata: Partial<NewClient> = {}): Promise<TestClient> {
    const keys = metadata.jwks_uri === undefined ? { jwks: { keys: [this.key.publicJwk] } } : {};
    return createMachine(this.idp, this.tenant, {
      token_endpoint_auth_method: 'private_key_jwt',
      ...keys,
      ...metadata,
    });
  }

  /** A client of client_secret_jwt. */
  macing(metadata: Partial<NewClient> = {}): Promise<TestClient> {
    return createMachine(this.idp, this.tenant, { token_endpoint_auth_method: 'client_secret_jwt', ...metadata });
  }

  /** What a client says of itself when it does everything right, but for what is changed; undefined takes a claim away. */
  claims({ client: { client_id } }: TestClient, changed: JWTPayload = {}): JWTPayload {
    const now = this.idp.clock.nowSeconds();
    const right = {
      iss: client_id,
      sub: client_id,
      aud: this.tenant.issuer,
      jti: randomUUID(),
      iat: now,
      exp: now + 60,
    };
    return JSON.parse(JSON.stringify({ ...right, ...changed })) as JWTPayload;
  }

  sign(
    payload: JWTPayload,
    header: Partial<JWTHeaderParameters> = {},
    signedBy: CryptoKey | Uint8Array = this.key.privateKey,
  ): Promise<string> {
    return new SignJWT(payload).setProtectedHeader({ alg: this.key.alg, kid: this.key.kid, ...header }).sign(signedBy);
  }

  present(client_assertion: string, { form, via }: Presentation = {}): Promise<Answer> {
    const asked = { grant_type: 'client_credentials', client_assertion_type: JWT_BEARER_ASSERTION_TYPE };
    return postForm(`${this.tenant.issuer}/token`, { ...asked, client_assertion, ...form }, {}, via);
  }

  /** 200 or 401: what the server makes of claims of which one is changed. */
  async judged(of: TestClient, changed: JWTPayload = {}): Promise<number> {
    const answer = await this.present(await this.sign(this.claims(of, changed)));
    if (answer.status !== 200) expect(answer.json?.error).toBe('invalid_client');
    return answer.status;
  }
}
