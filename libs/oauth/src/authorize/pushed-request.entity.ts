import { HashColumn, IdColumn, InstantColumn, JsonColumn, TenantIdColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';
import type { StoredParameters } from '../endpoints/form-parameters';

/** One authorization request that its client pushed (RFC 9126); used up by the response to the client. */
@Entity('pushed_request')
export class PushedRequest {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  /** SHA-256 of what follows the prefix in `request_uri` */
  @HashColumn()
  hash!: string;

  /** row id of the client */
  @IdColumn()
  clientId!: string;

  /** without the client's credentials; of a request object, what it says */
  @JsonColumn()
  parameters!: StoredParameters;

  @InstantColumn()
  createdAt!: Date;

  /** until when it may be opened; what was opened before may be answered later */
  @InstantColumn()
  expiresAt!: Date;

  @InstantColumn({ nullable: true })
  redeemedAt!: Date | null;
}
