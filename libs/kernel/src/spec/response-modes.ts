/** OAuth 2.0 Multiple Response Types §2.1 and OAuth 2.0 Form Post Response Mode. */
export const RESPONSE_MODES = ['query', 'form_post'] as const;

export type ResponseMode = (typeof RESPONSE_MODES)[number];
