/** @spec RFC 8628 §3.3 — a code that was typed leads to the same pages as any other request, in the browser that it was typed in (S-157). */
import { Injectable } from '@nestjs/common';
import { Clock, Envelope, KeyedHash, newId } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { AuthorizationOutcome } from '../authorize/interaction';
import { bindBrowser } from '../authorize/interaction-cookie';
import { type Exchange, interactionUrl } from '../authorize/interaction-starts.service';
import { InteractionsRepository } from '../authorize/interactions.repository';
import { USER_CODE_PURPOSE } from './device-authorizations.service';
import { DeviceAuthorizationsRepository } from './device-authorizations.repository';
import { readUserCode } from './user-code';

@Injectable()
export class DeviceRequests {
  constructor(
    private readonly devices: DeviceAuthorizationsRepository,
    private readonly interactions: InteractionsRepository,
    private readonly keyedHash: KeyedHash,
    private readonly envelope: Envelope,
    private readonly clock: Clock,
  ) {}

  /** What was typed as a code has it; null when it is none. */
  read(typed: string): string | null {
    return readUserCode(typed);
  }

  /** Begins an interaction about the device that shows this code; null when no device waits with it. */
  async begin({ tenant, http, reply }: Exchange, userCode: string): Promise<AuthorizationOutcome | null> {
    const now = this.clock.now();
    const userCodeHash = this.keyedHash.hash(USER_CODE_PURPOSE, `${tenant.id}|${userCode}`);
    const device = await this.devices.findByUserCode(tenant.id, userCodeHash, now);
    if (!device) return null;
    const id = newId();
    const user_code = this.envelope.seal(sealedFor(tenant, device.id), Buffer.from(userCode));
    await this.interactions.insert({
      ...{
        tenantId: tenant.id,
        id,
        clientId: device.clientId,
        deviceAuthorizationId: device.id,
        pushedRequestId: null,
      },
      browserHash: bindBrowser(tenant, http, reply),
      parameters: { ...device.parameters, user_code },
      ...{ createdAt: now, expiresAt: device.expiresAt },
    });
    return { kind: 'interaction', url: interactionUrl(tenant, id) };
  }
}

/** What the code in an interaction's row is sealed for: it is shown again, so a hash will not do. */
export function sealedFor(tenant: Tenant, deviceAuthorizationId: string): readonly string[] {
  return [tenant.id, 'device_authorization', deviceAuthorizationId, 'user_code'];
}
