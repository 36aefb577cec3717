import { IdColumn, IdentifierColumn, InstantColumn, JsonColumn, TenantIdColumn, TextColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';
import type { SigningAlgorithm } from './algorithms';
import type { PublicJwk } from './key-pair';

/** next (published) → current (signs) → previous (verifies) → retired (row kept); revoked from any of them. */
export const KEY_STATES = ['next', 'current', 'previous', 'retired', 'revoked'] as const;
export type KeyState = (typeof KEY_STATES)[number];

@Entity('signing_key')
export class SigningKeyEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @IdentifierColumn()
  kid!: string;

  @IdentifierColumn()
  alg!: SigningAlgorithm;

  @IdentifierColumn()
  state!: KeyState;

  @JsonColumn()
  publicJwk!: PublicJwk;

  /** Wiped when the key is retired or revoked. */
  @TextColumn({ nullable: true })
  wrappedPrivateKey!: string | null;

  @IdentifierColumn({ nullable: true })
  masterKeyId!: string | null;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn({ nullable: true })
  activatedAt!: Date | null;

  @InstantColumn({ nullable: true })
  demotedAt!: Date | null;

  @InstantColumn({ nullable: true })
  retiredAt!: Date | null;

  @InstantColumn({ nullable: true })
  revokedAt!: Date | null;

  /** When the rotation job has something to do for this key; null when never. */
  @InstantColumn({ nullable: true })
  dueAt!: Date | null;

  @TextColumn({ nullable: true })
  reason!: string | null;
}
