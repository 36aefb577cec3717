import { Injectable } from '@nestjs/common';
import { BearerError, type TokenScheme } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokens, type ActiveAccessToken } from '../tokens/access-tokens.service';
import { type Confirmation, confirmationOf, isProven, tokenTypeOf } from '../tokens/confirmation';
import { type DpopProof, DpopProofError } from '../tokens/dpop-proof';
import { DpopProofs } from '../tokens/dpop-proofs.service';
import { MtlsBinding } from '../tokens/mtls-binding';
import { type AccessCredential, accessCredential } from './access-credential';
import { dpopHeader, sendNonce } from './dpop-header';

/** A request to a resource of the provider's own. */
export interface ResourceCall {
  readonly tenant: Tenant;
  /** whose tokens are taken, in this order; those of the tenant alone when absent */
  readonly issuers?: readonly Tenant[];
  /** of the resource, below the issuer */
  readonly path: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A token that is good, presented by whom it was issued to. */
export interface PresentedAccessToken extends ActiveAccessToken {
  /** in which errors are to be told */
  readonly scheme: TokenScheme;
}

/**
 * @spec RFC 6750 §3, RFC 9449 §7.1, §7.2, §8.2, RFC 8705 §3 — who may come with a token: a bound one only with a proof
 * of its key or its certificate, never as a bearer token, and a bearer token never as if it were bound (S-117).
 */
@Injectable()
export class ResourceAccess {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly proofs: DpopProofs,
    private readonly mtls: MtlsBinding,
  ) {}

  /** One read, and one write for a proof, which comes last: nobody writes without a token. Throws `BearerError`. */
  async authenticate(call: ResourceCall): Promise<PresentedAccessToken> {
    const { tenant } = call;
    const credential = accessCredential(call.request);
    const { scheme } = credential;
    const proof = scheme === 'DPoP' ? await this.verifyProof(call, credential) : undefined;
    const token = await this.find(call, credential.token);
    if (!token) throw new BearerError('invalid_token', 'the access token is not valid', { scheme });
    const bound = confirmationOf(token.claims);
    const shown = bound?.['x5t#S256'] === undefined ? undefined : this.mtls.proven(call.request);
    checkHolder(credential, bound, { ...shown, jkt: proof?.jkt });
    if (proof) await inDialect(this.proofs.spend(tenant, proof));
    return { ...token, scheme };
  }

  private async find({ tenant, issuers = [tenant] }: ResourceCall, token: string): Promise<ActiveAccessToken | null> {
    for (const issuer of issuers) {
      const found = await this.accessTokens.find(issuer, token);
      if (found) return found;
    }
    return null;
  }

  private verifyProof({ tenant, path, request, reply }: ResourceCall, { token }: AccessCredential): Promise<DpopProof> {
    sendNonce(reply, this.proofs.nextNonce(tenant));
    const text = dpopHeader(request);
    if (text === undefined) {
      throw new BearerError('invalid_dpop_proof', 'a DPoP proof is needed', { scheme: 'DPoP' });
    }
    return inDialect(this.proofs.verify(tenant, { text, path, method: request.method, accessToken: token }));
  }
}

function checkHolder({ scheme }: AccessCredential, bound: Confirmation | undefined, proven: Confirmation): void {
  if (tokenTypeOf(bound) !== scheme) {
    const rule = bound?.jkt === undefined ? 'is not bound to a key' : 'is bound to a key and needs a DPoP proof';
    throw new BearerError('invalid_token', `the access token ${rule}`, { scheme });
  }
  if (!isProven(bound, proven)) {
    throw new BearerError('invalid_token', 'the access token is bound to another key', { scheme });
  }
}

async function inDialect<T>(verifying: Promise<T>): Promise<T> {
  try {
    return await verifying;
  } catch (error) {
    if (!(error instanceof DpopProofError)) throw error;
    throw new BearerError(error.error, error.description, { scheme: 'DPoP' });
  }
}
