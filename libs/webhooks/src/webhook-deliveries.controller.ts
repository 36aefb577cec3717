import { Get, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiResponse } from '@nestjs/swagger';
import { AdminController, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { ReplayDto, WebhookEventsDto } from './dto/delivery.dto';
import { describeEvent, examplePayload, payloadSchema, WEBHOOK_EVENTS } from './webhook-events';
import { WebhooksAdmin } from './webhooks.admin';

@AdminController('deliveries', 'Webhooks')
export class WebhookDeliveriesController {
  constructor(private readonly webhooks: WebhooksAdmin) {}

  @Post(':id/replay')
  @Operation('webhooks.write', 'Send the message of an attempt again', {
    description: 'Under the same `webhook-id`, so that a receiver that has had it knows.',
    status: 202,
    errors: ['not-found', 'conflict'],
  })
  @ApiResponse({ status: 202, type: ReplayDto })
  replay(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<ReplayDto> {
    return this.webhooks.replay(tenant, id);
  }
}

@AdminController('webhook-events', 'Webhooks')
export class WebhookEventsController {
  @Get()
  @Operation('webhooks.read', 'List the events of webhooks', { description: 'With the JSON Schema of their messages.' })
  @ApiOkResponse({ type: WebhookEventsDto })
  list(): WebhookEventsDto {
    const items = WEBHOOK_EVENTS.map((name) => ({
      name,
      description: describeEvent(name),
      schema: payloadSchema(name),
      example: examplePayload(name),
    }));
    return { items };
  }
}
