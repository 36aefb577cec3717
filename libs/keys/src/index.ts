import { SigningKeyEntity } from './signing-key.entity';

export { KeysAdministrationModule } from './administration/keys-administration.module';
export { type SigningAlgorithm, SIGNING_ALGORITHMS } from './algorithms';
export { isExtended, parseJwsHeader, parseObject, splitCompactJws } from './compact-jws';
export { type JwtClaims } from './jwt-claims';
export type { KeyChange } from './key-lifecycle';
export type { PublicJwk } from './key-pair';
export { keysWithoutSuccessor } from './key-examination.repository';
export { KEY_REWRAP_JOB, KeyRewrapService } from './key-rewrap.service';
export { KEY_ROTATION_JOB, KeyRotationService } from './key-rotation.service';
export type { JwtType, PublishedKeys } from './key-set';
export { KeysError } from './keys-error';
export { KeysModule } from './keys.module';
export { KeysService, type RevocationOutcome, type RotationOutcome, type SigningKeyView } from './keys.service';
export { JWKS_MAX_AGE_SECONDS } from './rotation-policy';
export { Signer, type SignRequest } from './signer';
export type { KeyState } from './signing-key.entity';
export { type JwtExpectation, type VerifiedJwt, Verifier } from './verifier';
export { VerifyingKey } from './verifying-key';

/** For the application's data source. */
export const KEYS_ENTITIES = [SigningKeyEntity];
