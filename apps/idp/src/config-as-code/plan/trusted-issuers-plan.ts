import type { TrustedIssuersService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import type { ConfigTrustedIssuerDto } from '../configuration.dto';
import type { State } from '../current-state';
import { atPointer } from './at-pointer';
import { type Entry, type Members, type Step, stepsOf } from './step';

const SECTION = '/trustedIssuers';

export interface TrustedIssuerInput {
  readonly members: Members;
  readonly enabled: boolean;
}

export async function trustedIssuerSteps(
  state: State,
  tenant: Tenant,
  issuers: Pick<TrustedIssuersService, 'validate'>,
  wanted: readonly ConfigTrustedIssuerDto[],
): Promise<Step<TrustedIssuerInput>[]> {
  const entries: Entry<TrustedIssuerInput>[] = [];
  for (const [at, { enabled = true, ...members }] of wanted.entries()) {
    const pointer = `${SECTION}/${at}`;
    const { issuer: key, ...validated } = await atPointer(pointer, () => issuers.validate(tenant, members as Members));
    entries.push({ key, pointer, members: { ...validated, enabled }, input: { members: members as Members, enabled } });
  }
  const there = state.trustedIssuers.map((row) => {
    const { id, tenantId: _tenantId, issuer: key, createdAt: _createdAt, updatedAt: _updatedAt, ...members } = row;
    return { key, id, members };
  });
  return stepsOf('trusted-issuer', SECTION, there, entries);
}
