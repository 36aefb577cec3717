import { SessionClientEntity, SessionEntity } from './sessions/session.entity';
import { SetupTokenEntity } from './setup/setup-token.entity';

export { LoginModule } from './login.module';
export { PageRenderer } from './page-renderer';
export { ACR_SINGLE_FACTOR, ACR_VALUES } from './sessions/acr';
export { SessionExpiry } from './sessions/session-expiry';
export { type BrowserCall, SessionsService } from './sessions/sessions.service';
export type { SessionSummary } from './sessions/sessions.repository';
export { type FirstAdministrator, SetupService } from './setup/setup.service';

/** For the application's `DatabaseOptions`. */
export const LOGIN_ENTITIES = [SessionEntity, SessionClientEntity, SetupTokenEntity];
