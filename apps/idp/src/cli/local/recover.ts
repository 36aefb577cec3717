import { randomBytes } from 'node:crypto';
import { TenantsService } from '@tokenidp/tenancy';
import { UsersService } from '@tokenidp/users';
import { createIdp } from '../../bootstrap';
import { readEnvironment } from '../../config/env';
import { type Command, EXIT, type Invocation } from '../command';
import { printObject } from '../output';

/** 160 random bits that can be typed. */
const newPassword = (): string => randomBytes(20).toString('base64url');

/**
 * For whoever has the server's environment and nobody to sign in as: straight to the database. The embedded one has one
 * user at a time, so that its server has to be stopped first.
 */
export const recoverCommand: Command = {
  words: ['admin', 'recover'],
  summary: 'make somebody an owner again, with a new password (on the server, with its environment)',
  positionals: ['<username>'],
  options: { tenant: { type: 'string', value: '<slug>', description: 'the system tenant when absent' } },
  examples: ['tokenidp admin recover ada', 'tokenidp admin recover ada --tenant acme'],
  async run(invocation) {
    const application = await createIdp(readEnvironment(), { logger: false });
    try {
      const recovered = await recover(
        { tenants: application.get(TenantsService), users: application.get(UsersService) },
        invocation,
      );
      printObject(invocation, recovered);
      return EXIT.done;
    } finally {
      await application.close();
    }
  },
};

async function recover(
  { tenants, users }: { tenants: TenantsService; users: UsersService },
  { positionals, options }: Invocation,
): Promise<object> {
  const username = positionals[0]!;
  const slug = options.tenant;
  const tenant = slug === undefined ? await tenants.findSystem() : await tenants.findBySlug(String(slug));
  if (!tenant) throw new Error(slug === undefined ? 'there is no system tenant yet' : `there is no tenant ${slug}`);
  const password = newPassword();
  const known = await users.findByLogin(tenant.id, username);
  const user = known ?? (await users.create(tenant, { username, password }));
  if (known) await users.setPassword(tenant, user.id, password);
  if (user.status !== 'active') await users.enable(tenant, user.id);
  await users.assignRole(tenant, user.id, 'owner');
  if (tenant.kind === 'system') await users.assignRole(tenant, user.id, 'operator');
  return { username, password, signInAt: `${tenant.issuer}/admin/` };
}
