/** @spec RFC 7396 §2 — what an administrator changes of a client's metadata, and what neither they nor the client decide. */
import { ClientsError } from './clients-error';
import type { ClientRow } from './clients.repository';
import { ClientMetadataError, invalid } from './metadata/client-metadata-error';
import type { MetadataInput } from './metadata/members';
import { isTranslation } from './metadata/presentation';
import { isTrustedOrigin } from './metadata/registration-policy';
import { SECURITY_PROFILE_RULES } from './security-profiles';

/** What only administrators say, of clients that they trust. */
const POLICY = new Set(
  'type security_profile require_pkce consent refresh default_scope token_exchange access_token_seconds id_token_seconds'.split(
    ' ',
  ),
);

const LOCALIZED = 'localized';

/**
 * Translations stand side by side with what they translate when a client registers; here they have a member of their own.
 * @throws ClientMetadataError
 */
export function asMetadata({ localized, ...input }: MetadataInput): MetadataInput {
  const translations = isObject(localized) ? localized : {};
  if (!Object.keys(translations).every((name) => isTranslation(name))) {
    throw invalid(LOCALIZED, 'may hold only translations: client_name#de and the like');
  }
  return { ...input, ...translations };
}

/** What is said of a translation is said of the member that holds it here. */
export async function inOurForm<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ClientMetadataError) || !isTranslation(error.member)) throw error;
    throw new ClientMetadataError(error.error, `${LOCALIZED}/${error.member}`, error.message);
  }
}

/** @throws ClientMetadataError, ClientsError for what is not an administrator's to change */
export function patched(current: MetadataInput, row: ClientRow, patch: MetadataInput): MetadataInput {
  assertOurs(row, patch);
  const laid = asMetadata(merged(current, patch));
  assertNotFixed(asMetadata(patch), laid.security_profile);
  return laid;
}

/** RFC 7396 §2: objects are merged, all else is replaced, null takes away. */
function merged(target: unknown, patch: MetadataInput): MetadataInput {
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    result[name] = isObject(value) && !Array.isArray(value) ? merged(result[name], value) : value;
  }
  return result;
}

/** What a profile fixes cannot be set otherwise: the value would be stored and never count. @throws ClientMetadataError */
export function assertNotFixed(input: MetadataInput, profile: unknown): void {
  const rules = Object.values(SECURITY_PROFILE_RULES).find(({ name }) => name === profile);
  if (!rules) return;
  for (const [name, value] of Object.entries(rules.fixed)) {
    const given = input[name] ?? undefined;
    if (given !== undefined && given !== value) {
      throw invalid(name, `is fixed to ${JSON.stringify(value)} by the profile ${rules.name}`);
    }
  }
  const { refresh } = input;
  if (isObject(refresh) && refresh.rotate === true && !rules.rotatesRefreshTokens) {
    throw invalid('refresh', `does not rotate in the profile ${rules.name}`);
  }
}

function assertOurs({ origin }: ClientRow, patch: MetadataInput): void {
  if (origin === 'metadata') {
    throw new ClientsError('described-elsewhere', 'The client is what its metadata document says: change that.');
  }
  const member = isTrustedOrigin(origin) ? undefined : Object.keys(patch).find((name) => POLICY.has(name));
  if (member !== undefined) throw invalid(member, 'is not for a client that registered itself');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
