import { type INestApplicationContext, Logger } from '@nestjs/common';
import { SetupService } from '@tokenidp/login';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { UsersService } from '@tokenidp/users';
import type { Environment } from './config/env';
import { type Demo, seedDemo } from './demo/demo-seed';

export interface FirstRun {
  issuer: string;
  /** null once there is an administrator */
  setupLink: string | null;
  demo: Demo | null;
}

/** What a start finds or makes: the system tenant, a way to the first administrator, and the demo if it is wanted. */
export async function firstRun(application: INestApplicationContext, environment: Environment): Promise<FirstRun> {
  const system = await application.get(TenantsService).createSystemTenant();
  if (environment.bootstrapAdmin) await createAdministrator(application, system, environment.bootstrapAdmin);
  return {
    issuer: system.issuer,
    setupLink: await application.get(SetupService).createLink(),
    demo: environment.demo ? await seedDemo(application, environment.dataDir) : null,
  };
}

/** Unattended: once, and never over somebody who is there. */
async function createAdministrator(
  application: INestApplicationContext,
  tenant: Tenant,
  { email, password }: NonNullable<Environment['bootstrapAdmin']>,
): Promise<void> {
  if (await application.get(UsersService).findByLogin(tenant.id, email)) return;
  const created = await application.get(SetupService).createAdministrator({ username: email, email, password });
  if (created) new Logger('FirstRun').log('the first administrator was made from BOOTSTRAP_ADMIN_EMAIL');
}
