import { Global, Module } from '@nestjs/common';
import { AuditModule } from '@tokenidp/audit';
import { PagePort, SessionPort } from '@tokenidp/oauth';
import { Assets } from './assets/assets';
import { PageRenderer } from './page-renderer';
import { LastSeen } from './sessions/last-seen';
import { SessionEndsRepository } from './sessions/session-ends.repository';
import { SessionsRepository } from './sessions/sessions.repository';
import { SessionsService } from './sessions/sessions.service';

/** What the protocol asks of the pages and sessions. Global, since `oauth` may not name this lib; depends on nothing of it. */
@Global()
@Module({
  imports: [AuditModule],
  providers: [
    Assets,
    LastSeen,
    PageRenderer,
    SessionEndsRepository,
    SessionsRepository,
    SessionsService,
    { provide: PagePort, useExisting: PageRenderer },
    { provide: SessionPort, useExisting: SessionsService },
  ],
  exports: [Assets, PagePort, PageRenderer, SessionPort, SessionsService],
})
export class LoginPortsModule {}
