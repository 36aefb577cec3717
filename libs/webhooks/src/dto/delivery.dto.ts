import {
  EnumField,
  IdField,
  InstantField,
  IntegerField,
  JsonField,
  ListDto,
  ObjectsField,
  PageOf,
  SearchField,
  SortField,
  TextField,
} from '@tokenidp/admin-api';
import { DELIVERY_OUTCOMES, type DeliveryOutcome } from '../webhook-delivery.entity';
import { examplePayload } from '../webhook-events';
import { WEBHOOK_STATUSES } from '../webhook.entity';
import { WEBHOOK_LIST } from '../webhooks.list';
import { WebhookDto } from './webhook.dto';

export class ListWebhooksDto extends ListDto {
  @SortField(WEBHOOK_LIST.sorts)
  sort?: string;

  @SearchField('the name or the url')
  search?: string;

  @EnumField(WEBHOOK_STATUSES, { description: 'Only those of that status.', optional: true })
  status?: string;
}

export class WebhookPageDto extends PageOf(WebhookDto) {}

const MESSAGE = { max: 64, example: 'msg_01990000-0000-7000-8000-000000000001' };

export class DeliveryDto {
  @IdField({ description: 'The id of the attempt.' })
  id!: string;

  @IdField({ description: 'Whom it was for.' })
  webhookId!: string;

  @TextField({ ...MESSAGE, description: 'The `webhook-id`: the same for all attempts and replays of a message.' })
  messageId!: string;

  @TextField({ description: 'The event that it tells of.', max: 64, example: 'user.created' })
  event!: string;

  @JsonField({ description: 'What was sent.', maxBytes: 1048576, example: examplePayload('user.created') })
  payload!: Record<string, unknown>;

  @IntegerField({ description: 'Which attempt of the message it was.', min: 1, max: 1000 })
  attempt!: number;

  @EnumField(DELIVERY_OUTCOMES, { description: 'Whether the receiver took it.' })
  outcome!: DeliveryOutcome;

  @IntegerField({
    description: 'What it answered with; null when it did not.',
    min: 100,
    max: 999,
    nullable: true,
    example: 200,
  })
  statusCode!: number | null;

  @IntegerField({ description: 'How long it took.', min: 0, max: 2147483647, example: 120 })
  durationMilliseconds!: number;

  @TextField({ description: 'The beginning of the answer.', max: 1024, nullable: true, example: 'ok' })
  answer!: string | null;

  @TextField({ description: 'Why it failed.', max: 1000, nullable: true, example: 'The host did not answer in time.' })
  error!: string | null;

  @InstantField({ description: 'When it was sent.' })
  createdAt!: Date;
}

/** The newest first. */
export const DELIVERY_SORTS = ['-createdAt', 'createdAt'] as const;

export class ListDeliveriesDto extends ListDto {
  @EnumField(DELIVERY_SORTS, {
    description: 'The order; with `-` the newest first.',
    optional: true,
    default: '-createdAt',
  })
  sort?: string;

  @EnumField(DELIVERY_OUTCOMES, { description: 'Only those.', optional: true })
  outcome?: string;

  @TextField({ description: 'Only those of that event.', max: 64, optional: true, example: 'user.created' })
  event?: string;

  @TextField({ ...MESSAGE, description: 'Only the attempts of one message.', optional: true })
  messageId?: string;

  @InstantField({ description: 'Not before.', optional: true })
  createdFrom?: string;

  @InstantField({ description: 'Not after.', optional: true })
  createdTo?: string;
}

export class DeliveryPageDto extends PageOf(DeliveryDto) {}

export class ReplayDto {
  @TextField({ ...MESSAGE, description: 'The message that is sent again.' })
  messageId!: string;
}

export class WebhookEventDto {
  @TextField({ description: 'The `type` of its messages.', max: 64, example: 'user.created' })
  name!: string;

  @TextField({ description: 'When it is sent.', max: 1000, example: 'A user was created.' })
  description!: string;

  @JsonField({ description: 'JSON Schema of a message.', maxBytes: 65536, example: { type: 'object' } })
  schema!: Record<string, unknown>;

  @JsonField({ description: 'A message.', maxBytes: 65536, example: examplePayload('user.created') })
  example!: Record<string, unknown>;
}

export class WebhookEventsDto {
  @ObjectsField(() => WebhookEventDto, { description: 'Every event that a webhook can be told of.', maxItems: 200 })
  items!: WebhookEventDto[];
}
