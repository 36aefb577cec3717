import {
  HashColumn,
  IdColumn,
  InstantColumn,
  IntegerColumn,
  JsonColumn,
  TenantIdColumn,
  TextColumn,
} from '@tokenidp/database';
import type { RegistrationLimits } from '@tokenidp/tenancy';
import { Entity } from 'typeorm';

/** Leave to register clients, some times and until an instant. */
@Entity({ name: 'initial_access_token' })
export class InitialAccessTokenEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @HashColumn()
  hash!: string;

  @TextColumn()
  name!: string;

  @IntegerColumn()
  usesLeft!: number;

  /** What clients registered with it may be, where that is not what the tenant's settings say. */
  @JsonColumn()
  policy!: Partial<RegistrationLimits>;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  expiresAt!: Date;
}
