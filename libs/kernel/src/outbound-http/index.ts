export { GuardedHttpClient, type OutboundRequest, type OutboundResponse } from './guarded-http-client';
export { HostResolver } from './guarded-lookup';
export { OutboundError, type OutboundReason } from './outbound-error';
export { OutboundOptions } from './outbound-options';
