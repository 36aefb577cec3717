import { ClientsService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { AdministrativeRights, type RoleHolder, RolesService, UsersService } from '@tokenidp/users';
import { createMachine, createUser } from '../support/fixtures';
import type { TestIdp } from '../support/idp';
import { Race } from '../support/race';

jest.setTimeout(300_000);

const ROUNDS = 24;

let race: Race;

beforeAll(async () => {
  race = await Race.start();
});
afterAll(() => race?.close());

type Removal = (idp: TestIdp, tenant: Tenant, holder: RoleHolder) => Promise<unknown>;

const unassign: Removal = (idp, tenant, holder) => idp.get(RolesService).unassign(tenant, holder, 'owner');
const OF_USERS: readonly Removal[] = [
  unassign,
  (idp, tenant, { id }) => idp.get(UsersService).disable(tenant, id),
  (idp, tenant, { id }) => idp.get(UsersService).delete(tenant, id),
];
const OF_CLIENTS: readonly Removal[] = [
  unassign,
  (idp, tenant, { id }) => idp.get(ClientsService).disable(tenant, id),
  (idp, tenant, { id }) => idp.get(ClientsService).delete(tenant, id),
];

async function newUser(tenant: Tenant, username: string): Promise<RoleHolder> {
  const { user } = await createUser(race.idp, tenant, { username });
  return { type: 'user', id: user.id };
}

async function newMachine(tenant: Tenant, client_name: string): Promise<RoleHolder> {
  const { client } = await createMachine(race.idp, tenant, { client_name });
  return { type: 'client', id: client.id };
}

describe('the last owner of a tenant', () => {
  it.each([
    ['users', newUser, OF_USERS],
    ['machines', newMachine, OF_CLIENTS],
  ] as const)(
    `one of two %s stays who are removed at once at two instances, whichever way, in ${ROUNDS} rounds`,
    async (kind, make, removals) => {
      const tenant = await race.newTenant(`owners-${kind}`);
      const roles = race.idp.get(RolesService);
      let stays: RoleHolder | undefined;
      for (let round = 0; round < ROUNDS; round += 1) {
        const both = [stays ?? (await make(tenant, `first-${round}`)), await make(tenant, `second-${round}`)];
        for (const holder of both) await roles.assign(tenant, holder, 'owner');
        const ways = [removals[round % 3]!, removals[Math.floor(round / 3) % 3]!];
        const ends = await Promise.allSettled(both.map((holder, n) => ways[n]!(race.instances[n]!, tenant, holder)));
        const refused = ends.flatMap((end) =>
          end.status === 'rejected' ? [end.reason as Error & { kind?: string }] : [],
        );
        expect([round, refused.map((error) => error.kind ?? String(error))]).toEqual([round, ['conflict']]);
        stays = both[ends.findIndex(({ status }) => status === 'rejected')];
        expect(await race.idp.get(AdministrativeRights).of(tenant.id, stays!)).toContain('roles.write');
      }
    },
  );

  it('a machine is not the last as long as somebody can sign in, but no user goes because of a machine', async () => {
    const tenant = await race.newTenant('owners-both');
    const roles = race.idp.get(RolesService);
    const [user, machine] = [await newUser(tenant, 'ada'), await newMachine(tenant, 'Automation')];
    for (const holder of [user, machine]) await roles.assign(tenant, holder, 'owner');
    for (const removal of OF_USERS) {
      await expect(removal(race.idp, tenant, user)).rejects.toMatchObject({ kind: 'conflict' });
    }
    await unassign(race.idp, tenant, machine);
  });
});
