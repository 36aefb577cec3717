import { KeyedHash, MasterKeys } from '@tokenidp/kernel';
import { FixedClock, tenant } from '../../test/samples';
import { LogoutConfirmations } from './logout-confirmations';

const keyedHash = new KeyedHash(new MasterKeys([{ id: 'k1', key: Buffer.alloc(32, 1) }]));
const confirmation = { sessionId: 's1', clientId: 'app', redirectUri: 'https://app.example/bye', state: 'ä"<' };

describe('S-127 OIDC RP-Initiated Logout §2 the confirmation of a logout', () => {
  const clock = new FixedClock();
  const confirmations = new LogoutConfirmations(keyedHash, clock);
  const sealed = confirmations.seal(tenant, confirmation);

  it('comes back as it was sealed', () => {
    expect(confirmations.open(tenant, sealed)).toEqual(confirmation);
  });

  it.each([
    ['nothing', ''],
    ['no seal', sealed.split('.')[0]!],
    ['an empty seal', `${sealed.split('.')[0]}.`],
    [
      'another payload',
      `${Buffer.from('{"sessionId":"s2","expiresAt":9999999999}').toString('base64url')}${sealed.slice(sealed.indexOf('.'))}`,
    ],
    ['a seal of an unknown key', sealed.replace('.k1.', '.k2.')],
    ['a cut seal', sealed.slice(0, -1)],
  ])('S-124 is refused with %s', (_, tampered) => {
    expect(confirmations.open(tenant, tampered)).toBeNull();
  });

  it("S-124 is refused at another tenant's", () => {
    expect(confirmations.open({ ...tenant, id: '01900000-0000-7000-8000-000000000002' }, sealed)).toBeNull();
  });

  it('S-124 is refused after its time', () => {
    clock.forward(1800);
    expect(confirmations.open(tenant, sealed)).toBeNull();
  });
});
