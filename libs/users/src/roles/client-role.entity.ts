import { IdColumn, InstantColumn, TenantIdColumn } from '@tokenidp/database';
import { Entity, Index } from 'typeorm';

@Entity('client_role')
@Index('client_role_of_role', ['tenantId', 'roleId'])
export class ClientRoleEntity {
  @TenantIdColumn()
  tenantId!: string;

  /** The client's row id, not its `client_id`. */
  @IdColumn({ primary: true })
  clientId!: string;

  @IdColumn({ primary: true })
  roleId!: string;

  @InstantColumn()
  createdAt!: Date;
}
