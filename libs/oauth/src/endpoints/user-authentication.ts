import { Injectable } from '@nestjs/common';
import type { RequiredAuthentication } from '@tokenidp/clients';
import { BearerError, Clock } from '@tokenidp/kernel';
import { meetsAcr } from '../authorize/acr';
import { SessionPort } from '../authorize/interaction';
import type { PresentedAccessToken } from './resource-access';

/**
 * @spec RFC 9470 §3 — a token whose sign-in is too weak or too old is refused in a way that says what would do: with
 * these values the authorization endpoint gives a token that is taken.
 */
@Injectable()
export class UserAuthentication {
  constructor(
    private readonly sessions: SessionPort,
    private readonly clock: Clock,
  ) {}

  /** Throws `BearerError`; a token that tells of no sign-in meets nothing. */
  assertEnough({ claims, scheme }: PresentedAccessToken, { requiredAcr, maxAgeSeconds }: RequiredAuthentication): void {
    const isRecent = maxAgeSeconds === undefined || this.ageOf(claims.auth_time) <= maxAgeSeconds;
    const wish = { acrValues: requiredAcr === undefined ? [] : [requiredAcr], acrEssential: requiredAcr !== undefined };
    if (isRecent && meetsAcr(wish, String(claims.acr), this.sessions.acrValues)) return;
    throw new BearerError('insufficient_user_authentication', 'a stronger or more recent sign-in is needed', {
      scheme,
      authentication: { acr_values: requiredAcr, max_age: maxAgeSeconds },
    });
  }

  private ageOf(authTime: unknown): number {
    return typeof authTime === 'number' ? this.clock.nowSeconds() - authTime : Infinity;
  }
}
