/** RFC 9396 §2: one element of `authorization_details`; its members beside `type` are those of its type. */
export interface AuthorizationDetail {
  readonly type: string;
  readonly [member: string]: unknown;
}
