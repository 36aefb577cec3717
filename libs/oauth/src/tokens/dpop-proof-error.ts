/** Why a proof is not good, with an error code that both dialects have; the description is public. */
export class DpopProofError extends Error {
  constructor(
    readonly error: 'invalid_dpop_proof' | 'use_dpop_nonce',
    readonly description: string,
  ) {
    super(`${error}: ${description}`);
    this.name = 'DpopProofError';
  }
}

export function invalidProof(description: string): DpopProofError {
  return new DpopProofError('invalid_dpop_proof', `DPoP proof: ${description}`);
}
