import type { Client } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import type { FastifyReply } from 'fastify';
import { clientLike, httpRequestLike, tenant } from '../../test/samples';
import { DpopProofError } from '../tokens/dpop-proof';
import type { DpopProofs, PresentedProof } from '../tokens/dpop-proofs.service';
import type { MtlsBinding } from '../tokens/mtls-binding';
import { SenderConstraint } from './sender-constraint';

function setUp({ nonce, replayed = false, shown }: { nonce?: string; replayed?: boolean; shown?: string } = {}) {
  const calls: unknown[] = [];
  const headers: Record<string, string> = {};
  const proofs = {
    nextNonce: () => nonce,
    verify: async (_tenant: unknown, proof: PresentedProof) => {
      calls.push(proof);
      if (proof.text !== 'good') throw new DpopProofError('use_dpop_nonce', 'no');
      return { jkt: 'key', jti: 'one' };
    },
    spend: async () => {
      calls.push('spend');
      if (replayed) throw new DpopProofError('invalid_dpop_proof', 'again');
    },
  };
  const reply = { header: (name: string, value: string) => void (headers[name] = value) };
  const mtls = {
    confirm: ({ tls_client_certificate_bound_access_tokens }: Client) => {
      if (tls_client_certificate_bound_access_tokens !== true) return undefined;
      if (shown === undefined) throw new OAuthError('invalid_request', 'no');
      return { 'x5t#S256': shown };
    },
  };
  const senders = new SenderConstraint(proofs as unknown as DpopProofs, mtls as unknown as MtlsBinding);
  const confirm = (dpop?: string | string[], dpop_bound_access_tokens?: boolean, byCertificate?: boolean) =>
    senders.confirm({
      tenant,
      client: clientLike({ dpop_bound_access_tokens, tls_client_certificate_bound_access_tokens: byCertificate }),
      path: '/token',
      request: httpRequestLike({}, { method: 'POST', headers: dpop === undefined ? {} : { dpop } }),
      reply: reply as unknown as FastifyReply,
    });
  return { confirm, calls, headers };
}

describe('RFC 9449 §5 the key of a token request', () => {
  it('is that of its proof, which is verified for this endpoint and spent', async () => {
    const { confirm, calls, headers } = setUp();
    await expect(confirm('good')).resolves.toEqual({ jkt: 'key' });
    expect(calls).toEqual([{ text: 'good', path: '/token', method: 'POST' }, 'spend']);
    expect(headers).toEqual({});
  });

  it('is none without a proof, and nothing is asked', async () => {
    const { confirm, calls, headers } = setUp({ nonce: 'next' });
    await expect(confirm()).resolves.toBeUndefined();
    expect({ calls, headers }).toEqual({ calls: [], headers: {} });
  });

  it('RFC 9449 §5.2 has to be there when the client is registered so', async () => {
    const { confirm } = setUp();
    await expect(confirm(undefined, true)).rejects.toMatchObject({ error: 'invalid_dpop_proof', status: 400 });
    await expect(confirm('good', true)).resolves.toEqual({ jkt: 'key' });
  });

  it('RFC 8705 §3.4 is that of its certificate, of a client that is registered so, beside a proof', async () => {
    const { confirm } = setUp({ shown: 'certificate' });
    await expect(confirm()).resolves.toBeUndefined();
    await expect(confirm(undefined, false, true)).resolves.toEqual({ 'x5t#S256': 'certificate' });
    await expect(confirm('good', true, true)).resolves.toEqual({ jkt: 'key', 'x5t#S256': 'certificate' });
    await expect(confirm(undefined, true, true)).rejects.toMatchObject({ error: 'invalid_dpop_proof' });
  });

  it('RFC 8705 §3.4 spends no proof where the certificate is missing', async () => {
    const { confirm, calls } = setUp();
    await expect(confirm('good', true, true)).rejects.toMatchObject({ error: 'invalid_request', status: 400 });
    expect(calls).toEqual([]);
  });

  it('RFC 9449 §8.2 comes with the next nonce, whether the proof is good or not', async () => {
    for (const proof of ['good', 'bad']) {
      const { confirm, headers } = setUp({ nonce: 'next' });
      await confirm(proof).catch(() => undefined);
      expect(headers).toEqual({ 'dpop-nonce': 'next' });
    }
  });

  it.each([
    ['is not good', 'bad', false, 'use_dpop_nonce'],
    ['is empty', '', false, 'use_dpop_nonce'],
    ['RFC 9449 §4.1, §4.3 came twice', ['good', 'good'], false, 'use_dpop_nonce'],
    ['RFC 9449 §11.1 was used before', 'good', true, 'invalid_dpop_proof'],
  ])('is not believed when the proof %s', async (_name, dpop, replayed, error) => {
    await expect(setUp({ replayed }).confirm(dpop)).rejects.toMatchObject({ name: 'OAuthError', error, status: 400 });
  });
});
