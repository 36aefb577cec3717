/** @spec OIDC Core §8, §8.1 — what a client knows a user by; of a pairwise client nobody else can tell who it is. */
import { createCipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Client, sectorOf } from '@tokenidp/clients';
import { MasterKeys } from '@tokenidp/kernel';

const PURPOSE = 'oauth.pairwise';
const ENCRYPTION_PURPOSE = 'oauth.pairwise.encryption';
const TAG_BYTES = 16;
/** 32 bytes, in the one way to write them. */
const SUBJECT = /^[\w-]{42}[AEIMQUYcgkosw048]$/;

/** What a subject depends on of a client. */
export type SubjectClient = Pick<
  Client,
  'tenantId' | 'client_id' | 'subject_type' | 'redirect_uris' | 'sector_identifier_uri'
>;

/**
 * A subject is the user's id, encrypted: its authentication tag, which depends on the sector, is the nonce (as in SIV,
 * RFC 5297 §1), so that it is always the same, and only this server finds its way back. The keys are of the oldest master
 * key: a deployment with pairwise clients keeps that one.
 */
@Injectable()
export class Subjects {
  constructor(private readonly masterKeys: MasterKeys) {}

  /** `sub`: the same at all clients of a sector. */
  of(client: SubjectClient, userId: string): string {
    if (client.subject_type !== 'pairwise') return userId;
    const tag = this.mac(client, 'sub', userId).subarray(0, TAG_BYTES);
    return Buffer.concat([tag, this.crypt(tag, bytesOf(userId))]).toString('base64url');
  }

  /** The row id of the user whom the client knows by this subject; null when it was never given this one. */
  userOf(client: SubjectClient, subject: string): string | null {
    if (client.subject_type !== 'pairwise') return subject;
    if (!SUBJECT.test(subject)) return null;
    const bytes = Buffer.from(subject, 'base64url');
    const tag = bytes.subarray(0, TAG_BYTES);
    const userId = idOf(this.crypt(tag, bytes.subarray(TAG_BYTES)));
    return timingSafeEqual(this.mac(client, 'sub', userId).subarray(0, TAG_BYTES), tag) ? userId : null;
  }

  /** `sid`: it would tell sectors that two of their users are one, were it the same at all. */
  sid(client: SubjectClient, sessionId: string): string {
    return client.subject_type === 'pairwise' ? this.mac(client, 'sid', sessionId).toString('base64url') : sessionId;
  }

  private mac(client: SubjectClient, kind: string, id: string): Buffer {
    const key = this.masterKeys.deriveKeyObject(PURPOSE, this.masterKeys.oldestId)!;
    const text = JSON.stringify([kind, client.tenantId, sectorOf(client) ?? client.client_id, id]);
    return createHmac('sha256', key).update(text).digest();
  }

  /** In counter mode there and back are the same. */
  private crypt(nonce: Buffer, bytes: Buffer): Buffer {
    const key = this.masterKeys.deriveKeyObject(ENCRYPTION_PURPOSE, this.masterKeys.oldestId)!;
    return createCipheriv('aes-256-ctr', key, nonce).update(bytes);
  }
}

/** The 16 bytes of a UUID. */
function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function idOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
