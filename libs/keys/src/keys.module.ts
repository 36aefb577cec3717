import { Module, type OnModuleInit } from '@nestjs/common';
import { AuditModule } from '@tokenidp/audit';
import { TenancyModule, TenantInitializers } from '@tokenidp/tenancy';
import { KeyInitializer } from './key-initializer';
import { KeyLifecycle } from './key-lifecycle';
import { KeyRewrapService } from './key-rewrap.service';
import { KeyRotationService } from './key-rotation.service';
import { KeySets } from './key-sets';
import { KeyWrapping } from './key-wrapping';
import { KeysService } from './keys.service';
import { Signer } from './signer';
import { SigningKeysRepository } from './signing-keys.repository';
import { Verifier } from './verifier';

/**
 * Needs kernel's `Clock`, `MasterKeys` and `Envelope` from a global module of the application, and
 * `ScheduleModule.forRoot()` once in the application's own module.
 */
@Module({
  imports: [TenancyModule, AuditModule],
  providers: [
    KeyInitializer,
    KeyLifecycle,
    KeyRewrapService,
    KeyRotationService,
    KeySets,
    KeyWrapping,
    KeysService,
    Signer,
    SigningKeysRepository,
    Verifier,
  ],
  exports: [KeysService, Signer, Verifier, KeyRotationService, KeyRewrapService],
})
export class KeysModule implements OnModuleInit {
  constructor(
    private readonly initializers: TenantInitializers,
    private readonly keyInitializer: KeyInitializer,
  ) {}

  onModuleInit(): void {
    this.initializers.add(this.keyInitializer);
  }
}
