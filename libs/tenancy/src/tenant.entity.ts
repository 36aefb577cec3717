import { BooleanColumn, IdColumn, IdentifierColumn, InstantColumn, JsonColumn, TextColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';
import type { TenantKind, TenantStatus } from './tenant';
import type { TenantSettingsPatch } from './tenant-settings';

@Entity({ name: 'tenant' })
export class TenantEntity {
  @IdColumn({ primary: true })
  id!: string;

  @IdentifierColumn()
  slug!: string;

  @TextColumn()
  name!: string;

  @TextColumn()
  displayName!: string;

  @IdentifierColumn()
  status!: TenantStatus;

  @IdentifierColumn()
  kind!: TenantKind;

  @BooleanColumn()
  sandbox!: boolean;

  /** Only what the tenant has chosen; defaults are filled in on reading, so that a better default reaches it. */
  @JsonColumn()
  settings!: TenantSettingsPatch;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  updatedAt!: Date;

  /** When the rows of a tenant that is being deleted go. */
  @InstantColumn({ nullable: true })
  removalAt!: Date | null;

  /** What a tenant that is being deleted was before. */
  @IdentifierColumn({ nullable: true })
  formerStatus!: TenantStatus | null;
}
