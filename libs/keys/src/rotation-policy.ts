/**
 * @spec OIDC Core §10.1.1, RFC 7517 §5 — a key is published one lead before it signs and stays as long as what it signed
 * (S-099). Functions of the keys' instants and the tenant's policy alone.
 */
import type { TenantSettings } from '@tokenidp/tenancy';
import type { SigningAlgorithm } from './algorithms';
import type { KeyState } from './signing-key.entity';

/** `max-age` of the key set; a client may hold an old set for as long. */
export const JWKS_MAX_AGE_SECONDS = 300;
/** The longest life that any resource or client may choose for a token (security.md, "Lifetimes"). */
const LONGEST_TOKEN_SECONDS = 3600;
const GRACE_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/** What the policy looks at; a row of `signing_key` has it all. */
export interface KeyInstants {
  readonly id: string;
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly state: KeyState;
  readonly createdAt: Date;
  readonly activatedAt: Date | null;
  readonly demotedAt: Date | null;
  readonly dueAt: Date | null;
}

export interface RotationPolicy {
  readonly algorithms: readonly SigningAlgorithm[];
  /** How long a key signs. */
  readonly periodSeconds: number;
  /** How long it is published before. */
  readonly leadSeconds: number;
  /** How long it verifies afterwards. */
  readonly keepSeconds: number;
}

export type RotationStep<K extends KeyInstants = KeyInstants> =
  | { readonly kind: 'create'; readonly alg: SigningAlgorithm; readonly state: 'current' | 'next' }
  | { readonly kind: 'activate'; readonly next: K; readonly current: K | undefined }
  | { readonly kind: 'demote'; readonly key: K }
  | { readonly kind: 'retire'; readonly key: K }
  | { readonly kind: 'reschedule'; readonly key: K; readonly dueAt: Date | null };

export function rotationPolicy({ keys, lifetimes }: TenantSettings): RotationPolicy {
  return {
    algorithms: keys.algorithms,
    periodSeconds: keys.rotationDays * DAY_SECONDS,
    leadSeconds: keys.leadSeconds + JWKS_MAX_AGE_SECONDS,
    keepSeconds: longestTokenSeconds(lifetimes) + GRACE_SECONDS,
  };
}

/** How long a token may be good after it was signed. */
export function longestTokenSeconds(lifetimes: TenantSettings['lifetimes']): number {
  const { accessTokenSeconds, clientCredentialsSeconds, idTokenSeconds } = lifetimes;
  return Math.max(accessTokenSeconds, clientCredentialsSeconds, idTokenSeconds, LONGEST_TOKEN_SECONDS);
}

export function after(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}

/** The first instant at which a published key may sign. */
export function signsFrom(next: Pick<KeyInstants, 'createdAt'>, policy: RotationPolicy): Date {
  return after(next.createdAt, policy.leadSeconds);
}

/** When the job has something to do for `key`, among all `keys` of its algorithm. An instant already set is not put off. */
export function dueAt(key: KeyInstants, keys: readonly KeyInstants[], policy: RotationPolicy): Date | null {
  const isWanted = policy.algorithms.includes(key.alg);
  switch (key.state) {
    case 'next':
      return isWanted ? activationAt(key, keys, policy) : key.createdAt;
    case 'current':
      return isWanted ? successorAt(key, keys, policy) : key.activatedAt;
    case 'previous':
      return later(key.dueAt, after(key.demotedAt!, policy.keepSeconds));
    case 'retired':
    case 'revoked':
      return null;
  }
}

function activationAt(next: KeyInstants, keys: readonly KeyInstants[], policy: RotationPolicy): Date {
  const current = keys.find(({ state }) => state === 'current');
  if (!current) return next.createdAt;
  const endOfPeriod = after(current.activatedAt!, policy.periodSeconds);
  const planned = next.dueAt && next.dueAt < endOfPeriod ? next.dueAt : endOfPeriod;
  return later(planned, signsFrom(next, policy));
}

function successorAt(current: KeyInstants, keys: readonly KeyInstants[], policy: RotationPolicy): Date | null {
  if (keys.some(({ state }) => state === 'next')) return null;
  return after(current.activatedAt!, Math.max(0, policy.periodSeconds - policy.leadSeconds));
}

function later(left: Date | null, right: Date): Date {
  return left && left > right ? left : right;
}

/** What is to be done now, for the keys of one algorithm. The steps do not depend on one another. */
export function rotationSteps<K extends KeyInstants>(
  alg: SigningAlgorithm,
  keys: readonly K[],
  policy: RotationPolicy,
  now: Date,
): RotationStep<K>[] {
  const steps = keys.map((key) => stepFor(key, keys, policy, now)).filter((step) => step !== null);
  const signs = keys.some(({ state }) => state === 'current' || state === 'next');
  if (!signs && policy.algorithms.includes(alg)) steps.push({ kind: 'create', alg, state: 'current' });
  return steps;
}

function stepFor<K extends KeyInstants>(
  key: K,
  keys: readonly K[],
  policy: RotationPolicy,
  now: Date,
): RotationStep<K> | null {
  const due = dueAt(key, keys, policy);
  if (due !== null && due <= now) return dueStep(key, keys, policy);
  return isAt(due, key.dueAt) ? null : { kind: 'reschedule', key, dueAt: due };
}

/** Keys whose stored instant is not what the policy says by now: the tenant's settings were changed. */
export function misscheduled<K extends KeyInstants>(
  keys: readonly K[],
  policy: RotationPolicy,
): { key: K; dueAt: Date | null }[] {
  return keys
    .map((key) => ({ key, dueAt: dueAt(key, ofAlgorithm(key.alg, keys), policy) }))
    .filter(({ key, dueAt: due }) => !isAt(due, key.dueAt));
}

export function ofAlgorithm<K extends KeyInstants>(alg: SigningAlgorithm, keys: readonly K[]): K[] {
  return keys.filter((key) => key.alg === alg);
}

function isAt(left: Date | null, right: Date | null): boolean {
  return left?.getTime() === right?.getTime();
}

function dueStep<K extends KeyInstants>(key: K, keys: readonly K[], policy: RotationPolicy): RotationStep<K> {
  const isWanted = policy.algorithms.includes(key.alg);
  if (key.state === 'current') {
    return isWanted ? { kind: 'create', alg: key.alg, state: 'next' } : { kind: 'demote', key };
  }
  if (key.state === 'next' && isWanted) {
    return { kind: 'activate', next: key, current: keys.find(({ state }) => state === 'current') };
  }
  return { kind: 'retire', key };
}
