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
import type { Fix } from './diagnosis';

/** A request that a protocol endpoint refused. */
@Entity('failed_request')
export class FailedRequestEntity {
  @TenantIdColumn()
  tenantId!: string;

  /** The request's own id, which its page or the log shows. */
  @IdColumn({ primary: true })
  id!: string;

  @InstantColumn()
  occurredAt!: Date;

  @IdentifierColumn()
  endpoint!: string;

  @IdentifierColumn()
  error!: string;

  /** What the caller was told. */
  @TextColumn()
  description!: string;

  @IntegerColumn()
  status!: number;

  @IdentifierColumn()
  cause!: string;

  /** The cause in words, with what the caller was not told. */
  @TextColumn()
  explanation!: string;

  @IdColumn({ nullable: true })
  clientId!: string | null;

  /** What the request said, whether there is such a client or not. */
  @TextColumn({ nullable: true })
  sentClientId!: string | null;

  @JsonColumn()
  sent!: Record<string, unknown>;

  @JsonColumn()
  registered!: Record<string, unknown>;

  @JsonColumn({ nullable: true })
  fix!: Fix | null;

  /** How many more were not kept, where there were too many in a minute. */
  @IntegerColumn()
  omitted!: number;

  @IdentifierColumn({ nullable: true })
  ip!: string | null;

  @TextColumn({ nullable: true })
  userAgent!: string | null;
}
