/** @spec RFC 9396 §6, §6.1, §7 — a token request may ask for less of what was granted, never for more or for other things. */
import type { Resource } from '@tokenidp/clients';
import type { AuthorizationDetail } from '@tokenidp/kernel';
import { canonicalJson, invalidDetails, isTexts, parseDetails } from './detail-syntax';
import { detailsAt } from './detail-types';

/** What a token for these resources holds of the details that were granted. Throws `invalid_authorization_details`. */
export function narrowDetails(
  granted: readonly AuthorizationDetail[],
  sent: string | undefined,
  resources: readonly Resource[],
): readonly AuthorizationDetail[] {
  const asked = parseDetails(sent);
  if (!asked) return detailsAt(granted, resources);
  for (const detail of asked) {
    if (!granted.some((each) => isWithin(detail, each))) {
      throw invalidDetails('details were asked for that were not granted');
    }
  }
  const left = detailsAt(asked, resources);
  if (left.length < asked.length) throw invalidDetails('details were asked for that are not of this resource');
  return left;
}

/** The same members with the same values; a list of texts may be a part of the one that was granted. */
export function isWithin(asked: AuthorizationDetail, granted: AuthorizationDetail): boolean {
  const names = Object.keys(granted);
  if (Object.keys(asked).length !== names.length) return false;
  return names.every((name) => Object.hasOwn(asked, name) && isValueWithin(asked[name], granted[name]));
}

function isValueWithin(asked: unknown, granted: unknown): boolean {
  if (isTexts(asked) && isTexts(granted) && asked.length > 0) return asked.every((each) => granted.includes(each));
  return canonicalJson(asked) === canonicalJson(granted);
}
