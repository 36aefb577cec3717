import { BooleanField, EnumField, IdField, InstantField, JsonField, TextField, TextsField } from '@tokenidp/admin-api';
import { USER_STATUSES } from '../user';

const MAX_JSON = 65_536;
const CLAIMS = {
  description:
    'The standard claims of OpenID Connect Core §5.1 that have no member of their own: `name`, `given_name`, ' +
    '`family_name`, `middle_name`, `nickname`, `profile`, `picture`, `website`, `gender`, `birthdate`, `zoneinfo`, ' +
    '`address`; texts in other languages as `name#de`.',
  example: { given_name: 'Ada', family_name: 'Lovelace', address: { locality: 'London', country: 'United Kingdom' } },
  maxBytes: MAX_JSON,
};
const ATTRIBUTES = {
  description: 'Whatever you keep beside the claims; in a token only where it is mapped. At most 16,384 characters.',
  example: { costCentre: '4711' },
  maxBytes: MAX_JSON,
};
const USERNAME = {
  description: "Letters, digits and . _ - + ' @; an `@` only in the user's own e-mail address.",
  max: 254,
  example: 'ada',
};
const EMAIL = { description: 'The e-mail address.', max: 254, format: 'email', example: 'ada@example.com' };
const PHONE = { description: 'The phone number (E.164).', max: 40, example: '+441632960123' };
const LOCALE = { description: 'The language of pages and mails (BCP 47).', max: 85, example: 'en-GB' };
const EMAIL_VERIFIED = { description: 'Whether the user was shown to read mail there.', example: true };
const PHONE_VERIFIED = { description: 'Whether the user was shown to answer there.', example: false };
const CHANGE_REQUIRED = {
  description: 'Whether the user has to choose another password before they go on with the next sign-in.',
  example: false,
};
const optional = true;
const nullable = true;

/** What can be changed of a user; status, password and roles have operations of their own. */
export class PatchUserDto {
  @TextField({ ...USERNAME, optional })
  username?: string;

  @TextField({ ...EMAIL, optional, nullable })
  email?: string | null;

  @BooleanField({ ...EMAIL_VERIFIED, optional })
  emailVerified?: boolean;

  @TextField({ ...PHONE, optional, nullable })
  phoneNumber?: string | null;

  @BooleanField({ ...PHONE_VERIFIED, optional })
  phoneNumberVerified?: boolean;

  @TextField({ ...LOCALE, optional, nullable })
  locale?: string | null;

  @JsonField({ ...CLAIMS, optional })
  claims?: Record<string, unknown>;

  @JsonField({ ...ATTRIBUTES, optional })
  attributes?: Record<string, unknown>;
}

export class CreateUserDto {
  @TextField(USERNAME)
  username!: string;

  @TextField({ ...EMAIL, optional })
  email?: string;

  @BooleanField({ ...EMAIL_VERIFIED, optional })
  emailVerified?: boolean;

  @TextField({ ...PHONE, optional })
  phoneNumber?: string;

  @BooleanField({ ...PHONE_VERIFIED, optional })
  phoneNumberVerified?: boolean;

  @EnumField(['active', 'disabled', 'invited'], { description: 'The status to begin with.', optional })
  status?: 'active' | 'disabled' | 'invited';

  @TextField({ ...LOCALE, optional })
  locale?: string;

  @JsonField({ ...CLAIMS, optional })
  claims?: Record<string, unknown>;

  @JsonField({ ...ATTRIBUTES, optional })
  attributes?: Record<string, unknown>;

  @TextField({
    description: 'Needs the permission `users.credentials`. The policy of the tenant applies.',
    min: 0,
    max: 4096,
    optional,
    example: 'seven purple tractors hum',
  })
  password?: string;

  @BooleanField({ ...CHANGE_REQUIRED, description: `${CHANGE_REQUIRED.description} Needs a password.`, optional })
  passwordChangeRequired?: boolean;

  @TextsField({
    description: 'Names of roles. Needs the permission `roles.write`, and all that the roles may do.',
    max: 63,
    maxItems: 100,
    optional,
    example: ['auditor'],
  })
  roles?: string[];
}

/** A user in a list. */
export class UserSummaryDto {
  @IdField({ description: 'The row id, which is the `sub` of the user.' })
  id!: string;

  @TextField(USERNAME)
  username!: string;

  @TextField({ ...EMAIL, nullable })
  email!: string | null;

  @BooleanField(EMAIL_VERIFIED)
  emailVerified!: boolean;

  @TextField({ ...PHONE, nullable })
  phoneNumber!: string | null;

  @BooleanField(PHONE_VERIFIED)
  phoneNumberVerified!: boolean;

  @EnumField(USER_STATUSES, { description: 'Only `active` users can sign in.' })
  status!: string;

  @TextField({ ...LOCALE, nullable })
  locale!: string | null;

  @BooleanField(CHANGE_REQUIRED)
  passwordChangeRequired!: boolean;

  @InstantField({ description: 'When the user signed in last.', nullable })
  lastSignInAt!: Date | null;

  @InstantField({ description: 'When the user was made.' })
  createdAt!: Date;

  @InstantField({ description: 'When the user was changed last.' })
  updatedAt!: Date;
}

export class UserDto extends UserSummaryDto {
  @JsonField(CLAIMS)
  claims!: object;

  @JsonField(ATTRIBUTES)
  attributes!: object;
}

export class SetPasswordDto {
  @TextField({
    description: 'The policy of the tenant applies.',
    min: 0,
    max: 4096,
    example: 'seven purple tractors hum',
  })
  password!: string;

  @BooleanField({
    description: 'Whether the user has to choose another one at the next sign-in.',
    optional,
    default: false,
    example: true,
  })
  temporary?: boolean;
}
