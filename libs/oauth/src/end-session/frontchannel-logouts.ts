/** @spec OIDC Front-Channel Logout §2, §3 — the pages by which the browser itself tells each client of a session that it ended. */
import { Injectable } from '@nestjs/common';
import { type Client, ClientsService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import type { EndedSession } from '../authorize/interaction';
import { Subjects } from '../tokens/subjects';

@Injectable()
export class FrontchannelLogouts {
  constructor(
    private readonly clients: ClientsService,
    private readonly subjects: Subjects,
  ) {}

  /** Addresses to load in frames, of the clients that have one. */
  async frames(tenant: Tenant, ended: EndedSession): Promise<string[]> {
    const clients = await Promise.all(ended.clients.map(({ client_id }) => this.clients.find(tenant.id, client_id)));
    return clients.flatMap((client) => (client?.status === 'active' ? this.frame(tenant, client, ended.id) : []));
  }

  private frame(tenant: Tenant, client: Client, sessionId: string): string[] {
    if (client.frontchannel_logout_uri === undefined) return [];
    const uri = new URL(client.frontchannel_logout_uri);
    if (client.frontchannel_logout_session_required) {
      uri.searchParams.append('iss', tenant.issuer);
      uri.searchParams.append('sid', this.subjects.sid(client, sessionId));
    }
    return [uri.href];
  }
}
