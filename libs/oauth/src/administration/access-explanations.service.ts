import { Injectable } from '@nestjs/common';
import { adminApiIdentifier, type Client, ClientsService, floorFault, ResourcesService } from '@tokenidp/clients';
import { ProblemError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { AccessService, type User, UsersService } from '@tokenidp/users';
import { Consents } from '../consents/consents.service';
import type { AccessExplanationDto, AccessRuleDto, ExplainAccessDto } from './dto/access-explanation.dto';

/** Says why a user may, or may not, use an application or a permission: the rules in the order in which they act. */
@Injectable()
export class AccessExplanations {
  constructor(
    private readonly users: UsersService,
    private readonly clients: ClientsService,
    private readonly resources: ResourcesService,
    private readonly access: AccessService,
    private readonly consents: Consents,
  ) {}

  /** @throws ProblemError (not-found; invalid-input when neither an application nor a permission is named) */
  async explain(tenant: Tenant, input: ExplainAccessDto): Promise<AccessExplanationDto> {
    const { clientId, permission } = input;
    if (clientId === undefined && permission === undefined) {
      throw new ProblemError('invalid-input', 'Name an application or a permission.', [
        { pointer: '/clientId', detail: 'An application or a permission is needed.' },
      ]);
    }
    const user = await this.users.findById(tenant.id, input.userId);
    if (!user) throw new ProblemError('not-found', 'There is no such user.');
    const rules = [userIsActive(user)];
    if (clientId !== undefined) rules.push(...(await this.ofClient(tenant, user, clientId)));
    if (permission !== undefined) rules.push(await this.holds(tenant, user, { ...input, permission }));
    return { isAllowed: rules.every(({ isMet }) => isMet), rules };
  }

  private async ofClient(tenant: Tenant, user: User, clientId: string): Promise<AccessRuleDto[]> {
    const client = await this.clients.find(tenant.id, clientId);
    if (!client) throw new ProblemError('not-found', 'There is no such application.');
    const given = await this.consents.find({ tenantId: tenant.id, userId: user.id, clientId: client.id });
    return [
      clientIsActive(client),
      signsPeopleIn(client),
      meetsFloor(tenant, client),
      consented(client, given !== null),
    ];
  }

  private async holds(
    tenant: Tenant,
    user: User,
    { permission, resource: identifier = adminApiIdentifier(tenant) }: { permission: string; resource?: string },
  ): Promise<AccessRuleDto> {
    const resource = await this.resources.findByIdentifier(tenant.id, identifier);
    if (!resource) throw new ProblemError('not-found', 'There is no such API.');
    const { roles, permissions } = await this.access.ofUser(tenant.id, user.id, resource.id);
    const isMet = permissions.includes(permission);
    const held = roles.length > 0 ? `Roles held: ${roles.join(', ')}.` : 'The user holds no role.';
    return {
      rule: `A role of the user has the permission ${permission}`,
      isMet,
      detail: `${held} ${isMet ? 'One of them has it.' : 'None of them has it.'}`,
      fix: isMet ? null : `PUT users/${user.id}/roles/{name}`,
    };
  }
}

function userIsActive({ id, status }: User): AccessRuleDto {
  const isMet = status === 'active';
  const fix = status === 'locked' ? 'unlock' : 'enable';
  return {
    rule: 'The user is active',
    isMet,
    detail: `The user is ${status}.`,
    fix: isMet ? null : `POST users/${id}/${fix}`,
  };
}

function clientIsActive({ id, status }: Client): AccessRuleDto {
  const isMet = status === 'active';
  const fix = isMet ? null : `POST clients/${id}/enable`;
  return { rule: 'The application is active', isMet, detail: `The application is ${status}.`, fix };
}

/** Grants by which somebody signs in. */
const WITH_USERS = [
  'authorization_code',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:openid:params:grant-type:ciba',
];

function signsPeopleIn({ id, grant_types: grants }: Client): AccessRuleDto {
  const isMet = grants.some((grant) => WITH_USERS.includes(grant));
  const detail = `Its grants are ${grants.join(', ')}.`;
  return { rule: 'The application signs people in', isMet, detail, fix: isMet ? null : `PATCH clients/${id}` };
}

function meetsFloor({ settings }: Tenant, client: Client): AccessRuleDto {
  const fault = floorFault(client, settings.securityProfileFloor);
  return {
    rule: `The application meets the tenant's least security profile`,
    isMet: !fault,
    detail: fault ?? `Its profile is ${client.security_profile}.`,
    fix: !fault ? null : `PATCH clients/${client.id}`,
  };
}

/** Never in the way: the user is asked. */
function consented({ consent }: Client, isGiven: boolean): AccessRuleDto {
  const detail =
    consent === 'implicit'
      ? 'No consent is asked for.'
      : isGiven
        ? 'The user has consented.'
        : 'The user will be asked.';
  return { rule: 'The user consents', isMet: true, detail, fix: null };
}
