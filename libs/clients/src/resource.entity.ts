import {
  BooleanColumn,
  IdColumn,
  IdentifierColumn,
  InstantColumn,
  IntegerColumn,
  JsonColumn,
  TenantIdColumn,
  TextColumn,
} from '@tokenidp/database';
import { Entity } from 'typeorm';
import type { AuthorizationDetailsType, TokenFormat } from './resource';

@Entity({ name: 'resource' })
export class ResourceEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @IdentifierColumn()
  identifier!: string;

  @TextColumn({ length: 400 })
  name!: string;

  @IdentifierColumn()
  tokenFormat!: TokenFormat;

  @IdentifierColumn()
  algorithm!: string;

  @IntegerColumn({ nullable: true })
  accessTokenSeconds!: number | null;

  @BooleanColumn()
  includePermissions!: boolean;

  @BooleanColumn()
  includeRoles!: boolean;

  @JsonColumn({ nullable: true })
  authorizationDetailsTypes!: AuthorizationDetailsType[] | null;

  @BooleanColumn()
  builtIn!: boolean;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  updatedAt!: Date;
}
