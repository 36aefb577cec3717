import { HashColumn, IdColumn, InstantColumn, JsonColumn, TenantIdColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';
import type { StoredParameters } from '../endpoints/form-parameters';

/** One authorization request on its way through the hosted pages; used up by the response to the client. */
@Entity('interaction')
export class Interaction {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  /** row id of the client */
  @IdColumn()
  clientId!: string;

  /** SHA-256 of the interaction cookie of the browser that began it (S-044) */
  @HashColumn()
  browserHash!: string;

  /** set when it is about a device's request (RFC 8628) */
  @IdColumn({ nullable: true })
  deviceAuthorizationId!: string | null;

  @JsonColumn()
  parameters!: StoredParameters;

  /** row id of the pushed request that the response uses up, too */
  @IdColumn({ nullable: true })
  pushedRequestId!: string | null;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  expiresAt!: Date;

  @InstantColumn({ nullable: true })
  redeemedAt!: Date | null;
}
