/** @spec OIDC Back-Channel Logout §2.5, §2.8 — the call itself, and who is spared further calls for a while (S-128). */
import { Injectable } from '@nestjs/common';
import { Clock, GuardedHttpClient, OutboundError } from '@tokenidp/kernel';

const MAX_CALLS_PER_RECEIVER = 4;
/** One lost connection says little: after so many without an answer between them nobody calls for a while. */
const SILENCE_BEFORE_REST = 3;
const REST_MILLISECONDS = 30_000;
const TIMEOUT_MS = 5_000;

/** What is known of a receiver on this instance, for as long as there is anything to know. */
interface ReceiverState {
  calls: number;
  silent: number;
  restingUntil: number;
  /** messages were left for later because of too many calls */
  isMissed: boolean;
}

/** One that does not answer gets no more than a few calls at once, and then none for a while: others wait for nobody. */
@Injectable()
export class LogoutReceivers {
  private readonly states = new Map<string, ReceiverState>();

  constructor(
    private readonly http: GuardedHttpClient,
    private readonly clock: Clock,
  ) {}

  /** Keys of those who are not to be called now. */
  unavailable(): string[] {
    const now = this.clock.now().getTime();
    const keys: string[] = [];
    for (const [key, state] of this.states) {
      const isBusy = state.calls >= MAX_CALLS_PER_RECEIVER;
      if (isBusy) state.isMissed = true;
      if (isBusy || state.restingUntil > now) keys.push(key);
      else if (state.calls === 0 && state.silent >= SILENCE_BEFORE_REST) this.states.delete(key);
    }
    return keys;
  }

  /**
   * Resolves when the receiver took the token; `missed` is called when there is room again for what had to wait.
   * @throws Error whose message tells nothing of the token
   */
  async call(key: string, [uri, logoutToken]: readonly [string, string], missed: () => void): Promise<void> {
    const state = this.states.get(key) ?? { calls: 0, silent: 0, restingUntil: 0, isMissed: false };
    this.states.set(key, state);
    state.calls += 1;
    try {
      await this.post(uri, logoutToken);
      state.silent = 0;
    } catch (error) {
      this.note(state, error);
      throw error;
    } finally {
      state.calls -= 1;
      if (state.calls === 0 && state.silent === 0) this.states.delete(key);
      if (state.isMissed) missed();
      state.isMissed = false;
    }
  }

  private note(state: ReceiverState, error: unknown): void {
    state.silent = isSilent(error) ? state.silent + 1 : 0;
    if (state.silent >= SILENCE_BEFORE_REST) state.restingUntil = this.clock.now().getTime() + REST_MILLISECONDS;
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
