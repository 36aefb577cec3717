import type { ClientsService } from '@tokenidp/clients';
import { randomToken, TOKEN_TYPES } from '@tokenidp/kernel';
import type { Verifier } from '@tokenidp/keys';
import { FixedClock, tenant, user } from '../../test/samples';
import { appLike, NOW_SECONDS, standingLike } from '../../test/token-samples';
import type { AccessTokens } from '../tokens/access-tokens.service';
import type { RefreshTokensRepository } from '../tokens/refresh-tokens.repository';
import type { Subjects } from '../tokens/subjects';
import { ExchangeableTokens } from './exchangeable-tokens.service';
import type { SessionAuthorizationsRepository } from './session-authorizations.repository';

describe('OIDC Core §8.1 RFC 8693 §4.1 the subject of a refresh token that is exchanged', () => {
  it.each([
    ['public', user.id],
    ['pairwise', 'of the sector'],
  ] as const)('of a %s client is the one that the client knows', async (subject_type, sub) => {
    const client = appLike({ subject_type });
    const standing = { ...standingLike(), clientId: client.id, stands: true };
    const idleExpiresAt = new Date((NOW_SECONDS + 60) * 1000);
    const stored = { standing, revokedAt: null, rotatedAt: null, idleExpiresAt, confirmation: null, scope: 'openid' };
    const tokens = new ExchangeableTokens(
      {} as AccessTokens,
      { find: async () => stored } as unknown as RefreshTokensRepository,
      {} as SessionAuthorizationsRepository,
      {} as Verifier,
      {} as ClientsService,
      {
        of: (of: { subject_type: string }, id: string) => (of.subject_type === 'pairwise' ? 'of the sector' : id),
      } as unknown as Subjects,
      new FixedClock(),
    );
    const presented = { token: randomToken('trt'), type: TOKEN_TYPES.refreshToken };
    await expect(tokens.find(tenant, client, presented)).resolves.toMatchObject({ sub });
  });
});
