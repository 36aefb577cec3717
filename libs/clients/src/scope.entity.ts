import { BooleanColumn, IdColumn, IdentifierColumn, TenantIdColumn, TextColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';

@Entity({ name: 'scope' })
export class ScopeEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @IdColumn()
  resourceId!: string;

  @IdentifierColumn()
  name!: string;

  @TextColumn()
  displayName!: string;

  @TextColumn()
  description!: string;

  @BooleanColumn()
  sensitive!: boolean;
}
