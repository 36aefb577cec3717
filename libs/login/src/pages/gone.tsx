import type { VNode } from 'preact';
import type { AppLink, PageFrame } from './frame';
import { Layout } from './layout';
import { Heading, WayOn } from './parts';

/** An interaction that cannot go on here: expired, answered already, or begun in another browser. */
export interface GoneView {
  cause: 'expired' | 'browser';
  /** Who is signed in, when somebody is. */
  user?: string;
  app?: AppLink;
}

export function GonePage({ frame, view }: { frame: PageFrame; view: GoneView }): VNode {
  const { texts, tenant } = frame;
  return (
    <Layout frame={frame} title="gone.title">
      <Words frame={frame} view={view} />
      {view.app ? (
        <WayOn href={view.app.href}>{texts.text('gone.wayApp', { app: view.app.name })}</WayOn>
      ) : (
        <WayOn href={tenant.home}>{texts.text('gone.wayHome', { tenant: tenant.name })}</WayOn>
      )}
    </Layout>
  );
}

function Words({ frame: { texts }, view }: { frame: PageFrame; view: GoneView }): VNode {
  if (view.user) {
    const user = <strong>{view.user}</strong>;
    return (
      <Heading lead={texts.rich('gone.expired.leadSignedIn', { user })}>
        {texts.text('gone.expired.headingSignedIn')}
      </Heading>
    );
  }
  return <Heading lead={texts.text(`gone.${view.cause}.lead`)}>{texts.text(`gone.${view.cause}.heading`)}</Heading>;
}
