/** OAuth 2.1 knows one response type; implicit and hybrid do not exist here. */
export const RESPONSE_TYPES = ['code'] as const;

export type ResponseType = (typeof RESPONSE_TYPES)[number];
