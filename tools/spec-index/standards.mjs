// The README's table of standards: only those that a test proves, with how much of them.
const STANDARDS = {
  'OAuth 2.1': 'The OAuth 2.1 Authorization Framework',
  'OIDC Core': 'OpenID Connect Core 1.0',
  'OIDC Discovery': 'OpenID Connect Discovery 1.0',
  'OIDC Registration': 'OpenID Connect Dynamic Client Registration 1.0',
  'OIDC RP-Initiated Logout': 'OpenID Connect RP-Initiated Logout 1.0',
  'OIDC Back-Channel Logout': 'OpenID Connect Back-Channel Logout 1.0',
  'OIDC Front-Channel Logout': 'OpenID Connect Front-Channel Logout 1.0',
  'OIDC Session Management': 'OpenID Connect Session Management 1.0',
  'CIBA Core': 'Client-Initiated Backchannel Authentication, poll and ping',
  JARM: 'JWT Secured Authorization Response Mode',
  'FAPI 2.0 SP': 'FAPI 2.0 Security Profile',
  'FAPI 2.0 MS': 'FAPI 2.0 Message Signing',
  'OAuth 2.0 Form Post Response Mode': 'OAuth 2.0 Form Post Response Mode',
  'OAuth 2.0 Multiple Response Types': 'OAuth 2.0 Multiple Response Type Encoding Practices',
  'RFC 6749': 'The OAuth 2.0 Authorization Framework',
  'RFC 6750': 'Bearer Token Usage',
  'RFC 7009': 'Token Revocation',
  'RFC 7515': 'JSON Web Signature',
  'RFC 7517': 'JSON Web Key',
  'RFC 7519': 'JSON Web Token',
  'RFC 7523': 'JWT Profile for Client Authentication and Authorization Grants',
  'RFC 7591': 'Dynamic Client Registration',
  'RFC 7592': 'Dynamic Client Registration Management',
  'RFC 7636': 'Proof Key for Code Exchange',
  'RFC 7638': 'JWK Thumbprint',
  'RFC 7662': 'Token Introspection',
  'RFC 8252': 'OAuth 2.0 for Native Apps',
  'RFC 8414': 'Authorization Server Metadata',
  'RFC 8628': 'Device Authorization Grant',
  'RFC 8693': 'Token Exchange',
  'RFC 8705': 'Mutual-TLS Client Authentication and Certificate-Bound Access Tokens',
  'RFC 8707': 'Resource Indicators',
  'RFC 8725': 'JWT Best Current Practices',
  'RFC 9068': 'JWT Profile for Access Tokens',
  'RFC 9101': 'JWT-Secured Authorization Request',
  'RFC 9126': 'Pushed Authorization Requests',
  'RFC 9207': 'Authorization Server Issuer Identification',
  'RFC 9325': 'Recommendations for Secure Use of TLS (BCP 195)',
  'RFC 9396': 'Rich Authorization Requests',
  'RFC 9440': 'Client-Cert HTTP Header Field',
  'RFC 9449': 'Demonstrating Proof of Possession (DPoP)',
  'RFC 9457': 'Problem Details for HTTP APIs',
  'RFC 9700': 'Best Current Practice for OAuth 2.0 Security',
  'RFC 9701': 'JWT Response for Token Introspection',
  'draft-ietf-oauth-client-id-metadata-document': 'Client ID Metadata Documents',
  'RFC 10070': 'Audience of client assertions',
};

/** Rows for the documents of the list; `tests` is tag → [{ file, title }]. */
export function standardsTable(tests, documentOf) {
  const byDocument = Map.groupBy(tests.keys(), documentOf);
  const rows = Object.entries(STANDARDS)
    .filter(([document]) => byDocument.has(document))
    .map(([document, title]) => {
      const tags = byDocument.get(document);
      const titles = new Set(tags.flatMap((tag) => tests.get(tag).map((test) => `${test.file} ${test.title}`)));
      const sections = tags.filter((tag) => tag !== document).length;
      return `| ${document} | ${title} | ${sections} | ${titles.size} |`;
    });
  return ['| standard | | sections with a test | tests |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
