import {
  BooleanColumn,
  IdColumn,
  IdentifierColumn,
  InstantColumn,
  JsonColumn,
  TenantIdColumn,
  TextColumn,
} from '@tokenidp/database';
import type { JSONWebKeySet } from 'jose';
import { Entity } from 'typeorm';
import type { AssertionSubject } from './trusted-issuer';

@Entity({ name: 'trusted_issuer' })
export class TrustedIssuerEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @IdentifierColumn()
  issuer!: string;

  @JsonColumn({ nullable: true })
  jwks!: JSONWebKeySet | null;

  @TextColumn({ nullable: true })
  jwksUri!: string | null;

  @JsonColumn()
  algorithms!: string[];

  @IdentifierColumn()
  subject!: AssertionSubject;

  @JsonColumn()
  scopes!: string[];

  @JsonColumn()
  audiences!: string[];

  @BooleanColumn()
  enabled!: boolean;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  updatedAt!: Date;
}
