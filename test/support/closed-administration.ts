import { Global, Module } from '@nestjs/common';
import { AdminAccess, AdminApiModule, type Administrator } from '@tokenidp/admin-api';
import { ClientRights } from '@tokenidp/clients';
import { ProblemError } from '@tokenidp/kernel';

class NobodysAccess extends AdminAccess {
  authenticate(): Promise<Administrator> {
    return Promise.reject(new ProblemError('unauthenticated', 'Nobody administers this one.'));
  }
}

class NoRights extends ClientRights {
  permissionsOf(): Promise<ReadonlySet<string>> {
    return Promise.resolve(new Set());
  }
}

/** What the controllers of a lib ask for, where a suite has the lib without the rest of the server. */
@Global()
@Module({
  imports: [AdminApiModule],
  providers: [
    { provide: AdminAccess, useClass: NobodysAccess },
    { provide: ClientRights, useClass: NoRights },
  ],
  exports: [AdminAccess, ClientRights],
})
export class ClosedAdministrationModule {}
