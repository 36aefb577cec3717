import { Global, Module } from '@nestjs/common';
import { Creations } from './idempotency/creations.service';
import { IdempotencyKeyEntity } from './idempotency/idempotency-key.entity';
import { IdempotencyKeysRepository } from './idempotency/idempotency-keys.repository';
import { IdempotencyPurge } from './idempotency/idempotency-purge';

/** For the application's data source. */
export const ADMIN_API_ENTITIES = [IdempotencyKeyEntity];

/** What the controllers of every lib share. Needs kernel's `Clock` and `Envelope` from a global module. */
@Global()
@Module({
  providers: [IdempotencyKeysRepository, Creations, IdempotencyPurge],
  exports: [Creations],
})
export class AdminApiModule {}
