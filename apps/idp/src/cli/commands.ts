import { auditVerifyCommand } from './audit-commands';
import type { Command } from './command';
import { configCommands } from './config-commands';
import { keyCommands } from './key-commands';
import { doctorCommand } from './local/doctor';
import { recoverCommand } from './local/recover';
import { type Noun, nounCommands } from './noun-commands';

const EVERYTHING = ['list', 'get', 'create', 'update', 'delete'] as const;
const STATES = { enable: 'let it be used', disable: 'keep it from being used' };

/** What the API manages, as the commands name it. */
export const NOUNS: readonly Noun[] = [
  {
    name: 'tenants',
    singular: 'tenant',
    path: 'tenants',
    columns: ['id', 'slug', 'displayName', 'status', 'domain'],
    can: EVERYTHING,
    filters: ['status'],
    actions: { suspend: 'stop serving it', resume: 'serve it again', restore: 'take back its deletion' },
    example: '{"slug":"acme","name":"Acme"}',
  },
  {
    name: 'clients',
    singular: 'client',
    path: 'clients',
    columns: ['id', 'client_id', 'client_name', 'type', 'status'],
    can: EVERYTHING,
    filters: ['type', 'status', 'origin'],
    actions: { ...STATES, secrets: 'give it another secret, shown once' },
    example: '{"client_name":"Billing","type":"machine"}',
  },
  {
    name: 'users',
    singular: 'user',
    path: 'users',
    columns: ['id', 'username', 'email', 'status', 'lastSignInAt'],
    can: EVERYTHING,
    filters: ['status', 'role'],
    actions: { ...STATES, unlock: 'let the password be tried again' },
    example: '{"username":"ada","email":"ada@example.com"}',
  },
  {
    name: 'roles',
    singular: 'role',
    path: 'roles',
    columns: ['id', 'name', 'displayName', 'builtIn'],
    can: EVERYTHING,
    example: '{"name":"accountant","displayName":"Accountant"}',
  },
  {
    name: 'apis',
    singular: 'API',
    path: 'resources',
    columns: ['id', 'identifier', 'name', 'tokenFormat', 'algorithm'],
    can: EVERYTHING,
    example: '{"identifier":"https://api.example.com","name":"Orders"}',
  },
  {
    name: 'keys',
    singular: 'key',
    path: 'keys',
    columns: ['kid', 'alg', 'state', 'createdAt'],
    can: ['list'],
  },
  {
    name: 'audit',
    singular: 'event',
    path: 'audit-events',
    columns: ['occurredAt', 'event', 'result', 'actor.type', 'actor.id', 'target.type', 'target.id', 'ip'],
    can: ['list', 'get'],
    filters: ['event', 'result', 'actorId', 'targetType', 'targetId', 'clientId', 'requestId', 'ip', 'from', 'to'],
  },
  {
    name: 'failed-requests',
    singular: 'failed request',
    path: 'failed-requests',
    columns: ['occurredAt', 'endpoint', 'clientId', 'error', 'cause', 'id'],
    can: ['list', 'get'],
    filters: ['endpoint', 'clientId', 'error', 'requestId', 'from', 'to'],
  },
  {
    name: 'webhooks',
    singular: 'webhook',
    path: 'webhooks',
    columns: ['id', 'url', 'status', 'events'],
    can: EVERYTHING,
    actions: { test: 'send it an event to try it' },
    example: '{"url":"https://example.com/hook","events":["user.created"]}',
  },
];

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  ...NOUNS.flatMap((noun) => nounCommands(noun)),
  ...keyCommands,
  auditVerifyCommand,
  ...configCommands,
  recoverCommand,
  doctorCommand,
];
