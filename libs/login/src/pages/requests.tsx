/** @spec CIBA Core §7.1, §10 — who asks, what for, and the message that the other screen shows, too (S-147, S-161). */
import type { VNode } from 'preact';
import { type ConsentGroup, ScopeGroups } from './consent';
import type { FormTarget, PageFrame } from './frame';
import { Layout } from './layout';
import { Alert, Csrf, Heading } from './parts';

export interface WaitingRequest {
  id: string;
  form: FormTarget;
  app: string;
  /** What the other screen shows. */
  message?: string | undefined;
  groups: ConsentGroup[];
  ageSeconds: number;
}

export interface RequestsView {
  user: string;
  waiting: WaitingRequest[];
  /** How the last answer ended. */
  told?: 'allowed' | 'denied' | 'over' | undefined;
  /** About a form. */
  alert?: string | undefined;
}

export function RequestsPage({ frame, view }: { frame: PageFrame; view: RequestsView }): VNode {
  const { texts } = frame;
  const isEmpty = view.waiting.length === 0;
  return (
    <Layout frame={frame} title="requests.title">
      <Heading lead={texts.rich('consent.signedInAs', { user: <strong>{view.user}</strong> })}>
        {texts.text(isEmpty ? 'requests.headingNone' : 'requests.heading')}
      </Heading>
      {view.alert ? <Alert>{view.alert}</Alert> : null}
      {view.told ? (
        <p class="told" role="status">
          {texts.text(`requests.${view.told}`)}
        </p>
      ) : null}
      {isEmpty ? <p class="hint">{texts.text('requests.none')}</p> : null}
      {view.waiting.map((request) => (
        <Waiting key={request.id} frame={frame} request={request} />
      ))}
    </Layout>
  );
}

function Waiting({ frame, request }: { frame: PageFrame; request: WaitingRequest }): VNode {
  const { texts } = frame;
  const { app, message, ageSeconds, groups, form } = request;
  return (
    <article class="waiting">
      <p class="ask">
        {texts.rich('requests.asks', { app: <strong>{app}</strong>, time: texts.duration(ageSeconds) })}
      </p>
      {message ? (
        <section class="device">
          <h2>{texts.text('requests.message')}</h2>
          <p class="message">{message}</p>
          <p class="device-text">{texts.text('requests.messageCheck')}</p>
        </section>
      ) : (
        <p class="hint check-hint">{texts.text('requests.check')}</p>
      )}
      <ScopeGroups groups={groups} frame={frame} />
      <form method="post" action={form.action}>
        <Csrf value={form.csrf} />
        <div class="actions pair">
          <button class="button primary" type="submit" name="decision" value="allow">
            {texts.text('consent.allow')}
          </button>
          <button class="button" type="submit" name="decision" value="deny">
            {texts.text('consent.deny')}
          </button>
        </div>
      </form>
    </article>
  );
}
