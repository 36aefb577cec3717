import { IdColumn, InstantColumn, TenantIdColumn } from '@tokenidp/database';
import { Entity, Index } from 'typeorm';

@Entity('user_role')
@Index('user_role_of_role', ['tenantId', 'roleId'])
export class UserRoleEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  userId!: string;

  @IdColumn({ primary: true })
  roleId!: string;

  @InstantColumn()
  createdAt!: Date;
}
