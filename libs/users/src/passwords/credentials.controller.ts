import { Body, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { type AdminCall, AdminController, Call, IdPipe, Operation } from '@tokenidp/admin-api';
import { CurrentTenant, type Tenant } from '@tokenidp/tenancy';
import { changeOf } from '../admin-change';
import { CredentialsDto } from '../dto/credential.dto';
import { SetPasswordDto, UserDto } from '../dto/user.dto';
import { userView } from '../users.admin';
import { UsersService } from '../users.service';
import { CredentialsService } from './credentials.service';
import { PasswordChanges } from './password-changes.service';

@AdminController('users/:userId', 'Users')
export class CredentialsController {
  constructor(
    private readonly users: UsersService,
    private readonly credentials: CredentialsService,
    private readonly passwords: PasswordChanges,
  ) {}

  @Get('credentials')
  @Operation('users.read', 'List the credentials of a user', {
    description: 'Kinds, names and instants; never what they are proven with.',
    errors: ['not-found'],
  })
  @ApiOkResponse({ type: CredentialsDto })
  async list(@CurrentTenant() tenant: Tenant, @Param('userId', IdPipe) userId: string): Promise<CredentialsDto> {
    return { items: await this.credentials.list(tenant, userId) };
  }

  @Put('password')
  @Operation('users.credentials', 'Set the password of a user', {
    description: "The tenant's policy applies. Nobody does it to somebody who holds more than they do.",
    status: 204,
    errors: ['not-found', 'unavailable'],
  })
  async setPassword(
    @CurrentTenant() tenant: Tenant,
    @Param('userId', IdPipe) userId: string,
    @Body() input: SetPasswordDto,
    @Call() call: AdminCall,
  ): Promise<void> {
    await this.users.setPassword(tenant, userId, input, changeOf(call));
  }

  @Post('password/expire')
  @Operation('users.credentials', 'Have a user choose another password', {
    description: 'At the next sign-in, or as soon as an application sends the user here, before anything else goes on.',
    errors: ['not-found', 'conflict'],
  })
  @ApiOkResponse({ type: UserDto })
  async expirePassword(
    @CurrentTenant() tenant: Tenant,
    @Param('userId', IdPipe) userId: string,
    @Call() call: AdminCall,
  ): Promise<UserDto> {
    return userView(await this.passwords.expire(tenant, userId, changeOf(call)));
  }

  @Delete('credentials/:id')
  @Operation('users.credentials', 'Remove a credential of a user', { status: 204, errors: ['not-found'] })
  async delete(
    @CurrentTenant() tenant: Tenant,
    @Param('userId', IdPipe) userId: string,
    @Param('id', IdPipe) id: string,
    @Call() call: AdminCall,
  ): Promise<void> {
    await this.credentials.delete(tenant, userId, id, changeOf(call));
  }

  @Post('unlock')
  @Operation('users.write', 'Unlock a user', {
    description: 'Failures are forgotten, and credentials that were disabled by them are of use again.',
    errors: ['not-found'],
  })
  @ApiOkResponse({ type: UserDto })
  async unlock(
    @CurrentTenant() tenant: Tenant,
    @Param('userId', IdPipe) userId: string,
    @Call() call: AdminCall,
  ): Promise<UserDto> {
    return userView(await this.credentials.unlock(tenant, userId, changeOf(call)));
  }
}
