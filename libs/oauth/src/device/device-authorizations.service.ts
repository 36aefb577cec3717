/** @spec RFC 8628 §3.1, §3.2, §5.2, §6.1 — two codes for one request: 256 bits for the device, eight letters for its user (S-155, S-156). */
import { Injectable } from '@nestjs/common';
import { type AuditEvent, auditParameters } from '@tokenidp/audit';
import type { Client } from '@tokenidp/clients';
import { isUniqueViolation } from '@tokenidp/database';
import { Clock, formatScope, KeyedHash, newId, randomToken, type RequestContext, sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { askedParameters } from '../authorize/asked-parameters';
import { AuthorizationRequest } from '../authorize/authorization-request';
import { AuthorizationRequests } from '../authorize/authorization-requests.service';
import { deviceAuthorization } from '../authorize/authorize.pipeline';
import type { Parameters } from '../endpoints/form-parameters';
import { DEVICE_PATH } from '../endpoints/paths';
import { DeviceAuthorizationsRepository, type NewDeviceAuthorization } from './device-authorizations.repository';
import { randomUserCode } from './user-code';

/** What user codes are hashed for. */
export const USER_CODE_PURPOSE = 'device-user-code';

const INTERVAL_SECONDS = 5;
const MAX_ATTEMPTS = 5;

export interface DeviceAuthorizationCall {
  tenant: Tenant;
  /** authenticated, active, and allowed to use the grant */
  client: Client;
  parameters: Parameters;
  context: RequestContext;
}

/** RFC 8628 §3.2. */
export interface DeviceAuthorizationResponse {
  device_code: string;
  user_code: string;
  verification_uri: string;
  verification_uri_complete: string;
  /** seconds */
  expires_in: number;
  /** seconds */
  interval: number;
}

@Injectable()
export class DeviceAuthorizations {
  constructor(
    private readonly repository: DeviceAuthorizationsRepository,
    private readonly requests: AuthorizationRequests,
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {}

  /** Throws `OAuthError` before anything is written. One statement. */
  async open(call: DeviceAuthorizationCall): Promise<DeviceAuthorizationResponse> {
    const { tenant } = call;
    const request = new AuthorizationRequest(call.parameters);
    request.client = call.client;
    await this.requests.apply(deviceAuthorization, tenant, request);
    const deviceCode = randomToken('tdc');
    const userCode = await this.store(call, request, deviceCode);
    const verification_uri = `${tenant.issuer}${DEVICE_PATH}`;
    return {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri,
      verification_uri_complete: `${verification_uri}?user_code=${userCode}`,
      expires_in: tenant.settings.lifetimes.deviceCodeSeconds,
      interval: INTERVAL_SECONDS,
    };
  }

  /** Another code for the user when the first one is somebody else's just now. */
  private async store(call: DeviceAuthorizationCall, request: AuthorizationRequest, code: string): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      const userCode = randomUserCode();
      try {
        await this.repository.open(this.newRow(call, request, { code, userCode }));
        return userCode;
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isUniqueViolation(error)) throw error;
      }
    }
  }

  private newRow(
    { tenant, client, context }: DeviceAuthorizationCall,
    request: AuthorizationRequest,
    { code, userCode }: { code: string; userCode: string },
  ): NewDeviceAuthorization {
    const [id, now] = [newId(), this.clock.now()];
    const lifetimeSeconds = tenant.settings.lifetimes.deviceCodeSeconds;
    return {
      ...{ tenantId: tenant.id, id, clientId: client.id, deviceCodeHash: sha256(code) },
      userCodeHash: this.keyedHash.hash(USER_CODE_PURPOSE, `${tenant.id}|${userCode}`),
      ...{ parameters: askedParameters(request), ip: context.ip, intervalSeconds: INTERVAL_SECONDS, now },
      expiresAt: new Date(now.getTime() + lifetimeSeconds * 1000),
      ...auditParameters(tenant.id, openedEvent(request, id, context), now),
    };
  }
}

function openedEvent({ client, scopes, resources }: AuthorizationRequest, id: string, request: RequestContext) {
  return {
    event: 'device-request.opened',
    result: 'success',
    actor: { type: 'client', id: client.client_id },
    target: { type: 'device_authorization', id },
    clientId: client.id,
    detail: { scope: formatScope(scopes), resources },
    request,
  } as const satisfies AuditEvent;
}
