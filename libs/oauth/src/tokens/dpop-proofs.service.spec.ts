import { KeyedHash, MasterKeys } from '@tokenidp/kernel';
import { ProofKey } from '../../test/dpop-samples';
import { FixedClock, NOW, tenant } from '../../test/samples';
import { NOW_SECONDS } from '../../test/token-samples';
import { DpopNonces } from './dpop-nonces';
import { DpopProofs } from './dpop-proofs.service';
import type { ReplaysRepository } from './replays.repository';

const key = new ProofKey('ES256');
const strict = { ...tenant, settings: { ...tenant.settings, dpop: { requireNonce: true } } };
const claims = { htm: 'POST', htu: `${tenant.issuer}/token`, iat: NOW_SECONDS };
const presented = (changes: object = {}) => ({
  text: key.proof({ ...claims, ...changes }),
  path: '/token',
  method: 'POST',
});

function setUp() {
  const spent = new Map<string, Date>();
  const replays = {
    spend: async (tenantId: string, hash: string, expiresAt: Date) => {
      const name = `${tenantId} ${hash}`;
      return !spent.has(name) && Boolean(spent.set(name, expiresAt));
    },
  };
  const clock = new FixedClock();
  const nonces = new DpopNonces(new KeyedHash(new MasterKeys([{ id: 'a', key: Buffer.alloc(32, 1) }])), clock);
  return { proofs: new DpopProofs(replays as unknown as ReplaysRepository, nonces, clock), spent };
}

const seconds = (instant: Date | undefined) => ((instant?.getTime() ?? 0) - NOW.getTime()) / 1000;

describe('RFC 9449 §4.3, §11.1 the proofs of a tenant', () => {
  it("are for the tenant's own address", async () => {
    const { proofs } = setUp();
    await expect(proofs.verify(tenant, presented())).resolves.toMatchObject({ jkt: key.jkt });
    const elsewhere = { ...tenant, issuer: 'https://id.example/t/other' };
    await expect(proofs.verify(elsewhere, presented())).rejects.toMatchObject({ error: 'invalid_dpop_proof' });
  });

  it('RFC 8705 §5 are for the address, too, where clients with certificates go', async () => {
    const { proofs } = setUp();
    const mtlsBase = 'https://mtls.example/t/acme';
    const there = presented({ htu: `${mtlsBase}/token` });
    await expect(proofs.verify({ ...tenant, mtlsBase }, there)).resolves.toMatchObject({ jkt: key.jkt });
    await expect(proofs.verify({ ...tenant, mtlsBase }, presented())).resolves.toMatchObject({ jkt: key.jkt });
    await expect(proofs.verify(tenant, there)).rejects.toMatchObject({ error: 'invalid_dpop_proof' });
  });

  it('S-115 are good once for each key, in each tenant, and remembered longer than they are good', async () => {
    const { proofs, spent } = setUp();
    const proof = { jkt: key.jkt, jti: 'one' };
    await proofs.spend(tenant, proof);
    await expect(proofs.spend(tenant, proof)).rejects.toMatchObject({ error: 'invalid_dpop_proof' });
    await proofs.spend(tenant, { ...proof, jti: 'two' });
    await proofs.spend(tenant, { ...proof, jkt: 'another' });
    await proofs.spend({ ...tenant, id: 'other' }, proof);
    expect([...spent.values()].map(seconds)).toEqual([120, 120, 120, 120]);
    expect([...spent.keys()].join()).not.toContain('one');
  });
});

describe('RFC 9449 §8 a tenant that wants nonces', () => {
  it('hands one out, and takes proofs with it alone', async () => {
    const { proofs } = setUp();
    expect(proofs.nextNonce(tenant)).toBeUndefined();
    const nonce = proofs.nextNonce(strict);
    expect(nonce).toMatch(/./);
    await expect(proofs.verify(strict, presented())).rejects.toMatchObject({ error: 'use_dpop_nonce' });
    await expect(proofs.verify(strict, presented({ nonce, iat: 1 }))).resolves.toMatchObject({ jkt: key.jkt });
  });

  it('remembers proofs for as long as their nonce may be good', async () => {
    const { proofs, spent } = setUp();
    await proofs.spend(strict, { jkt: key.jkt, jti: 'one' });
    expect([...spent.values()].map(seconds)).toEqual([360]);
  });
});
