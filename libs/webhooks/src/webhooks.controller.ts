import { Body, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Creations, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { DeliveryDto, DeliveryPageDto, ListDeliveriesDto, ListWebhooksDto, WebhookPageDto } from './dto/delivery.dto';
import { CreatedWebhookDto, CreateWebhookDto, PatchWebhookDto, RotateSecretDto, WebhookDto } from './dto/webhook.dto';
import { WebhooksAdmin } from './webhooks.admin';

@AdminController('webhooks', 'Webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksAdmin,
    private readonly creations: Creations,
  ) {}

  @Get()
  @Operation('webhooks.read', 'List webhooks')
  @ApiOkResponse({ type: WebhookPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListWebhooksDto): Promise<WebhookPageDto> {
    return this.webhooks.list(tenant, query);
  }

  @Post()
  @Operation('webhooks.write', 'Create a webhook', {
    description: 'The answer holds the secret, which is never told again. Needs `audit.read` as well.',
    status: 201,
    errors: ['conflict'],
    idempotent: true,
  })
  @ApiCreatedResponse({ type: CreatedWebhookDto })
  create(
    @CurrentTenant() tenant: Tenant,
    @Body() input: CreateWebhookDto,
    @Call() call: AdminCall,
  ): Promise<CreatedWebhookDto> {
    this.webhooks.assertReads(call);
    return this.creations.once(call, input, (change) => this.webhooks.create(tenant, input, change));
  }

  @Get(':id')
  @Operation('webhooks.read', 'Get a webhook', { errors: ['not-found'] })
  @ApiOkResponse({ type: WebhookDto })
  get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<WebhookDto> {
    return this.webhooks.get(tenant, id);
  }

  @Patch(':id')
  @Operation('webhooks.write', 'Change a webhook', {
    description: 'Enabling one again gives it a new start. Needs `audit.read` as well.',
    ifMatch: true,
  })
  @ApiOkResponse({ type: WebhookDto })
  update(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Body() patch: PatchWebhookDto,
    @Call() call: AdminCall,
  ): Promise<WebhookDto> {
    this.webhooks.assertReads(call);
    return this.webhooks.update(tenant, id, patch, call);
  }

  @Delete(':id')
  @Operation('webhooks.write', 'Delete a webhook', { description: 'With its attempts.', status: 204, ifMatch: true })
  delete(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string, @Call() call: AdminCall): Promise<void> {
    return this.webhooks.delete(tenant, id, call);
  }

  @Post(':id/secret/rotate')
  @Operation('webhooks.write', 'Rotate the secret of a webhook', {
    description: 'Both secrets sign until the overlap ends. Needs `audit.read` as well.',
    status: 201,
    errors: ['not-found'],
    idempotent: true,
  })
  @ApiCreatedResponse({ type: CreatedWebhookDto })
  rotate(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Body() input: RotateSecretDto,
    @Call() call: AdminCall,
  ): Promise<CreatedWebhookDto> {
    this.webhooks.assertReads(call);
    return this.creations.once(call, input, (change) => this.webhooks.rotate(tenant, id, input, change));
  }

  @Post(':id/test')
  @Operation('webhooks.write', 'Test a webhook', {
    description: 'Calls it now with an event of its own, `webhook.test`, and answers what became of it.',
    errors: ['not-found'],
  })
  @ApiOkResponse({ type: DeliveryDto })
  test(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<DeliveryDto> {
    return this.webhooks.test(tenant, id);
  }

  @Get(':id/deliveries')
  @Operation('webhooks.read', 'List the attempts of a webhook', {
    description: 'The newest first; they are kept for thirty days. Needs `audit.read` as well: it holds what was sent.',
    errors: ['not-found'],
  })
  @ApiOkResponse({ type: DeliveryPageDto })
  deliveries(
    @CurrentTenant() tenant: Tenant,
    @Param('id', IdPipe) id: string,
    @Query() query: ListDeliveriesDto,
    @Call() call: AdminCall,
  ): Promise<DeliveryPageDto> {
    this.webhooks.assertReads(call);
    return this.webhooks.deliveries(tenant, id, query);
  }
}
