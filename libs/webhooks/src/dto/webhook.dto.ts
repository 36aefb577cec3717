import { EnumField, IdField, InstantField, IntegerField, TextField, TextsField } from '@tokenidp/admin-api';
import { WEBHOOK_EVENTS } from '../webhook-events';
import { WEBHOOK_STATUSES, type WebhookStatus } from '../webhook.entity';

const EVENTS = {
  max: 64,
  maxItems: WEBHOOK_EVENTS.length,
  values: WEBHOOK_EVENTS,
  example: ['user.created', 'user.deleted'],
};
const URL_FIELD = { max: 2000, format: 'uri', example: 'https://hooks.example.com/tokenidp' };
const NAME = { description: 'For people.', max: 200, example: 'Directory' };

export class PatchWebhookDto {
  @TextField({ ...NAME, optional: true })
  name?: string;

  @TextField({ ...URL_FIELD, description: 'Where messages are posted to: https.', optional: true })
  url?: string;

  @TextsField({
    ...EVENTS,
    description: 'All events that it is told of: the list replaces the one before.',
    optional: true,
  })
  events?: string[];

  @EnumField(WEBHOOK_STATUSES, { description: 'A disabled one is told of nothing.', optional: true })
  status?: WebhookStatus;
}

export class CreateWebhookDto {
  @TextField(NAME)
  name!: string;

  @TextField({ ...URL_FIELD, description: 'Where messages are posted to: https.' })
  url!: string;

  @TextsField({ ...EVENTS, description: 'The events that it is told of.' })
  events!: string[];

  @EnumField(WEBHOOK_STATUSES, { description: 'A disabled one is told of nothing.', optional: true, default: 'active' })
  status?: WebhookStatus;
}

export class WebhookDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @TextField(NAME)
  name!: string;

  @TextField({ ...URL_FIELD, description: 'Where messages are posted to.' })
  url!: string;

  @TextsField({ ...EVENTS, description: 'The events that it is told of.' })
  events!: string[];

  @EnumField(WEBHOOK_STATUSES, { description: 'A disabled one is told of nothing.' })
  status!: WebhookStatus;

  @InstantField({ description: 'Until when the secret before the last rotation signs, too.', nullable: true })
  previousSecretUntil!: Date | null;

  @IntegerField({ description: 'How many attempts failed since the last that succeeded.', min: 0, max: 2147483647 })
  failures!: number;

  @InstantField({ description: 'Since when no attempt has succeeded.', nullable: true })
  failingSince!: Date | null;

  @TextField({ description: 'Why it was disabled by itself.', max: 1000, nullable: true, example: null })
  disabledReason!: string | null;

  @InstantField({ description: 'When it was made.' })
  createdAt!: Date;

  @InstantField({ description: 'When it was changed last.' })
  updatedAt!: Date;
}

export class CreatedWebhookDto extends WebhookDto {
  @TextField({
    description: 'Signs the messages; told here and never again.',
    max: 100,
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  })
  secret!: string;
}

export class RotateSecretDto {
  @IntegerField({
    description: 'How long the secret before signs, too.',
    min: 0,
    max: 604800,
    optional: true,
    default: 86400,
    example: 86400,
  })
  overlapSeconds?: number;
}
