import type { VNode } from 'preact';
import type { AppLink, PageFrame } from './frame';
import { Layout } from './layout';
import { Heading, WayOn } from './parts';

export interface SignedOutView {
  app?: AppLink;
}

export function SignedOutPage({ frame, view }: { frame: PageFrame; view: SignedOutView }): VNode {
  const { texts, tenant } = frame;
  return (
    <Layout frame={frame} title="signedOut.title">
      <Heading lead={texts.text('signedOut.lead', { tenant: tenant.name })}>{texts.text('signedOut.heading')}</Heading>
      {view.app ? (
        <WayOn href={view.app.href}>{texts.text('signedOut.back', { app: view.app.name })}</WayOn>
      ) : (
        <WayOn href={tenant.home}>{texts.text('signedOut.home', { tenant: tenant.name })}</WayOn>
      )}
    </Layout>
  );
}
