import { Module, type OnModuleInit } from '@nestjs/common';
import { AuditModule, AuditObservers } from '@tokenidp/audit';
import { GuardedHttpClient } from '@tokenidp/kernel';
import { WebhookDeliveriesController, WebhookEventsController } from './webhook-deliveries.controller';
import { WebhookDeliveries } from './webhook-deliveries.service';
import { WebhookMessages } from './webhook-messages';
import { WebhookSecrets } from './webhook-secrets';
import { WebhookSender } from './webhook-sender';
import { WebhooksAdmin } from './webhooks.admin';
import { WebhooksController } from './webhooks.controller';
import { WebhooksRepository } from './webhooks.repository';
import { WebhooksService } from './webhooks.service';

/** Needs kernel's `Clock`, `Envelope` and `OutboundOptions` from a global module of the application. */
@Module({
  imports: [AuditModule],
  controllers: [WebhooksController, WebhookDeliveriesController, WebhookEventsController],
  providers: [
    GuardedHttpClient,
    WebhookDeliveries,
    WebhookMessages,
    WebhooksAdmin,
    WebhookSecrets,
    WebhookSender,
    WebhooksRepository,
    WebhooksService,
  ],
  exports: [WebhookDeliveries, WebhooksRepository, WebhooksService],
})
export class WebhooksModule implements OnModuleInit {
  constructor(
    private readonly observers: AuditObservers,
    private readonly messages: WebhookMessages,
  ) {}

  onModuleInit(): void {
    this.observers.add(this.messages);
  }
}
