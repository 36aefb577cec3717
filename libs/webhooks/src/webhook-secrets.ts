import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sealedColumn, SealedColumns } from '@tokenidp/database';
import { Envelope } from '@tokenidp/kernel';
import type { WebhookEntity } from './webhook.entity';

type Sealed = Pick<WebhookEntity, 'tenantId' | 'id' | 'secret' | 'previousSecret' | 'previousSecretUntil'>;

const objectOf = ({ tenantId, id }: { tenantId: string; id: string }) => sealedFor(tenantId, id);
const SECRETS = sealedColumn({ name: 'webhooks.webhook.secret', table: 'webhook', column: 'secret', objectOf });
const PREVIOUS = sealedColumn({
  ...{ name: 'webhooks.webhook.previous-secret', table: 'webhook', column: 'previousSecret' },
  objectOf,
});

/** Secrets of webhooks have to be read again to sign with, so they are sealed, not hashed. */
@Injectable()
export class WebhookSecrets implements OnModuleInit {
  constructor(
    private readonly envelope: Envelope,
    private readonly columns: SealedColumns,
  ) {}

  onModuleInit(): void {
    this.columns.add(SECRETS, PREVIOUS);
  }

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
