import {
  HashColumn,
  IdColumn,
  InstantColumn,
  IntegerColumn,
  JsonColumn,
  TenantIdColumn,
  TextColumn,
} from '@tokenidp/database';
import { Entity } from 'typeorm';
import type { StoredParameters } from '../endpoints/form-parameters';

/** A device that waits for somebody to type its code elsewhere; both of its codes by their hashes. */
@Entity('device_authorization')
export class DeviceAuthorization {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  /** row id of the client */
  @IdColumn()
  clientId!: string;

  /** SHA-256 */
  @HashColumn()
  deviceCodeHash!: string;

  /** keyed: 34 bits alone would be found out from a plain hash */
  @HashColumn()
  userCodeHash!: string;

  /** what the device asked for */
  @JsonColumn()
  parameters!: StoredParameters;

  /** where the device asked from */
  @TextColumn()
  ip!: string;

  /** how long it has to wait between two polls; grows with each one that comes too early */
  @IntegerColumn()
  intervalSeconds!: number;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  expiresAt!: Date;

  @InstantColumn({ nullable: true })
  polledAt!: Date | null;

  @InstantColumn({ nullable: true })
  decidedAt!: Date | null;

  /** what was granted; null while nobody has decided, and when the answer was no */
  @IdColumn({ nullable: true })
  authorizationId!: string | null;

  @InstantColumn({ nullable: true })
  redeemedAt!: Date | null;
}
