import { Injectable } from '@nestjs/common';
import { Envelope } from '@tokenidp/kernel';
import type { WebhookEntity } from './webhook.entity';

type Sealed = Pick<WebhookEntity, 'tenantId' | 'id' | 'secret' | 'previousSecret' | 'previousSecretUntil'>;

/** Secrets of webhooks have to be read again to sign with, so they are sealed, not hashed. */
@Injectable()
export class WebhookSecrets {
  constructor(private readonly envelope: Envelope) {}

  seal(tenantId: string, id: string, secret: string): string {
    return this.envelope.seal(sealedFor(tenantId, id), Buffer.from(secret));
  }

  /** Those that sign now, the newest first. */
  open({ tenantId, id, secret, previousSecret, previousSecretUntil }: Sealed, now: Date): string[] {
    const isOverlapping = previousSecret !== null && previousSecretUntil !== null && previousSecretUntil > now;
    const sealed = isOverlapping ? [secret, previousSecret] : [secret];
    return sealed.map((each) => this.envelope.open(sealedFor(tenantId, id), each).toString());
  }
}

function sealedFor(tenantId: string, id: string): readonly string[] {
  return [tenantId, 'webhook', id, 'secret'];
}
