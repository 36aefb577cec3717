import type { VNode } from 'preact';
import type { AppLink, PageFrame } from './frame';
import { Layout } from './layout';
import { Heading, WayOn } from './parts';
import type { TextKey } from '../i18n/texts';

export const ERROR_REASONS = [
  'invalid_client',
  'invalid_redirect_uri',
  'unauthorized_client',
  'invalid_request',
  'access_denied',
  'not_found',
  'temporarily_unavailable',
  'server_error',
  'other',
] as const;
export type ErrorReason = (typeof ERROR_REASONS)[number];

export interface ErrorView {
  reason: ErrorReason;
  requestId: string;
  retryAfterSeconds?: number;
  /** The protocol's own words, in English: safe to show, useful to whoever builds the app. */
  detail?: string;
  /** The app that the user came from, when it is known and has an address. */
  app?: AppLink;
  /** A client that is not to be trusted blindly: its address with the error, to follow by choice (S-026). */
  onward?: { host: string; href: string };
}

export function ErrorPage({ frame, view }: { frame: PageFrame; view: ErrorView }): VNode {
  const { texts, tenant } = frame;
  const reason: TextKey = `error.${view.reason}`;
  const time = texts.duration(view.retryAfterSeconds ?? 60);
  return (
    <Layout frame={frame} title="error.title">
      <Heading lead={texts.text(reason, { tenant: tenant.name, time })}>{texts.text('error.heading')}</Heading>
      <RequestId frame={frame} view={view} />
      {view.onward ? <Onward frame={frame} onward={view.onward} /> : null}
      {view.app ? (
        <WayOn href={view.app.href}>{texts.text('error.wayApp', { app: view.app.name })}</WayOn>
      ) : (
        <WayOn href={tenant.home}>{texts.text('error.wayHome', { tenant: tenant.name })}</WayOn>
      )}
    </Layout>
  );
}

function RequestId({ frame: { texts }, view }: { frame: PageFrame; view: ErrorView }): VNode {
  return (
    <div class="request">
      <div class="request-head">
        <p class="request-label">{texts.text('error.requestId')}</p>
        <button type="button" class="copy" hidden data-copy="request-id" data-done={texts.text('error.copied')}>
          {texts.text('error.copy')}
        </button>
      </div>
      <p class="request-id">
        <code id="request-id">{view.requestId}</code>
      </p>
      <p class="hint">{texts.text('error.requestIdHint')}</p>
      {view.detail ? (
        <>
          <p class="request-label">{texts.text('error.detail')}</p>
          <p class="request-detail" lang="en">
            {view.detail}
          </p>
        </>
      ) : null}
    </div>
  );
}

function Onward({ frame: { texts }, onward }: { frame: PageFrame; onward: { host: string; href: string } }): VNode {
  return (
    <p class="onward">
      {texts.text('error.continueHint', { host: onward.host })}{' '}
      <a href={onward.href} rel="noreferrer">
        {texts.text('error.continue', { host: onward.host })}
      </a>
    </p>
  );
}
