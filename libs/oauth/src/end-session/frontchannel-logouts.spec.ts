import type { Client } from '@tokenidp/clients';
import { clientLike, sessionLike, subjects, tenant, user } from '../../test/samples';
import { FrontchannelLogouts } from './frontchannel-logouts';

const { id } = sessionLike();
const uri = 'https://app.example/bye?x=1&y=a%20b';

function framesFor(...clients: (Partial<Client> | null)[]): Promise<string[]> {
  const found = new Map(
    clients.map((changes, n) => [`c${n}`, changes && clientLike({ client_id: `c${n}`, ...changes })]),
  );
  const service = { find: async (_tenantId: string, clientId: string) => found.get(clientId) ?? null };
  const ended = {
    id,
    userId: user.id,
    clients: [...found.keys()].map((client_id) => ({ client_id, isBackchannel: false })),
  };
  return new FrontchannelLogouts(service as never, subjects).frames(tenant, ended);
}

describe('OIDC Front-Channel Logout §2, §3 the pages of a session’s clients', () => {
  it('are loaded as registered, or with iss and sid where the client needs them', async () => {
    const withSession = { frontchannel_logout_uri: uri, frontchannel_logout_session_required: true };
    const [plain, named] = await framesFor({ frontchannel_logout_uri: uri }, withSession);
    expect(plain).toBe(uri);
    expect(Object.fromEntries(new URL(named!).searchParams)).toEqual({ x: '1', y: 'a b', iss: tenant.issuer, sid: id });
  });

  it('§3 OIDC Core §8 name a pairwise client’s own sid', async () => {
    const pairwise = {
      subject_type: 'pairwise',
      frontchannel_logout_uri: uri,
      frontchannel_logout_session_required: true,
    } as const;
    const [frame] = await framesFor(pairwise);
    expect(new URL(frame!).searchParams.get('sid')).toBe(subjects.sid(clientLike(pairwise), id));
  });

  it('are none of clients that have none, are disabled or gone', async () => {
    expect(await framesFor({}, { frontchannel_logout_uri: uri, status: 'disabled' }, null)).toEqual([]);
  });
});
