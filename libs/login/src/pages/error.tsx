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
  'forbidden',
  'cookies',
  'temporarily_unavailable',
  'server_error',
  'other',
] as const;
export type ErrorReason = (typeof ERROR_REASONS)[number];

export interface ErrorView {
  reason: ErrorReason;
  requestId: string;
  retryAfterSeconds?: number;
  /** The app that the user came from, when it is known and has an address. */
  app?: AppLink;
}

export function ErrorPage({ frame, view }: { frame: PageFrame; view: ErrorView }): VNode {
  const { texts, tenant } = frame;
  const reason: TextKey = `error.${view.reason}`;
  const time = texts.duration(view.retryAfterSeconds ?? 60);
  return (
    <Layout frame={frame} title="error.title">
      <Heading lead={texts.text(reason, { tenant: tenant.name, time })}>{texts.text('error.heading')}</Heading>
      <RequestId frame={frame} id={view.requestId} />
      {view.app ? (
        <WayOn href={view.app.href}>{texts.text('error.wayApp', { app: view.app.name })}</WayOn>
      ) : (
        <WayOn href={tenant.home}>{texts.text('error.wayHome', { tenant: tenant.name })}</WayOn>
      )}
    </Layout>
  );
}

function RequestId({ frame: { texts }, id }: { frame: PageFrame; id: string }): VNode {
  return (
    <div class="request">
      <p class="request-label">{texts.text('error.requestId')}</p>
      <p class="request-id">
        <code id="request-id">{id}</code>
        <button type="button" class="copy" hidden data-copy="request-id" data-done={texts.text('error.copied')}>
          {texts.text('error.copy')}
        </button>
      </p>
      <p class="hint">{texts.text('error.requestIdHint')}</p>
    </div>
  );
}
