import { type TrustedIssuer, TrustedIssuersService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { type CryptoKey, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import { type ClientKey, newClientKey } from './client-key';
import { API } from './fixtures';
import type { TestIdp } from './idp';

export const ASSERTION_ISSUER = 'https://issuer.example';

/** Somebody outside whom a tenant trusts, and who signs assertions by hand, right or wrong. */
export class OutsideIssuer {
  private constructor(
    readonly idp: TestIdp,
    readonly tenant: Tenant,
    readonly key: ClientKey,
    readonly trusted: TrustedIssuer,
  ) {}

  static async of(idp: TestIdp, tenant: Tenant, members: Record<string, unknown> = {}): Promise<OutsideIssuer> {
    const key = await newClientKey('outside');
    const trusted = await idp.get(TrustedIssuersService).create(tenant, {
      issuer: ASSERTION_ISSUER,
      ...(members.jwks_uri === undefined && { jwks: { keys: [key.publicJwk] } }),
      ...{ algorithms: ['ES256'], subject: 'username', scopes: ['openid', 'api.read'], audiences: [API] },
      ...members,
    });
    return new OutsideIssuer(idp, tenant, key, trusted);
  }

  /** undefined takes a claim away */
  claims(sub: string, changed: JWTPayload = {}): JWTPayload {
    const now = this.idp.clock.nowSeconds();
    const right = {
      iss: this.trusted.issuer,
      sub,
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

  assertion(sub: string, changed: JWTPayload = {}): Promise<string> {
    return this.sign(this.claims(sub, changed));
  }
}
