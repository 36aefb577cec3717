/** OAuth 2.0 Multiple Response Types §2.1 and OAuth 2.0 Form Post Response Mode. */
export const RESPONSE_MODES = ['query', 'form_post'] as const;

/** JARM §2.3: the same ways, with the parameters in a signed JWT; `jwt` alone is the default of the response type. */
export const JWT_RESPONSE_MODES = ['jwt', 'query.jwt', 'form_post.jwt'] as const;

export type ResponseMode = (typeof RESPONSE_MODES)[number] | (typeof JWT_RESPONSE_MODES)[number];
