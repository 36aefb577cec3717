import { sha256 } from '@tokenidp/kernel';
import { type Members, ProofKey } from '../../libs/oauth/test/dpop-samples';
import { type Answer, postForm, send, type Sent } from './http';
import type { TestIdp } from './idp';

export { type Members, ProofKey };

/** A request with a proof made by hand. */
export interface ProvenRequest extends Pick<Sent, 'via'> {
  key: ProofKey;
  /** laid over the claims of the proof, and over its header */
  claims?: Members;
  header?: Members;
}

/** Sends requests with proofs to the endpoints of one issuer, by the server's clock. */
export class ProofSender {
  constructor(
    private readonly idp: TestIdp,
    private readonly issuer: string,
  ) {}

  proof(path: string, htm: string, { key, claims, header }: ProvenRequest): string {
    const iat = Math.floor(this.idp.clock.now().getTime() / 1000);
    return key.proof({ htm, htu: this.issuer + path, iat, ...claims }, header);
  }

  /** A proof for this token at userinfo. */
  tokenProof(token: string, { claims, ...request }: ProvenRequest): string {
    return this.proof('/userinfo', 'GET', { ...request, claims: { ath: sha256(token), ...claims } });
  }

  userinfo(token: string, request: ProvenRequest): Promise<Answer> {
    return this.ask(token, { dpop: this.tokenProof(token, request) });
  }

  /** With any headers. */
  ask(token: string, headers: Record<string, string | string[]>, scheme = 'DPoP'): Promise<Answer> {
    const all = { authorization: `${scheme} ${token}`, ...headers };
    return send(`${this.issuer}/userinfo`, { headers: all as Record<string, string> });
  }

  token(form: Record<string, string>, headers: Record<string, string>, request?: ProvenRequest): Promise<Answer> {
    const dpop = request && { dpop: this.proof('/token', 'POST', request) };
    return postForm(`${this.issuer}/token`, form, { ...headers, ...dpop }, request?.via);
  }
}
