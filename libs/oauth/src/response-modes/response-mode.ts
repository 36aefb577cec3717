import type { ResponseMode } from '@tokenidp/kernel';

/** What the browser does to carry parameters to the client. */
export type Delivery =
  { mode: 'redirect'; location: string } | { mode: 'form'; action: string; fields: Record<string, string> };

/** One way to hand an authorization response to the browser. */
export interface ResponseModeHandler {
  /** the registered value of `response_mode` */
  readonly name: ResponseMode;
  /** JARM: the parameters are given as the one `response`, a JWT */
  readonly isSigned?: true;
  /** `redirectUri` is taken as it is: it was matched as raw text and keeps its own query. */
  deliver(redirectUri: string, parameters: Readonly<Record<string, string>>): Delivery;
}
