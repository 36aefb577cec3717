import {
  BooleanColumn,
  IdColumn,
  IdentifierColumn,
  InstantColumn,
  TenantIdColumn,
  TextColumn,
} from '@tokenidp/database';
import { Entity, Index } from 'typeorm';

@Entity('permission')
@Index('permission_key', ['tenantId', 'resourceId', 'key'], { unique: true })
export class PermissionEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  /** The API that owns it. */
  @IdColumn()
  resourceId!: string;

  /** As in tokens: `clients.write`. */
  @IdentifierColumn()
  key!: string;

  @TextColumn()
  description!: string;

  @BooleanColumn()
  builtIn!: boolean;

  @InstantColumn()
  createdAt!: Date;
}
