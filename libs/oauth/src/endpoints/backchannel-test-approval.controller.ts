import { Controller, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import { OAuthError, Public } from '@tokenidp/kernel';
import { type Tenant, tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BackchannelRequests } from '../backchannel/backchannel-requests.service';
import { OAuthErrorFilter } from '../oauth-error.filter';
import { type FormSource, Parameters } from './form-parameters';
import { BACKCHANNEL_TEST_APPROVAL_PATH } from './paths';
import { contextOf, sendNothing } from './protocol-reply';
import { queryOf } from './request-source';

/**
 * @spec CIBA Core §7.2 — how a test suite plays the user: in a tenant for tests that allows it, and nowhere else.
 * What is asked for stands in the query or in the form.
 */
@Public()
@Controller()
@UseFilters(OAuthErrorFilter)
export class BackchannelTestApprovalController {
  constructor(private readonly requests: BackchannelRequests) {}

  @Post(BACKCHANNEL_TEST_APPROVAL_PATH)
  @HttpCode(200)
  async decide(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const tenant = tenantOf(request);
    if (!mayTest(tenant)) throw new OAuthError('invalid_request', 'there is nothing here', { status: 404 });
    const [query, form] = [Parameters.parse(queryOf(request)), Parameters.parse(request.body as FormSource)];
    const value = (name: string): string => query.get(name) ?? form.get(name) ?? '';
    const decision = value('action');
    if (decision !== 'allow' && decision !== 'deny') throw new OAuthError('invalid_request', 'action is allow or deny');
    const id = await this.requests.findByAuthReqId(tenant, value('auth_req_id'));
    const answer = { id: id ?? '', decision, session: null, context: contextOf(request) } as const;
    if (!(await this.requests.decide(tenant, answer))) {
      throw new OAuthError('invalid_request', 'no such request waits for an answer');
    }
    sendNothing(reply);
  }
}

function mayTest({ sandbox, settings }: Tenant): boolean {
  return sandbox && settings.backchannel.testApproval;
}
