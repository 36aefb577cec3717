/** @spec Initiating User Registration §4 — makes the account that a person asks for; what they say of themselves is not verified. */
import { Injectable } from '@nestjs/common';
import { UnavailableError } from '@tokenidp/kernel';
import type { Parameters } from '@tokenidp/oauth';
import { type Registration, type User, UserRegistrations, UsersError } from '@tokenidp/users';
import { requestContext } from '../request-context';
import type { BrowserCall } from '../sessions/sessions.service';
import { errorsOfForm, errorsOfUser, type RegisterErrors } from './register-errors';

/** What became of the form. */
export type RegisterOutcome =
  | { outcome: 'registered'; user: User; amr: readonly string[] }
  | { outcome: 'refused'; errors: RegisterErrors }
  | { outcome: 'delayed' | 'busy'; retryAfterSeconds: number };

@Injectable()
export class RegisterService {
  constructor(private readonly registrations: UserRegistrations) {}

  async attempt({ tenant, request }: BrowserCall, form: Parameters): Promise<RegisterOutcome> {
    const missing = errorsOfForm(form);
    if (missing) return { outcome: 'refused', errors: missing };
    try {
      const result = await this.registrations.register(tenant, registrationOf(form), requestContext(request));
      return result.outcome === 'ok' ? { outcome: 'registered', user: result.user, amr: ['pwd'] } : result;
    } catch (error) {
      if (error instanceof UnavailableError) return { outcome: 'busy', retryAfterSeconds: error.retryAfterSeconds };
      const errors = error instanceof UsersError ? errorsOfUser(error) : undefined;
      if (!errors) throw error;
      return { outcome: 'refused', errors };
    }
  }
}

/** An e-mail address is the user name as well: one thing to remember, and one that is somebody's already. */
function registrationOf(form: Parameters): Registration {
  const username = form.get('username')!.trim();
  return {
    username,
    email: username.includes('@') ? username : undefined,
    claims: { name: form.get('name')!.trim() },
    password: form.get('password')!,
  };
}
