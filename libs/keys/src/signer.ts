/** @spec RFC 7515 §5.1, RFC 8725 §3.11 — tokens in compact form, with `alg`, `typ` and `kid` and nothing else. */
import { Injectable } from '@nestjs/common';
import type { Tenant } from '@tokenidp/tenancy';
import { ALGORITHMS, type SigningAlgorithm } from './algorithms';
import type { JwtType } from './key-set';
import { KeySets } from './key-sets';

export interface SignRequest {
  algorithm: SigningAlgorithm;
  type: JwtType;
  claims: object;
}

/** Signs with the tenant's current key; from memory when warm, RSA off the event loop (docs/adr/0003). */
@Injectable()
export class Signer {
  constructor(private readonly sets: KeySets) {}

  /** A compact JWS. Throws when the tenant's settings do not name the algorithm. */
  async sign(tenant: Tenant, { algorithm, type, claims }: SignRequest): Promise<string> {
    const key = await this.sets.signingKey(tenant, algorithm);
    const input = key.headers[type] + Buffer.from(JSON.stringify(claims)).toString('base64url');
    const signature = await ALGORITHMS[algorithm].sign(Buffer.from(input), this.sets.privateKey(key));
    return `${input}.${signature.toString('base64url')}`;
  }
}
