import { IdentifierColumn, InstantColumn, TenantIdColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';

/** A JWT access token revoked before its end; kept until then. */
@Entity('revoked_token')
export class RevokedToken {
  @TenantIdColumn()
  tenantId!: string;

  @IdentifierColumn({ primary: true })
  jti!: string;

  @InstantColumn()
  expiresAt!: Date;
}
