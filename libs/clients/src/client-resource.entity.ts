import { IdColumn, JsonColumn, TenantIdColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';

/** Which scopes of a resource a client may ask for. */
@Entity({ name: 'client_resource' })
export class ClientResourceEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @IdColumn()
  clientId!: string;

  @IdColumn()
  resourceId!: string;

  @JsonColumn()
  userScopes!: string[];

  @JsonColumn()
  clientScopes!: string[];
}
