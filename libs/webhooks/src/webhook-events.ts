import type { AuditEventName } from '@tokenidp/audit';

/** What `data.detail` holds besides what is not promised. */
type DetailKind = 'change' | 'scope' | 'reason' | 'open';

interface CatalogueEntry {
  readonly description: string;
  /** the noun of `data.target`; null where there is none */
  readonly target: string | null;
  readonly detail: DetailKind;
}

const entry = (description: string, target: string | null, detail: DetailKind = 'open'): CatalogueEntry => ({
  description,
  target,
  detail,
});

/** The events that webhooks may be told of: those of the trail that are worth a call, none of them once per token. */
const CATALOGUE = {
  'sign-in.succeeded': entry('Somebody signed in.', null),
  'sign-in.failed': entry('A sign-in was refused.', null, 'reason'),
  'sign-in.suspicious': entry('A sign-in that is unlike the others of its user.', null, 'reason'),
  'sign-out.succeeded': entry('Somebody signed out.', null),
  'factor.added': entry('A user has a new factor.', 'user'),
  'factor.removed': entry('A factor of a user is gone.', 'user'),
  'password.changed': entry('A password was changed.', 'user'),
  'password.expired': entry('A user has to choose another password.', 'user'),
  'password.reset-completed': entry('A forgotten password was replaced.', 'user'),
  'account.locked': entry('An account was locked.', 'user', 'reason'),
  'account.unlocked': entry('An account was unlocked.', 'user'),
  'consent.granted': entry('A user allowed an application something.', null, 'scope'),
  'consent.revoked': entry('A user took an allowance back.', null),
  'authorization.granted': entry('An application was given something.', 'authorization', 'scope'),
  'authorization.revoked': entry('What an application was given was taken back.', 'authorization', 'reason'),
  'token.revoked': entry('A token was revoked.', null),
  'token.reuse-detected': entry('A token was used twice: somebody has a copy of it.', 'authorization', 'reason'),
  'device-request.approved': entry('A device was allowed in.', 'device_authorization'),
  'device-request.denied': entry('A device was refused.', 'device_authorization'),
  'backchannel-request.approved': entry('A back-channel request was allowed.', 'backchannel_request'),
  'backchannel-request.denied': entry('A back-channel request was refused.', 'backchannel_request'),
  'backchannel-logout.failed': entry('An application could not be told of a sign-out.', 'client', 'reason'),
  'user.created': entry('A user was created.', 'user', 'change'),
  'user.changed': entry('A user was changed.', 'user', 'change'),
  'user.deleted': entry('A user was deleted.', 'user', 'change'),
  'role.created': entry('A role was created.', 'role', 'change'),
  'role.changed': entry('A role was changed.', 'role', 'change'),
  'role.deleted': entry('A role was deleted.', 'role', 'change'),
  'permission.created': entry('A permission was created.', 'permission', 'change'),
  'permission.changed': entry('A permission was changed.', 'permission', 'change'),
  'permission.deleted': entry('A permission was deleted.', 'permission', 'change'),
  'client.created': entry('An application was created.', 'client', 'change'),
  'client.changed': entry('An application was changed.', 'client', 'change'),
  'client.deleted': entry('An application was deleted.', 'client', 'change'),
  'resource.created': entry('An API was created.', 'resource', 'change'),
  'resource.changed': entry('An API was changed.', 'resource', 'change'),
  'resource.deleted': entry('An API was deleted.', 'resource', 'change'),
  'tenant.changed': entry('The tenant was changed.', 'tenant', 'change'),
  'trusted-issuer.created': entry('An issuer of assertions is trusted.', 'trusted_issuer', 'change'),
  'trusted-issuer.changed': entry('The trust in an issuer of assertions was changed.', 'trusted_issuer', 'change'),
  'setting.changed': entry('Settings were changed.', 'tenant', 'change'),
  'secret.created': entry('A secret was created.', 'client'),
  'secret.revoked': entry('A secret was revoked.', 'client'),
  'key.created': entry('A signing key was created.', 'signing_key'),
  'key.activated': entry('A signing key signs from now on.', 'signing_key'),
  'key.retired': entry('A signing key is gone from the key set.', 'signing_key'),
  'key.revoked': entry('A signing key was revoked.', 'signing_key', 'reason'),
  'rate-limit.hit': entry('A limit was hit.', null),
  'job.failed': entry('A background job failed.', null, 'reason'),
  'mail.failed': entry('A mail could not be sent.', null, 'reason'),
  'webhook.disabled': entry('A webhook failed for too long and was disabled.', 'webhook', 'reason'),
  'export.taken': entry('Data was exported.', null),
  'impersonation.started': entry('Somebody acts as a user.', 'user'),
  'impersonation.ended': entry('Somebody acts as a user no more.', 'user'),
} as const satisfies Partial<Record<AuditEventName, CatalogueEntry>>;

