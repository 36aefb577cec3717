/** The headings of the OpenAPI document, and what each is about. */
export const TAGS: Readonly<Record<string, string>> = {
  'API scopes': 'Scopes of an API, one by one.',
  APIs: 'Resources that tokens are for, with their scopes and token settings.',
  'Application assignments': 'Which scopes of which API an application may ask for.',
  'Application keys': 'Public keys of an application.',
  'Application secrets': 'Secrets of an application, several of which may be live at once.',
  Applications: 'Clients: what they registered, and the policy they are under.',
  Configuration: 'A tenant as one document: exported, planned, applied.',
  Previews: 'What would happen: tokens before they are issued, access before it is tried.',
  'Registration tokens': 'Initial access tokens, with which applications register themselves.',
  'Trusted issuers': 'Whose assertions count as authorization grants.',
};
