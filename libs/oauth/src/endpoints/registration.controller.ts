import { Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res, UseFilters } from '@nestjs/common';
import { type Registration, type RegistrationCall, RegistrationService } from '@tokenidp/clients';
import { Public } from '@tokenidp/kernel';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OAuthErrorFilter } from '../oauth-error.filter';
import { headerCredential } from './access-credential';
import { CLIENT_CONFIGURATION_PATH, REGISTRATION_PATH } from './paths';
import { contextOf, sendJson, sendNothing } from './protocol-reply';
import { inRegistrationDialect, metadataOf, registrationResponse } from './registration-response';

/** @spec RFC 7591 §3, RFC 7592 §2 — clients that register themselves, and look after what they registered. */
@Public()
@Controller()
@UseFilters(OAuthErrorFilter)
export class RegistrationController {
  constructor(private readonly registration: RegistrationService) {}

  @Post(REGISTRATION_PATH)
  @HttpCode(201)
  async register(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const call = callOf(request);
    this.send(
      call,
      reply,
      await inRegistrationDialect(() => this.registration.register(call, metadataOf(request.body))),
    );
  }

  @Get(CLIENT_CONFIGURATION_PATH)
  async read(@Req() request: FastifyRequest, @Param('clientId') id: string, @Res() reply: FastifyReply): Promise<void> {
    const call = callOf(request);
    this.send(call, reply, await inRegistrationDialect(() => this.registration.read(call, id)));
  }

  @Put(CLIENT_CONFIGURATION_PATH)
  @HttpCode(200)
  async replace(
    @Req() request: FastifyRequest,
    @Param('clientId') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const call = callOf(request);
    const replaced = inRegistrationDialect(() => this.registration.replace(call, id, metadataOf(request.body)));
    this.send(call, reply, await replaced);
  }

  @Delete(CLIENT_CONFIGURATION_PATH)
  @HttpCode(204)
  async remove(
    @Req() request: FastifyRequest,
    @Param('clientId') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const call = callOf(request);
    await inRegistrationDialect(() => this.registration.remove(call, id));
    sendNothing(reply);
  }

  private send({ tenant }: RegistrationCall, reply: FastifyReply, registration: Registration): void {
    sendJson(reply, JSON.stringify(registrationResponse(tenant, registration)));
  }
}

function callOf(request: FastifyRequest): RegistrationCall {
  const credential = headerCredential(request.headers.authorization);
  const token = credential?.scheme === 'Bearer' ? credential.token : undefined;
  return { tenant: tenantOf(request), context: contextOf(request), ...(token === undefined ? {} : { token }) };
}