export type WebhookEventName = keyof typeof CATALOGUE;

export const WEBHOOK_EVENTS = Object.keys(CATALOGUE) as WebhookEventName[];

/** Sent by the test of a webhook, to nobody else. */
export const TEST_EVENT = 'webhook.test';

export function isWebhookEvent(name: string): name is WebhookEventName {
  return Object.hasOwn(CATALOGUE, name);
}

/** JSON Schema (2020-12) of what is sent for an event. */
export function payloadSchema(name: WebhookEventName): Record<string, unknown> {
  const { description, target, detail } = CATALOGUE[name];
  const nullable = (type: string) => ({ type: [type, 'null'] });
  const members = {
    id: { type: 'string', format: 'uuid', description: 'The event in the audit trail.' },
    tenantId: { type: 'string', format: 'uuid' },
    result: { enum: ['success', 'failure'] },
    actor: object({ type: { enum: ['user', 'client', 'operator', 'system'] }, id: nullable('string') }),
    target:
      target === null ? { type: ['object', 'null'] } : object({ type: { const: target }, id: { type: 'string' } }),
    clientId: nullable('string'),
    sessionId: nullable('string'),
    requestId: nullable('string'),
    detail: { ...DETAILS[detail], description: 'What else the trail holds of it; members may be added.' },
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: name,
    description,
    ...object({ type: { const: name }, timestamp: { type: 'string', format: 'date-time' }, data: object(members) }),
  };
}

export function describeEvent(name: WebhookEventName): string {
  return CATALOGUE[name].description;
}

/** One message of that event, made up. */
export function examplePayload(name: WebhookEventName): Record<string, unknown> {
  const { target, detail } = CATALOGUE[name];
  const id = (last: number) => `01990000-0000-7000-8000-00000000000${last}`;
  return {
    type: name,
    timestamp: '2026-11-24T12:00:00.000Z',
    data: {
      id: id(1),
      tenantId: id(2),
      result: name.endsWith('.failed') ? 'failure' : 'success',
      actor: { type: 'user', id: id(3) },
      target: target === null ? null : { type: target, id: id(4) },
      clientId: id(5),
      sessionId: null,
      requestId: id(6),
      detail: EXAMPLES[detail],
    },
  };
}

function object(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'object', properties, required: Object.keys(properties) };
}

const DETAILS: Readonly<Record<DetailKind, Record<string, unknown>>> = {
  open: { type: ['object', 'null'] },
  change: { type: ['object', 'null'], properties: { before: { type: 'object' }, after: { type: 'object' } } },
  scope: { type: ['object', 'null'], properties: { scope: { type: 'string' } } },
  reason: { type: ['object', 'null'], properties: { reason: { type: 'string' } } },
};

const EXAMPLES: Readonly<Record<DetailKind, Record<string, unknown> | null>> = {
  open: null,
  change: { before: { name: 'Old' }, after: { name: 'New' } },
  scope: { scope: 'openid invoices.read' },
  reason: { reason: 'repeated failures' },
};
