import { Injectable } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Confirmation } from '../tokens/confirmation';
import { DpopProofError } from '../tokens/dpop-proof';
import { DpopProofs } from '../tokens/dpop-proofs.service';
import { MtlsBinding } from '../tokens/mtls-binding';
import { dpopHeader, sendNonce } from './dpop-header';

/** A request of an authenticated client to an endpoint of the authorization server. */
export interface ConstrainedCall {
  readonly tenant: Tenant;
  readonly client: Client;
  /** of the endpoint, below the issuer */
  readonly path: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * @spec RFC 9449 §5, §5.2, §8.2, §10.1, RFC 8705 §3.4 — the key that a client proves to hold, by a proof or by its
 * certificate, so that what it gets is bound to it.
 */
@Injectable()
export class SenderConstraint {
  constructor(
    private readonly proofs: DpopProofs,
    private readonly mtls: MtlsBinding,
  ) {}

  /** For a token request: undefined without a proof, where the client may go without. Throws `OAuthError`. */
  async confirm(call: ConstrainedCall): Promise<Confirmation | undefined> {
    const byCertificate = this.mtls.confirm(call.client, call.request);
    const byProof = await this.proven(call);
    if (call.client.dpop_bound_access_tokens === true && byProof?.jkt === undefined) {
      throw new OAuthError('invalid_dpop_proof', 'the client has to prove its key with every token request (DPoP)');
    }
    return byCertificate ? { ...byProof, ...byCertificate } : byProof;
  }

  /** For a request that may prove a key: undefined without a proof. Spends the proof: call it last. */
  async proven({ tenant, path, request, reply }: ConstrainedCall): Promise<Confirmation | undefined> {
    const text = dpopHeader(request);
    if (text === undefined) return undefined;
    sendNonce(reply, this.proofs.nextNonce(tenant));
    try {
      const proof = await this.proofs.verify(tenant, { text, path, method: request.method });
      await this.proofs.spend(tenant, proof);
      return { jkt: proof.jkt };
    } catch (error) {
      throw error instanceof DpopProofError ? new OAuthError(error.error, error.description) : error;
    }
  }
}
