import { Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { AuditChain } from '../chain/audit-chain.service';
import { AUDIT_EVENTS } from '../events';
import { AuditEventsAdmin } from './audit-events.admin';
import { AuditEventDto } from './dto/audit-event.dto';
import { AuditEventPageDto, ExportAuditEventsDto, ListAuditEventsDto } from './dto/list-audit-events.dto';
import { EventNamesDto, VerificationDto, VerifyDto } from './dto/verification.dto';

const DEFAULT_LAST = 10_000;

@AdminController('audit-events', 'Audit')
export class AuditEventsController {
  constructor(
    private readonly events: AuditEventsAdmin,
    private readonly chain: AuditChain,
  ) {}

  @Get()
  @Operation('audit.read', 'List audit events', { description: 'The newest first.' })
  @ApiOkResponse({ type: AuditEventPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListAuditEventsDto): Promise<AuditEventPageDto> {
    return this.events.list(tenant, query);
  }

  @Get('names')
  @Operation('audit.read', 'List the names of events')
  @ApiOkResponse({ type: EventNamesDto })
  names(): EventNamesDto {
    return { items: [...AUDIT_EVENTS] };
  }

  @Get('export')
  @Operation('audit.read', 'Export audit events', {
    description: 'All that fit, streamed. The export is an event itself.',
  })
  @ApiProduces('application/x-ndjson', 'text/csv')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  export(
    @CurrentTenant() tenant: Tenant,
    @Query() query: ExportAuditEventsDto,
    @Call() call: AdminCall,
  ): Promise<StreamableFile> {
    return this.events.export(tenant, query, call);
  }

  @Get('verification')
  @Operation('audit.read', 'Verify the trail', {
    description:
      'Each event is sealed within seconds, by a hash over itself and the one before. The command `tokenidp audit verify` looks at all of them.',
  })
  @ApiOkResponse({ type: VerificationDto })
  verify(@CurrentTenant() tenant: Tenant, @Query() { last = DEFAULT_LAST }: VerifyDto): Promise<VerificationDto> {
    return this.chain.verify(tenant.id, { last });
  }

  @Get(':id')
  @Operation('audit.read', 'Get an audit event', { errors: ['not-found'] })
  @ApiOkResponse({ type: AuditEventDto })
  get(@CurrentTenant() tenant: Tenant, @Param('id', IdPipe) id: string): Promise<AuditEventDto> {
    return this.events.get(tenant, id);
  }
}
