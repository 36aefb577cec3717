import { MasterKeys } from '@tokenidp/kernel';
import { clientLike, subjects, user } from '../../test/samples';
import { Subjects } from './subjects';

const key = (id: string, byte: number) => ({ id, key: Buffer.alloc(32, byte) });
const pairwise = clientLike({ subject_type: 'pairwise' });
const OTHER = '01900000-0000-7000-8000-0000000000fe';
const sector_identifier_uri = 'https://sector.example/uris';

describe('OIDC Core §8, §8.1 what a client knows a user by', () => {
  it('of a public client is the user’s id, and the session’s', () => {
    expect(subjects.of(clientLike(), user.id)).toBe(user.id);
    expect(subjects.sid(clientLike(), 'session')).toBe('session');
  });

  it('of a pairwise client is the same in its sector and nowhere else', () => {
    const sub = subjects.of(pairwise, user.id);
    expect(sub).toMatch(/^[\w-]{43}$/);
    const others = { client_id: 'other', redirect_uris: ['https://app.example/elsewhere'] };
    expect(subjects.of({ ...pairwise, ...others }, user.id)).toBe(sub);
    const different = [
      subjects.of({ ...pairwise, redirect_uris: ['https://other.example/cb'] }, user.id),
      subjects.of({ ...pairwise, sector_identifier_uri }, user.id),
      subjects.of({ ...pairwise, tenantId: 'other' }, user.id),
      subjects.of(pairwise, OTHER),
      subjects.sid(pairwise, user.id),
    ];
    expect(new Set([sub, user.id, ...different]).size).toBe(7);
    expect(subjects.of({ ...pairwise, redirect_uris: [], sector_identifier_uri }, user.id)).toBe(different[1]);
  });

  it('stays when a new master key comes in front, and is another in another deployment', () => {
    const sub = subjects.of(pairwise, user.id);
    expect(new Subjects(new MasterKeys([key('k2', 2), key('k1', 1)])).of(pairwise, user.id)).toBe(sub);
    expect(new Subjects(new MasterKeys([key('k1', 3)])).of(pairwise, user.id)).not.toBe(sub);
  });

  it('CIBA Core §7.1 leads back to the user, for a client of that sector alone', () => {
    const sub = subjects.of(pairwise, user.id);
    expect(subjects.userOf(pairwise, sub)).toBe(user.id);
    expect(subjects.userOf(clientLike(), user.id)).toBe(user.id);
    const elsewhere = [
      { redirect_uris: ['https://other.example/cb'] },
      { sector_identifier_uri },
      { tenantId: 'other' },
    ];
    for (const changes of elsewhere) expect(subjects.userOf({ ...pairwise, ...changes }, sub)).toBeNull();
    const flipped = (at: number) => sub.slice(0, at) + (sub[at] === 'A' ? 'B' : 'A') + sub.slice(at + 1);
    const forged = [flipped(0), flipped(30), sub.slice(1), `${sub}A`, user.id, '', subjects.sid(pairwise, user.id)];
    for (const each of forged) expect(subjects.userOf(pairwise, each)).toBeNull();
  });
});
