import { Global, Module } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { AdminAccess, AdminApiModule, type Administrator, AdminTrail } from '@tokenidp/admin-api';
import { ClientRights } from '@tokenidp/clients';
import { ProblemError } from '@tokenidp/kernel';

class NobodysAccess extends AdminAccess {
  authenticate(): Promise<Administrator> {
    return Promise.reject(new ProblemError('unauthenticated', 'Nobody administers this one.'));
  }
}

class NobodysRights extends ClientRights {
  override async permissionsOf(): Promise<ReadonlySet<string>> {
    return new Set();
  }
}

class ForgottenTrail extends AdminTrail {
  async record(): Promise<void> {}
}

/** What the controllers of a lib ask for, where a suite has the lib without the rest of the server. */
@Global()
@Module({
  imports: [AdminApiModule],
  providers: [
    { provide: AdminAccess, useClass: NobodysAccess },
    { provide: AdminTrail, useClass: ForgottenTrail },
    { provide: ClientRights, useClass: NobodysRights },
    SchedulerRegistry,
  ],
  exports: [AdminAccess, AdminTrail, ClientRights, SchedulerRegistry],
})
export class ClosedAdministrationModule {}
