import { Global, Module } from '@nestjs/common';
import { AdminAccess, AdminApiModule, type Administrator } from '@tokenidp/admin-api';
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

/** What the controllers of a lib ask for, where a suite has the lib without the rest of the server. */
@Global()
@Module({
  imports: [AdminApiModule],
  providers: [
    { provide: AdminAccess, useClass: NobodysAccess },
    { provide: ClientRights, useClass: NobodysRights },
  ],
  exports: [AdminAccess, ClientRights],
})
export class ClosedAdministrationModule {}
