/** @spec OAuth 2.1 §4.1.1, OIDC Core §3.1.2.1 — a new request: answered at once where nothing is needed, else sent to the pages. */
import { Injectable } from '@nestjs/common';
import { OAuthError } from '@tokenidp/kernel';
import { ClientDocuments } from '../client-auth/client-documents';
import { type FormSource, Parameters } from '../endpoints/form-parameters';
import { contextOf } from '../endpoints/protocol-reply';
import { hidesCookies } from '../endpoints/request-source';
import { AuthorizationFlow } from './authorization-flow';
import { AuthorizationRequest } from './authorization-request';
import { REPEATABLE } from './authorize.pipeline';
import { type AuthorizationOutcome, SessionPort } from './interaction';
import { type Exchange, InteractionStarts } from './interaction-starts.service';

@Injectable()
export class AuthorizeService {
  constructor(
    private readonly flow: AuthorizationFlow,
    private readonly sessions: SessionPort,
    private readonly starts: InteractionStarts,
    private readonly documents: ClientDocuments,
  ) {}

  async start(exchange: Exchange, source: FormSource): Promise<AuthorizationOutcome> {
    const { tenant, http } = exchange;
    const { parameters, fault } = Parameters.read(source, REPEATABLE);
    const request = new AuthorizationRequest(parameters, fault);
    const failure = (await this.unknown(exchange, parameters)) ?? (await this.flow.narrow(tenant, request));
    if (failure) return failure;
    const session = await this.sessions.find(tenant, http);
    if (!session && hidesCookies(http)) return this.starts.begin(exchange, request);
    if (session) this.sessions.showBrowserState(tenant, session, { request: http, reply: exchange.reply });
    const answer = await this.flow.advance({ tenant, request, session, context: contextOf(http) });
    return answer ?? this.starts.begin(exchange, request);
  }
  /** Of a client that describes itself: the page that says why it cannot be known, or null. */
  private async unknown({ tenant, http }: Exchange, parameters: Parameters): Promise<AuthorizationOutcome | null> {
    try {
      await this.documents.refresh(tenant, parameters.get('client_id'), contextOf(http));
      return null;
    } catch (error) {
      if (error instanceof OAuthError) return { kind: 'error-page', error };
      throw error;
    }
  }
}
