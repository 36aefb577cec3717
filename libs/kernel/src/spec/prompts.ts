/** OIDC Core §3.1.2.1 and, where a tenant lets people register, Initiating User Registration §4: values of `prompt`. */
export const PROMPTS = ['none', 'login', 'consent', 'select_account', 'create'] as const;

export type Prompt = (typeof PROMPTS)[number];

/** OIDC Core §3.1.2.1: values of `display`; all are accepted, the pages adapt by themselves. */
export const DISPLAYS = ['page', 'popup', 'touch', 'wap'] as const;
