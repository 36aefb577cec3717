/** @spec OIDC Core §8, §8.1 — what a client knows a user by; of a pairwise client nobody else can tell who it is. */
import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Client, sectorOf } from '@tokenidp/clients';
import { MasterKeys } from '@tokenidp/kernel';

const PURPOSE = 'oauth.pairwise';

/** What a subject depends on of a client. */
export type SubjectClient = Pick<
  Client,
  'tenantId' | 'client_id' | 'subject_type' | 'redirect_uris' | 'sector_identifier_uri'
>;

/**
 * HMAC-SHA-256 under a key of the deployment, so that no list of user ids leads back. It must be the same for ever,
 * so the oldest master key makes it: a deployment with pairwise clients keeps that one.
 */
@Injectable()
export class Subjects {
  constructor(private readonly masterKeys: MasterKeys) {}

  /** `sub`: the same at all clients of a sector. */
  of(client: SubjectClient, userId: string): string {
    return client.subject_type === 'pairwise' ? this.pairwise(client, 'sub', userId) : userId;
  }

  /** `sid`: it would tell sectors that two of their users are one, were it the same at all. */
  sid(client: SubjectClient, sessionId: string): string {
    return client.subject_type === 'pairwise' ? this.pairwise(client, 'sid', sessionId) : sessionId;
  }

  private pairwise(client: SubjectClient, kind: string, id: string): string {
    const key = this.masterKeys.deriveKeyObject(PURPOSE, this.masterKeys.oldestId)!;
    const text = JSON.stringify([kind, client.tenantId, sectorOf(client) ?? client.client_id, id]);
    return createHmac('sha256', key).update(text).digest('base64url');
  }
}
