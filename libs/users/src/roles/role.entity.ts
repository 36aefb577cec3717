import {
  BooleanColumn,
  IdColumn,
  IdentifierColumn,
  InstantColumn,
  TenantIdColumn,
  TextColumn,
} from '@tokenidp/database';
import { Entity, Index } from 'typeorm';

@Entity('role')
@Index('role_name', ['tenantId', 'name'], { unique: true })
export class RoleEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  /** As in tokens: `user-manager`. */
  @IdentifierColumn()
  name!: string;

  @TextColumn()
  displayName!: string;

  @TextColumn()
  description!: string;

  /** Made with the tenant; cannot be changed or deleted. */
  @BooleanColumn()
  builtIn!: boolean;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  updatedAt!: Date;
}
