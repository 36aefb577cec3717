/** @spec OAuth 2.1 §7.10 — a form counts only from the browser that its page was made for, the sign-in form too (S-124). */
import { Injectable } from '@nestjs/common';
import { KeyedHash } from '@tokenidp/kernel';
import { type Tenant, tenantOf } from '@tokenidp/tenancy';
import type { FastifyRequest } from 'fastify';

const PURPOSE = 'login.csrf';

/** What a form's value is bound to: the form's subject and a secret that only the right browser holds. */
export interface CsrfBinding {
  tenant: Tenant;
  /** e.g. `interaction:<id>` */
  subject: string;
  /** e.g. the interaction cookie; an absent one never matches */
  secret: string | undefined;
}

@Injectable()
export class Csrf {
  constructor(private readonly keyedHash: KeyedHash) {}

  /** The value of the form's hidden field; nothing is stored. */
  issue(binding: CsrfBinding): string {
    return this.keyedHash.hash(PURPOSE, boundText(binding));
  }

  /** True when the field has the value of this binding and the browser does not say that another site sent the form. */
  isGenuine(request: FastifyRequest, binding: CsrfBinding, sent: string | undefined): boolean {
    if (sent === undefined || !binding.secret || isForeign(request)) return false;
    return this.keyedHash.verify(PURPOSE, boundText(binding), sent);
  }
}

/** JSON, so that no two bindings make the same text. */
function boundText({ tenant, subject, secret }: CsrfBinding): string {
  return JSON.stringify([tenant.id, subject, secret ?? null]);
}

/**
 * What the browser itself says of the form's origin. `Origin: null` is what a page with `no-referrer` sends, so it
 * says nothing; a browser without these headers is judged by the value alone.
 */
export function isForeign(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return true;
  const { origin } = request.headers;
  return origin !== undefined && origin !== 'null' && origin !== new URL(tenantOf(request).issuer).origin;
}
