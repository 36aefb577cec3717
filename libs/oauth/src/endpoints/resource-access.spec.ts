import type { BearerError } from '@tokenidp/kernel';
import type { FastifyReply } from 'fastify';
import { httpRequestLike, tenant } from '../../test/samples';
import { appLike, standingLike } from '../../test/token-samples';
import type { AccessTokens } from '../tokens/access-tokens.service';
import { DpopProofError } from '../tokens/dpop-proof';
import type { DpopProofs, PresentedProof } from '../tokens/dpop-proofs.service';
import type { MtlsBinding } from '../tokens/mtls-binding';
import { ResourceAccess } from './resource-access';

const bound = { jkt: 'key' };
const x5t = { 'x5t#S256': 'x' };

interface World {
  /** of the token; null when it is not good */
  cnf?: object | null;
  replayed?: boolean;
  nonce?: string;
  /** thumbprint of the certificate of the connection */
  shown?: string;
}

function setUp({ cnf, replayed = false, nonce, shown }: World = {}) {
  const calls: unknown[] = [];
  const sent: Record<string, string> = {};
  const accessTokens = {
    find: async () => (cnf === null ? null : { claims: { cnf }, client: appLike(), standing: standingLike() }),
  };
  const proofs = {
    nextNonce: () => nonce,
    verify: async (_tenant: unknown, proof: PresentedProof) => {
      calls.push(proof);
      if (proof.text !== 'good' && proof.text !== 'other') throw new DpopProofError('use_dpop_nonce', 'no');
      return { jkt: proof.text === 'good' ? 'key' : 'another', jti: 'one' };
    },
    spend: async () => {
      calls.push('spend');
      if (replayed) throw new DpopProofError('invalid_dpop_proof', 'again');
    },
  };
  const mtls = { proven: () => (calls.push('certificate'), shown && { 'x5t#S256': shown }) };
  const access = new ResourceAccess(
    accessTokens as unknown as AccessTokens,
    proofs as unknown as DpopProofs,
    mtls as unknown as MtlsBinding,
  );
  const reply = { header: (name: string, value: string) => void (sent[name] = value) } as unknown as FastifyReply;
  const ask = (headers: Record<string, string>) =>
    access.authenticate({ tenant, path: '/userinfo', request: httpRequestLike(headers), reply });
  return { ask, calls, sent };
}

const refusal = (world: World, headers: Record<string, string>) =>
  setUp(world)
    .ask(headers)
    .then(
      () => 'taken',
      (error: BearerError) => `${error.status} ${error.challenge('r', ['ES256'])}`,
    );
const dpop = (proof?: string) => ({ authorization: 'DPoP token', ...(proof === undefined ? {} : { dpop: proof }) });
const bearer = { authorization: 'Bearer token' };

describe('RFC 9449 §7.1, §7.2 who comes with a token', () => {
  it('is its holder, when the token is bound and the proof is of its key', async () => {
    const { ask, calls, sent } = setUp({ cnf: bound, nonce: 'next' });
    await expect(ask(dpop('good'))).resolves.toMatchObject({ scheme: 'DPoP', claims: { cnf: bound } });
    const proof = { text: 'good', path: '/userinfo', method: 'GET', accessToken: 'token' };
    expect(calls).toEqual([proof, 'spend']);
    expect(sent).toEqual({ 'dpop-nonce': 'next' });
  });

  it('is anybody, when it is a bearer token, and no proof is looked at', async () => {
    const { ask, calls, sent } = setUp({ nonce: 'next' });
    await expect(ask({ ...bearer, dpop: 'bad' })).resolves.toMatchObject({ scheme: 'Bearer' });
    expect({ calls, sent }).toEqual({ calls: [], sent: {} });
  });

  it('RFC 8705 §3 is whose connection has the certificate that the token is bound to', async () => {
    const { ask, calls } = setUp({ cnf: x5t, shown: 'x' });
    await expect(ask(bearer)).resolves.toMatchObject({ scheme: 'Bearer', claims: { cnf: x5t } });
    expect(calls).toEqual(['certificate']);
    const both = setUp({ cnf: { ...bound, ...x5t }, shown: 'x' });
    await expect(both.ask(dpop('good'))).resolves.toMatchObject({ scheme: 'DPoP' });
  });

  it.each<[string, World, Record<string, string>, RegExp]>([
    ['RFC 6750 §3.1 without a token', {}, {}, /^401 Bearer realm="r", DPoP algs="ES256"$/],
    ['with a token that is not good', { cnf: null }, bearer, /^401 Bearer .*error="invalid_token".*, DPoP algs=/],
    ['with a token that is not good, and a proof', { cnf: null }, dpop('good'), /^401 DPoP .*error="invalid_token"/],
    ['S-117 with a bound token as a bearer token', { cnf: bound }, bearer, /^401 Bearer .*error="invalid_token"/],
    ['S-117 with a bearer token as a bound one', {}, dpop('good'), /^401 DPoP .*error="invalid_token"/],
    ['with a token for a certificate', { cnf: x5t }, bearer, /^401 Bearer .*error="invalid_token"/],
    ['S-117 with another certificate', { cnf: x5t, shown: 'y' }, bearer, /^401 Bearer .*error="invalid_token"/],
    ['with the certificate alone', { cnf: { ...bound, ...x5t }, shown: 'x' }, bearer, /^401 Bearer .*"invalid_token"/],
    ['with the proof alone', { cnf: { ...bound, ...x5t } }, dpop('good'), /^401 DPoP .*error="invalid_token"/],
    ['with a proof of another key', { cnf: bound }, dpop('other'), /^401 DPoP .*error="invalid_token".*algs="ES256"$/],
    ['without a proof', { cnf: bound }, dpop(), /^401 DPoP .*error="invalid_dpop_proof".*algs="ES256"$/],
    ['with a proof that is not good', { cnf: bound }, dpop('bad'), /^401 DPoP .*error="use_dpop_nonce".*algs="ES256"$/],
    ['with a used proof', { cnf: bound, replayed: true }, dpop('good'), /^401 DPoP .*error="invalid_dpop_proof"/],
  ])('is refused %s', async (_name, world, headers, challenge) => {
    await expect(refusal(world, headers)).resolves.toMatch(challenge);
  });

  it.each([
    ['the token is not good', { cnf: null }],
    ['the token is of another key', { cnf: { jkt: 'another' } }],
  ])('RFC 9449 §11.1 spends no proof when %s', async (_name, world) => {
    const { ask, calls } = setUp(world);
    await expect(ask(dpop('good'))).rejects.toMatchObject({ error: 'invalid_token' });
    expect(calls).not.toContain('spend');
  });
});
