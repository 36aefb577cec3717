import { Body, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { AdminController, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { AccessExplanations } from './access-explanations.service';
import { ClaimsPreview } from './claims-preview.service';
import { AccessExplanationDto, ExplainAccessDto } from './dto/access-explanation.dto';
import { ClaimsPreviewDto, ClaimsPreviewResultDto } from './dto/claims-preview.dto';

@AdminController('', 'Previews')
export class PreviewsController {
  constructor(
    private readonly claims: ClaimsPreview,
    private readonly explanations: AccessExplanations,
  ) {}

  @Post('claims-preview')
  @Operation('clients.read', 'Preview the tokens of an application', {
    description: 'What would be issued right now, made by the code that issues; nothing is signed or stored.',
    errors: ['not-found'],
  })
  @ApiOkResponse({ type: ClaimsPreviewResultDto })
  previewClaims(@CurrentTenant() tenant: Tenant, @Body() input: ClaimsPreviewDto): Promise<ClaimsPreviewResultDto> {
    return this.claims.preview(tenant, input);
  }

  @Post('access-explanation')
  @Operation('users.read', 'Explain what a user may use', {
    description: 'The rules between a user and an application or a permission, in the order in which they act.',
    errors: ['not-found'],
  })
  @ApiOkResponse({ type: AccessExplanationDto })
  explainAccess(@CurrentTenant() tenant: Tenant, @Body() input: ExplainAccessDto): Promise<AccessExplanationDto> {
    return this.explanations.explain(tenant, input);
  }
}
