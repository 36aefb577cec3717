import { HashColumn, IdColumn, InstantColumn, JsonColumn, TenantIdColumn } from '@tokenidp/database';
import type { RegistrationLimits } from '@tokenidp/tenancy';
import { Entity } from 'typeorm';

/** With which a client reads and changes its own registration; one a client. */
@Entity({ name: 'registration_access_token' })
export class RegistrationAccessTokenEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @HashColumn()
  hash!: string;

  @IdColumn()
  clientId!: string;

  /** Of the initial access token: what the client registered under is what it is changed under. */
  @JsonColumn()
  policy!: Partial<RegistrationLimits>;

  @InstantColumn()
  createdAt!: Date;
}
