/** @spec OIDC Core §10.2, RFC 7516 §5.1, RFC 7519 §5.2 — what is encrypted for a client only it can read; signed first, then encrypted. */
import { Injectable } from '@nestjs/common';
import { type Client, ClientKeys } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import { CompactEncrypt, importJWK } from 'jose';

export type EncryptedResponse = 'id_token' | 'userinfo';

/** A text to be encrypted for a client. */
export interface Plaintext {
  readonly text: string;
  /** true for a JWS, which makes a nested JWT of it */
  readonly isJwt: boolean;
  /** claims that are told in the header too (RFC 7519 §5.3) */
  readonly replicated?: Readonly<Record<string, string>>;
}

@Injectable()
export class ResponseEncryption {
  constructor(private readonly keys: ClientKeys) {}

  /** The text itself for a client that has not asked for it. Throws `invalid_request` when the client has no fitting key now. */
  async encrypt(client: Client, response: EncryptedResponse, plaintext: Plaintext): Promise<string> {
    const alg = client[`${response}_encrypted_response_alg`];
    const enc = client[`${response}_encrypted_response_enc`];
    if (alg === undefined || enc === undefined) return plaintext.text;
    const jwk = await this.keys.encryptionKey(client, alg);
    if (!jwk) throw new OAuthError('invalid_request', `the application has no key for ${alg}`);
    const header = { alg, enc, ...(jwk.kid !== undefined && { kid: jwk.kid }), ...plaintext.replicated };
    return new CompactEncrypt(new TextEncoder().encode(plaintext.text))
      .setProtectedHeader(plaintext.isJwt ? { ...header, cty: 'JWT' } : header)
      .encrypt(await importJWK(jwk, alg));
  }
}
