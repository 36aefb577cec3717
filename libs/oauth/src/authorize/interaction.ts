/**
 * @spec OIDC Core §3.1.2.3, §3.1.2.4 — the seam between the protocol and the pages that authenticate and ask.
 * `oauth` sends the browser to an interaction and is resumed through this file; it never sees the pages.
 */
import type { Client } from '@tokenidp/clients';
import type { Transaction } from '@tokenidp/database';
import type { OAuthError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A user's sign-in at the provider, read with its user in one query. */
export interface AuthenticatedSession {
  /** row id */
  id: string;
  /** what clients know the session by */
  sid: string;
  userId: string;
  user: User;
  /** to the millisecond: a login counts for an interaction when it is not older than the interaction */
  authTime: Date;
  amr: string[];
  acr: string;
  /** row ids of the clients that have already joined the session */
  clientIds: readonly string[];
}

/** What `oauth` asks of whoever keeps the sessions. */
export abstract class SessionPort {
  /** Every acr the sign-in can reach, weakest first. */
  abstract readonly acrValues: readonly string[];
  /** The live session of the request's browser, its user active; at most one read. */
  abstract find(tenant: Tenant, request: FastifyRequest): Promise<AuthenticatedSession | null>;
  abstract isLive(tenantId: string, sessionId: string): Promise<boolean>;
  /** Remembers that a client takes part in the session, so that logout reaches it. Called once per session and client. */
  abstract join(tenantId: string, sessionId: string, clientId: string, tx: Transaction): Promise<void>;
  /** Marks the session as ended, once: null when it was before. Called by `SignOut`, which does what follows from it. */
  abstract end(tenantId: string, sessionId: string, tx: Transaction): Promise<EndedSession | null>;
  /** Marks at most `batch` sessions as ended whose time is over, of whatever tenant, each once. Called by `SignOut` too. */
  abstract endExpired(batch: number, tx: Transaction): Promise<ExpiredSession[]>;
  /** Takes from the browser what it knew the session by. */
  abstract dropCookies(tenant: Tenant, reply: FastifyReply): void;
  /** What the browser shows clients of this session (OIDC Session Management §3.2); undefined where that is not offered. */
  abstract browserState(tenant: Tenant, session: AuthenticatedSession): string | undefined;
  /** Gives the browser that state, unless it has it. */
  abstract showBrowserState(tenant: Tenant, session: AuthenticatedSession, exchange: BrowserExchange): void;
  /** `observer` hears of every session that is ended, whoever does it. */
  abstract observe(observer: SessionObserver): void;
}

export interface BrowserExchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** A session that has just ended, and who took part in it. */
export interface EndedSession {
  /** row id */
  id: string;
  userId: string;
  clients: readonly SessionClient[];
}

/** One that nobody has ended: its time was over. */
export interface ExpiredSession extends EndedSession {
  tenantId: string;
}

export interface SessionClient {
  client_id: string;
  /** has a `backchannel_logout_uri` */
  isBackchannel: boolean;
}

export interface SessionObserver {
  /** In the transaction that ends the session. */
  sessionEnded(tenantId: string, ended: EndedSession, tx: Transaction): Promise<void>;
}

/** One scope on the consent page. Names of OIDC scopes are the page's to translate; their texts here are empty. */
export interface ScopeView {
  name: string;
  displayName: string;
  description: string;
  sensitive: boolean;
  /** false when the user allowed it before */
  isNew: boolean;
  /** of authorization details: their members, each to be shown (RFC 9396) */
  facts?: readonly { name: string; value: string }[];
}

/** Scopes of one API, or of the provider itself when `resource` is absent. */
export interface ScopeGroup {
  resource?: { identifier: string; name: string };
  scopes: ScopeView[];
}

/** How long what is about to be granted can be used. */
export interface GrantLifetime {
  accessTokenSeconds: number;
  /** present when the client gets a refresh token that outlives the session */
  offline?: { idleSeconds: number; absoluteSeconds: number };
}

/** What lets a user recognise the device that waits (RFC 8628 §3.3.1, §5.4). */
export interface DeviceView {
  /** as the device shows it */
  userCode: string;
  /** where the device asked from */
  ip: string;
  /** since the device asked */
  ageSeconds: number;
}

/** Everything the pages may know of a pending authorization request. */
export interface InteractionView {
  id: string;
  client: Client;
  /** what is needed next; 'none' means: call `resume`, nothing has to be shown */
  prompt: 'login' | 'password' | 'consent' | 'none';
  /** why the user must sign in although signed in already; absent for a first sign-in */
  reauthentication?: 'prompt' | 'select_account' | 'create' | 'max_age' | 'other_user' | 'acr';
  /** a new account would do as well as a sign-in: the page offers one, or it is what the client asks for first */
  registration?: 'offered' | 'asked';
  loginHint?: string;
  /** BCP 47 tags in order of preference; unknown ones are to be ignored */
  uiLocales: string[];
  /** requested authentication context classes, in order of preference */
  acrValues: string[];
  display?: string;
  /** on the consent page: what is asked for, and what the form must send back as `shown` */
  consent?: { groups: ScopeGroup[]; lifetime: GrantLifetime; shown: string };
  /** where the browser goes in the end: needed in `form-action`, and shown to the user; absent when it stays here */
  redirectUri?: string;
  /** present when a device asks, and not an app that waits behind a redirect */
  device?: DeviceView;
  expiresAt: Date;
}

/** Why there is nothing to show: unknown, used or timed out; or started in another browser (S-044). */
export interface InteractionGone {
  gone: 'expired' | 'browser';
  /** the client, when the interaction is known and this browser's: a way back */
  client?: Client;
  /** it was about a device's request */
  isDevice?: boolean;
}

/** The answer of the consent form. `shown` is the view's value: what was shown is exactly what is granted (S-152). */
export type ConsentDecision = { consent: 'allow'; shown: string } | { consent: 'deny' };

export interface InteractionCall {
  id: string;
  request: FastifyRequest;
  /** the browser's session, the one just begun included */
  session: AuthenticatedSession | null;
}

/** A response of an endpoint that the browser carries to the client, in the request's response mode. */
export type AuthorizationResponse =
  | { mode: 'redirect'; location: string }
  | { mode: 'form'; action: string; fields: Record<string, string>; client: Client };

export type AuthorizationOutcome =
  | { kind: 'respond'; response: AuthorizationResponse; refused?: { error: OAuthError; client: Client } }
  | { kind: 'interaction'; url: string }
  | { kind: 'error-page'; error: OAuthError; client?: Client; continueTo?: string };

/** What the pages may do with a pending authorization request. */
export abstract class Interactions {
  /** Reads the interaction for showing a page; changes nothing. */
  abstract find(tenant: Tenant, call: InteractionCall): Promise<InteractionView | InteractionGone>;
  /**
   * Goes on after a sign-in, or with the answer of the consent form: a response for the client, or the
   * interaction again when more is needed, or an error page. Send it with `AuthorizationResponder.send`.
   */
  abstract resume(tenant: Tenant, call: InteractionCall, decision?: ConsentDecision): Promise<AuthorizationOutcome>;
  /** The user turned away: `access_denied` for the client. */
  abstract cancel(tenant: Tenant, call: InteractionCall): Promise<AuthorizationOutcome>;
}

/** A finished page: the renderer decides on its headers (CSP with nonces, language), never on caching. */
export interface RenderedPage {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface ErrorPage {
  error: OAuthError;
  /** known when the error is not about the client itself */
  client?: Client;
  /** S-026: the client's redirect URI with the error, for the user to follow if the client is trusted */
  continueTo?: string;
}

export interface FormPostPage {
  client: Client;
  /** registered redirect URI; its origin belongs in `form-action` */
  action: string;
  fields: Record<string, string>;
}

export interface LogoutConfirmPage {
  session: AuthenticatedSession;
  client?: Client;
  /** absolute URL the form is posted to, with the one hidden field `confirmation` */
  action: string;
  confirmation: string;
  /** where the browser is sent afterwards: needed in `form-action` */
  redirectUri?: string;
}

export interface SignedOutPage {
  client?: Client;
  /** addresses to load unseen; their origins belong in `frame-src` */
  frames: readonly string[];
  /** where the browser goes on by itself, once they are loaded or after a few seconds */
  continueTo?: string;
}

/** Pages that `oauth` needs, rendered by whoever has the templates. Every value is to be escaped. */
export abstract class PagePort {
  /** Without a tenant while nobody can say whose page it is. */
  abstract error(tenant: Tenant | undefined, request: FastifyRequest, page: ErrorPage): RenderedPage;
  abstract formPost(tenant: Tenant, request: FastifyRequest, page: FormPostPage): RenderedPage;
  abstract logoutConfirm(tenant: Tenant, request: FastifyRequest, page: LogoutConfirmPage): RenderedPage;
  abstract signedOut(tenant: Tenant, request: FastifyRequest, page: SignedOutPage): RenderedPage;
  /** The page that clients embed to ask whether the session has changed (OIDC Session Management §3.3). */
  abstract checkSession(tenant: Tenant): RenderedPage;
}
