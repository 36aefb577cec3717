import { Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { AdminController, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { DashboardDto, ReadDashboardDto } from './dashboard.dto';
import { DashboardService } from './dashboard.service';

@AdminController('dashboard', 'Dashboard')
export class DashboardController {
  constructor(private readonly dashboard: DashboardService) {}

  @Get()
  @Operation('dashboard.read', 'Get figures and alerts', {
    description: 'Sums that a job keeps from the audit trail: they are some minutes late, and quick for any range.',
  })
  @ApiOkResponse({ type: DashboardDto })
  read(@CurrentTenant() tenant: Tenant, @Query() query: ReadDashboardDto): Promise<DashboardDto> {
    return this.dashboard.read(tenant, query);
  }
}
