import { Injectable } from '@nestjs/common';
import { type AdminCall, type AdminChange, readPage } from '@tokenidp/admin-api';
import { containing, Database } from '@tokenidp/database';
import type { RegistrationLimits, Tenant } from '@tokenidp/tenancy';
import { ClientsError } from '../clients-error';
import type {
  CreatedRegistrationTokenDto,
  CreateRegistrationTokenDto,
  ListRegistrationTokensDto,
  RegistrationTokenDto,
  RegistrationTokenPageDto,
} from '../dto/registration-token.dto';
import { InitialAccessTokens } from './initial-access-tokens.service';
import { REGISTRATION_TOKENS } from './registration-tokens.list';

/** Initial access tokens as the administration sees them. */
@Injectable()
export class RegistrationTokensAdmin {
  constructor(
    private readonly database: Database,
    private readonly tokens: InitialAccessTokens,
  ) {}

  list(tenant: Tenant, query: ListRegistrationTokensDto): Promise<RegistrationTokenPageDto> {
    const { limit, cursor, sort, search, expiresFrom, expiresTo } = query;
    const filters = {
      search: search && containing(search),
      expiresFrom: expiresFrom && new Date(expiresFrom),
      expiresTo: expiresTo && new Date(expiresTo),
    };
    const from = { list: REGISTRATION_TOKENS, database: this.database, tenantId: tenant.id };
    return readPage(from, { limit, cursor, sort, filters }, view);
  }

  async get(tenant: Tenant, id: string): Promise<RegistrationTokenDto> {
    const token = await this.tokens.get(tenant, id);
    if (!token) throw unknown();
    return view(token);
  }

  async create(
    tenant: Tenant,
    input: CreateRegistrationTokenDto,
    change: AdminChange,
  ): Promise<CreatedRegistrationTokenDto> {
    const policy = { ...input.policy } as Partial<RegistrationLimits>;
    const expiresAt = new Date(input.expiresAt);
    const { value, token } = await this.tokens.issue(tenant, { ...input, expiresAt, policy }, change);
    return { ...view(token), token: value };
  }

  async delete(tenant: Tenant, id: string, call: AdminCall): Promise<void> {
    const edit = { ...call.change(), expect: call.expects(view) };
    if (!(await this.tokens.revoke(tenant, id, edit))) throw unknown();
  }
}

function unknown(): ClientsError {
  return new ClientsError('unknown-token', 'There is no such token.');
}

function view({ id, name, usesLeft, policy, createdAt, expiresAt }: RegistrationTokenDto): RegistrationTokenDto {
  return { id, name, usesLeft, policy, createdAt, expiresAt };
}
