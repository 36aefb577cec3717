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

/** A client asks about a user who is elsewhere, and waits for the answer. */
@Entity('backchannel_request')
export class BackchannelRequest {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  /** row id of the client */
  @IdColumn()
  clientId!: string;

  /** null when the hint names nobody: it expires like a request that nobody answers (S-160) */
  @IdColumn({ nullable: true })
  userId!: string | null;

  /** SHA-256 of the auth_req_id */
  @HashColumn()
  authReqIdHash!: string;

  /** what the client asked for */
  @JsonColumn()
  parameters!: StoredParameters;

  /** what both screens show */
  @TextColumn({ nullable: true })
  bindingMessage!: string | null;

  /** what a ping says, sealed; null for a client that polls */
  @TextColumn({ nullable: true })
  notification!: string | null;

  /** how long the client has to wait between two polls; grows with each one that comes too early */
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
