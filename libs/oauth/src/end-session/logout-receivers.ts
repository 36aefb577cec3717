/** @spec OIDC Back-Channel Logout §2.5, §2.8 — the call itself, and who is spared further calls for a while (S-128). */
import { Injectable } from '@nestjs/common';
import { Clock, GuardedHttpClient, OutboundError } from '@tokenidp/kernel';

const MAX_CALLS_PER_RECEIVER = 4;
const REST_MILLISECONDS = 30_000;
const TIMEOUT_MS = 5_000;

/** One that does not answer gets no more than a few calls at once, and then none for a while: others wait for nobody. */
@Injectable()
export class LogoutReceivers {
  private readonly calls = new Map<string, number>();
  private readonly restingUntil = new Map<string, number>();

  constructor(
    private readonly http: GuardedHttpClient,
    private readonly clock: Clock,
  ) {}

  /** Keys of those who are not to be called now. */
  unavailable(): string[] {
    const now = this.clock.now().getTime();
    for (const [key, until] of this.restingUntil) if (until <= now) this.restingUntil.delete(key);
    const busy = [...this.calls].filter(([, count]) => count >= MAX_CALLS_PER_RECEIVER).map(([key]) => key);
    return [...this.restingUntil.keys(), ...busy];
  }

  /** Resolves when the receiver took the token. @throws Error whose message tells nothing of the token */
  async call(key: string, uri: string, logoutToken: string): Promise<void> {
    this.calls.set(key, (this.calls.get(key) ?? 0) + 1);
    try {
      await this.post(uri, logoutToken);
    } catch (error) {
      if (isSilent(error)) this.restingUntil.set(key, this.clock.now().getTime() + REST_MILLISECONDS);
      throw error;
    } finally {
      const left = this.calls.get(key)! - 1;
      if (left === 0) this.calls.delete(key);
      else this.calls.set(key, left);
    }
  }

  private async post(uri: string, logoutToken: string): Promise<void> {
    const { status } = await this.http.fetch(uri, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: logoutToken }).toString(),
      timeoutMs: TIMEOUT_MS,
    });
    if (status < 200 || status > 299) throw new Error(`the receiver answered ${status}`);
  }
}

function isSilent(error: unknown): boolean {
  return error instanceof OutboundError && (error.reason === 'timeout' || error.reason === 'unreachable');
}
