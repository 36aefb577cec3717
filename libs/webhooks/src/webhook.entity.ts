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

export const WEBHOOK_STATUSES = ['active', 'disabled'] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/** A receiver of events. */
@Entity('webhook')
export class WebhookEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @TextColumn()
  name!: string;

  @TextColumn()
  url!: string;

  /** Names of the catalogue. */
  @JsonColumn()
  events!: string[];

  @IdentifierColumn()
  status!: WebhookStatus;

  /** Sealed. */
  @TextColumn()
  secret!: string;

  /** Sealed; signs beside the new one for a while. */
  @TextColumn({ nullable: true })
  previousSecret!: string | null;

  @InstantColumn({ nullable: true })
  previousSecretUntil!: Date | null;

  /** Nothing of before is told: it was made then, or enabled again. */
  @InstantColumn()
  listeningSince!: Date;

  /** Attempts since the last that succeeded. */
  @IntegerColumn()
  failures!: number;

  @InstantColumn({ nullable: true })
  failingSince!: Date | null;

  /** Why it was disabled by itself. */
  @TextColumn({ nullable: true })
  disabledReason!: string | null;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  updatedAt!: Date;
}
