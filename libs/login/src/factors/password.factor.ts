/** @spec S-136 — one answer for a wrong password, an unknown name and an account that may not sign in. */
import { Injectable } from '@nestjs/common';
import { PasswordService } from '@tokenidp/users';
import { Factor, type FactorAttempt, type FactorOutcome } from './factor';

@Injectable()
export class PasswordFactor extends Factor {
  readonly amr = ['pwd'];
  readonly parameters = ['password'];

  constructor(private readonly passwords: PasswordService) {
    super();
  }

  async verify({ tenant, identifier, form, context }: FactorAttempt): Promise<FactorOutcome> {
    const result = await this.passwords.verify(tenant, identifier, form.get('password') ?? '', context);
    switch (result.outcome) {
      case 'ok':
        return { outcome: 'proved', user: result.user };
      case 'invalid':
        return { outcome: 'refused', userId: result.userId };
      case 'delayed':
        return { outcome: 'delayed', retryAfterSeconds: result.retryAfterSeconds };
      case 'disabled':
        return { outcome: 'disabled', userId: result.userId };
    }
  }
}
