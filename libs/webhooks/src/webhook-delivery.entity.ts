import {
  IdColumn,
  IdentifierColumn,
  InstantColumn,
  IntegerColumn,
  JsonColumn,
  TenantIdColumn,
  TextColumn,
} from '@tokenidp/database';
import { Entity } from 'typeorm';

export const DELIVERY_OUTCOMES = ['succeeded', 'failed'] as const;
export type DeliveryOutcome = (typeof DELIVERY_OUTCOMES)[number];

/** One attempt to deliver a message. */
@Entity('webhook_delivery')
export class WebhookDeliveryEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @IdColumn()
  webhookId!: string;

  /** The same for all attempts and replays: receivers know by it what they have had. */
  @IdentifierColumn()
  messageId!: string;

  @IdentifierColumn()
  event!: string;

  @JsonColumn()
  payload!: Record<string, unknown>;

  @IntegerColumn()
  attempt!: number;

  @IdentifierColumn()
  outcome!: DeliveryOutcome;

  @IntegerColumn({ nullable: true })
  statusCode!: number | null;

  @IntegerColumn()
  durationMilliseconds!: number;

  /** The beginning of what was answered, without what looks like a secret. */
  @TextColumn({ nullable: true })
  answer!: string | null;

  @TextColumn({ nullable: true })
  error!: string | null;

  @InstantColumn()
  createdAt!: Date;
}
