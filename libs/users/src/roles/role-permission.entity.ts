import { IdColumn, TenantIdColumn } from '@tokenidp/database';
import { Entity, Index } from 'typeorm';

@Entity('role_permission')
@Index('role_permission_of_permission', ['tenantId', 'permissionId'])
export class RolePermissionEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  roleId!: string;

  @IdColumn({ primary: true })
  permissionId!: string;
}
