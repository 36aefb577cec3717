/** @spec RFC 8705 §2.1.2, §3.4 — one name by which a client's certificate is known, and whether its tokens are bound to it. */
import { type ClientAuthMethod, parseDistinguishedName } from '@tokenidp/kernel';
import { isIP } from 'node:net';
import type { ClientMetadata } from '../client';
import { invalid } from './client-metadata-error';
import { booleanMember, textMember, type MetadataInput } from './members';

type SubjectMember = Extract<keyof ClientMetadata, `tls_client_auth_${string}`>;
type TlsMembers = Pick<ClientMetadata, SubjectMember | 'tls_client_certificate_bound_access_tokens'>;

const HOST = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,255}$/;

/** What each name has to be like. A certificate names one client, so nothing is a pattern. */
const SUBJECTS: Readonly<Record<SubjectMember, { readonly isFit: (text: string) => boolean; readonly rule: string }>> =
  {
    tls_client_auth_subject_dn: {
      isFit: (text) => parseDistinguishedName(text) !== undefined,
      rule: 'must be a distinguished name as of RFC 4514',
    },
    tls_client_auth_san_dns: { isFit: (text) => HOST.test(text), rule: 'must be a host name' },
    tls_client_auth_san_uri: { isFit: (text) => URL.canParse(text), rule: 'must be an absolute URI' },
    tls_client_auth_san_ip: { isFit: (text) => isIP(text) !== 0, rule: 'must be an IP address' },
    tls_client_auth_san_email: { isFit: (text) => EMAIL.test(text), rule: 'must be an e-mail address' },
  };
const NAMES = Object.keys(SUBJECTS) as SubjectMember[];

export function tlsMembers(input: MetadataInput, method: ClientAuthMethod): TlsMembers {
  return {
    ...(method === 'tls_client_auth' && subject(input)),
    tls_client_certificate_bound_access_tokens: booleanMember(input, 'tls_client_certificate_bound_access_tokens'),
  };
}

function subject(input: MetadataInput): Pick<ClientMetadata, SubjectMember> {
  const given = NAMES.flatMap((name) => {
    const text = textMember(input, name);
    if (text === undefined) return [];
    if (!SUBJECTS[name].isFit(text)) throw invalid(name, SUBJECTS[name].rule);
    return [[name, text]];
  });
  if (given.length !== 1) {
    throw invalid('tls_client_auth_subject_dn', 'or one of the tls_client_auth_san members, and only one, is needed');
  }
  return Object.fromEntries(given) as Pick<ClientMetadata, SubjectMember>;
}
