import { Body, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant, TenantsService } from '@tokenidp/tenancy';
import {
  DryRunDto,
  ImportKeyDto,
  KeyDto,
  KeyPageDto,
  KeyPolicyDto,
  KeySetDto,
  ListKeysDto,
  PatchKeyPolicyDto,
  RevocationDto,
  RevokeKeyDto,
  RotateKeyDto,
  RotationDto,
} from '../dto/key.dto';
import { KeysAdmin } from './keys.admin';

@AdminController('keys', 'Signing keys')
export class KeysController {
  constructor(
    private readonly keys: KeysAdmin,
    private readonly tenants: TenantsService,
  ) {}

  @Get()
  @Operation('keys.read', 'List signing keys', { description: 'With what happens to each next, and when.' })
  @ApiOkResponse({ type: KeyPageDto })
  list(@CurrentTenant() tenant: Tenant, @Query() query: ListKeysDto): Promise<KeyPageDto> {
    return this.keys.list(tenant, query);
  }

  @Get('policy')
  @Operation('keys.read', 'Get the rotation policy', { description: 'The same as `keys` of the settings.' })
  @ApiOkResponse({ type: KeyPolicyDto })
  async policy(@CurrentTenant() tenant: Tenant): Promise<KeyPolicyDto> {
    return this.keys.policy(await this.tenants.describe(tenant.id));
  }

  @Patch('policy')
  @Operation('keys.write', 'Change the rotation policy', {
    description: 'The same as `keys` of the settings; null goes back to the default.',
    ifMatch: true,
  })
  @ApiOkResponse({ type: KeyPolicyDto })
  updatePolicy(
    @CurrentTenant() tenant: Tenant,
    @Body() patch: PatchKeyPolicyDto,
    @Call() call: AdminCall,
  ): Promise<KeyPolicyDto> {
    return this.keys.updatePolicy(tenant, patch, call);
  }

  @Get('export')
  @Operation('keys.read', 'Export the public keys', { description: 'A JWK set (RFC 7517), as it is published.' })
  @ApiOkResponse({ type: KeySetDto })
  export(@CurrentTenant() tenant: Tenant): Promise<KeySetDto> {
    return this.keys.export(tenant);
  }

  @Post('rotate')
  @Operation('keys.rotate', 'Rotate a signing key', {
    description: 'The next key signs as soon as it has been published for its lead time; nothing that is out breaks.',
    errors: ['conflict'],
  })
  @ApiOkResponse({ type: RotationDto })
  rotate(
    @CurrentTenant() tenant: Tenant,
    @Body() input: RotateKeyDto,
    @Query() { dryRun }: DryRunDto,
    @Call() call: AdminCall,
  ): Promise<RotationDto> {
    return dryRun ? this.keys.previewRotation(tenant, input) : this.keys.rotate(tenant, input, call);
  }

  @Post('import')
  @Operation('keys.write', 'Import a private key', {
    description: 'It becomes the next key of its algorithm, in the place of one that has not signed yet.',
    status: 201,
    errors: ['conflict'],
  })
  @ApiCreatedResponse({ type: KeyDto })
  import(@CurrentTenant() tenant: Tenant, @Body() input: ImportKeyDto, @Call() call: AdminCall): Promise<KeyDto> {
    return this.keys.import(tenant, input, call);
  }

  @Get(':kid')
  @Operation('keys.read', 'Get a signing key', { errors: ['not-found'] })
  @ApiOkResponse({ type: KeyDto })
  get(@CurrentTenant() tenant: Tenant, @Param('kid') kid: string): Promise<KeyDto> {
    return this.keys.get(tenant, kid);
  }

  @Get(':kid/revocation')
  @Operation('keys.read', 'Say what the revocation of a signing key would break', { errors: ['not-found', 'conflict'] })
  @ApiOkResponse({ type: RevocationDto })
  previewRevocation(@CurrentTenant() tenant: Tenant, @Param('kid') kid: string): Promise<RevocationDto> {
    return this.keys.previewRevocation(tenant, kid);
  }

  @Post(':kid/revoke')
  @Operation('keys.revoke', 'Revoke a signing key', {
    description: 'For a key that others may know: gone at once, and every token that it has signed with it.',
    errors: ['not-found', 'conflict'],
  })
  @ApiOkResponse({ type: RevocationDto })
  revoke(
    @CurrentTenant() tenant: Tenant,
    @Param('kid') kid: string,
    @Body() { reason }: RevokeKeyDto,
    @Call() call: AdminCall,
  ): Promise<RevocationDto> {
    return this.keys.revoke(tenant, kid, reason, call);
  }
}
