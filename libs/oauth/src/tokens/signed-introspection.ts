import { Injectable } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { Clock } from '@tokenidp/kernel';
import { Signer, type SigningAlgorithm } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import type { Introspection } from './introspector';

export const INTROSPECTION_JWT_TYPE = 'application/token-introspection+jwt';

/**
 * @spec RFC 9701 §4, §5, §8.1 — the answer of introspection as evidence: signed, for the one that asked, and of a type
 * that makes it no token. What it says is inside one member, so that it cannot be read as claims of its own.
 */
@Injectable()
export class SignedIntrospection {
  constructor(
    private readonly signer: Signer,
    private readonly clock: Clock,
  ) {}

  /** True when the caller asks for it, by a media type of its own and not by a wildcard, and has it registered. */
  isFor(caller: Client, accept: string | undefined): boolean {
    return caller.introspection_signed_response_alg !== undefined && accepts(accept);
  }

  sign(tenant: Tenant, caller: Client, introspection: Introspection): Promise<string> {
    return this.signer.sign(tenant, {
      algorithm: caller.introspection_signed_response_alg as SigningAlgorithm,
      type: 'token-introspection+jwt',
      claims: {
        iss: tenant.issuer,
        aud: caller.client_id,
        iat: this.clock.nowSeconds(),
        token_introspection: introspection,
      },
    });
  }
}

/** RFC 9110 §12.5.1: named, and not with a weight of nothing. */
function accepts(accept = ''): boolean {
  return accept
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';').map((part) => part.trim()))
    .some(([type, ...rest]) => type === INTROSPECTION_JWT_TYPE && !rest.some((part) => /^q=0(\.0*)?$/.test(part)));
}
