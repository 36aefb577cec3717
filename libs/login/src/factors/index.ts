import { PasswordFactor } from './password.factor';

export { Factor, type FactorAttempt, type FactorOutcome } from './factor';
export { PasswordFactor } from './password.factor';

/** Every factor there is; a new one is one file and one word here. */
export const FACTORS = [PasswordFactor] as const;
