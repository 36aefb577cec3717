/**
 * @spec RFC 7591 §2.3, §3.1.1 and §3.2.2, RFC 8725 §3.1 — what somebody whom the tenant trusts has signed of a client wins
 * over what the client says of itself; a statement of anybody else is refused rather than passed over.
 */
import type { SoftwareIssuer, Tenant } from '@tokenidp/tenancy';
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { ASYMMETRIC_ALGORITHMS } from '../metadata/auth-method';
import { invalid } from '../metadata/client-metadata-error';
import { member, type MetadataInput, textMember } from '../metadata/members';
import { RegistrationError } from './registration-error';

const MAX_LENGTH = 16_384;
const SKEW_SECONDS = 10;
/** Claims about the statement itself; and what a client has to prove, which nobody can state for it. */
const NO_METADATA = [
  'iss',
  'sub',
  'aud',
  'exp',
  'nbf',
  'iat',
  'jti',
  'software_statement',
  'client_id',
  'client_secret',
];

export interface StatedMetadata {
  metadata: MetadataInput;
  /** True when an approved statement came along. */
  isVouched: boolean;
}

/** The metadata with a statement's members laid over it. @throws RegistrationError, ClientMetadataError */
export async function withSoftwareStatement(
  tenant: Tenant,
  metadata: MetadataInput,
  now: Date,
): Promise<StatedMetadata> {
  const { softwareIssuers, softwareStatements } = tenant.settings.registration;
  if (member(metadata, 'software_statement') === undefined) {
    if (softwareStatements === 'required') throw invalid('software_statement', 'is needed here');
    return { metadata, isVouched: false };
  }
  const statement = textMember(metadata, 'software_statement', MAX_LENGTH)!;
  const claims = await verified(statement, softwareIssuers, now);
  const stated = Object.fromEntries(Object.entries(claims).filter(([name]) => !NO_METADATA.includes(name)));
  return { metadata: { ...metadata, ...stated, software_statement: statement }, isVouched: true };
}

async function verified(statement: string, issuers: readonly SoftwareIssuer[], now: Date): Promise<JWTPayload> {
  const named = issuerOf(statement);
  const issuer = issuers.find((each) => each.issuer === named);
  if (!issuer)
    throw new RegistrationError('unknown-statement', 'the issuer of the software statement is not approved here');
  try {
    const options = { issuer: issuer.issuer, algorithms: [...ASYMMETRIC_ALGORITHMS], currentDate: now };
    const keys = createLocalJWKSet(issuer.jwks as unknown as JSONWebKeySet);
    return (await jwtVerify(statement, keys, { ...options, clockTolerance: SKEW_SECONDS })).payload;
  } catch {
    throw badStatement();
  }
}

function issuerOf(statement: string): string | undefined {
  try {
    return decodeJwt(statement).iss;
  } catch {
    throw badStatement();
  }
}

function badStatement(): RegistrationError {
  return new RegistrationError(
    'bad-statement',
    'the software statement is malformed, expired or not signed by its issuer',
  );
}
