/** The headings of the OpenAPI document, and what each is about. */
export const TAGS: Readonly<Record<string, string>> = {
  APIs: 'Resources that tokens are for, with their scopes and token settings.',
  Previews: 'What would happen: tokens before they are issued, access before it is tried.',
};
