import type { VNode } from 'preact';
import type { PageFrame } from './frame';
import { Layout } from './layout';
import { Heading, WayOn } from './parts';

export interface HomeView {
  user?: string;
  /** Address of the sign-out page. */
  signOut: string;
}

export function HomePage({ frame, view }: { frame: PageFrame; view: HomeView }): VNode {
  const { texts, tenant } = frame;
  const lead = view.user
    ? texts.rich('home.signedIn', { user: <strong>{view.user}</strong> })
    : texts.text('home.signedOut');
  return (
    <Layout frame={frame} title="home.title">
      <Heading lead={lead}>{texts.text('home.heading', { tenant: tenant.name })}</Heading>
      {view.user ? <WayOn href={view.signOut}>{texts.text('home.signOut')}</WayOn> : null}
    </Layout>
  );
}
