import { WebhookDeliveryEntity } from './webhook-delivery.entity';
import { WebhookEntity } from './webhook.entity';

export { WebhookAlertsModule } from './webhook-alerts.module';
export { disabledWebhooks } from './webhook-examination.repository';
export { WebhookDeliveries } from './webhook-deliveries.service';
export { TEST_EVENT, WEBHOOK_EVENTS, type WebhookEventName } from './webhook-events';
export { WebhooksModule } from './webhooks.module';
export { type NewWebhook, WebhooksService } from './webhooks.service';

/** For the application's data source. */
export const WEBHOOKS_ENTITIES = [WebhookEntity, WebhookDeliveryEntity];
