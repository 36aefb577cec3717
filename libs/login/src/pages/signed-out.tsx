/** @spec OIDC Front-Channel Logout §3 — each client's page in a frame nobody sees; then the browser goes on, with or without script. */
import type { VNode } from 'preact';
import type { AppLink, PageFrame } from './frame';
import { Layout } from './layout';
import { Heading, WayOn } from './parts';

export interface SignedOutView {
  app?: AppLink;
  /** Addresses that tell apps of the sign-out. */
  frames: readonly string[];
  /** Where the browser goes on by itself. */
  continueTo?: string;
}

/** A frame that never ends loading holds nobody up for longer. */
const SECONDS = 4;

export function SignedOutPage({ frame, view }: { frame: PageFrame; view: SignedOutView }): VNode {
  const { texts, tenant } = frame;
  const { continueTo } = view;
  const onward = continueTo && <meta http-equiv="refresh" content={`${SECONDS};url=${continueTo}`} />;
  return (
    <Layout frame={frame} title="signedOut.title" meta={onward}>
      <Heading lead={texts.text('signedOut.lead', { tenant: tenant.name })}>{texts.text('signedOut.heading')}</Heading>
      {continueTo ? <Onward frame={frame} view={view} href={continueTo} /> : <WayBack frame={frame} view={view} />}
      {view.frames.map((address) => (
        <iframe key={address} src={address} title="" hidden sandbox="allow-scripts allow-same-origin allow-forms" />
      ))}
    </Layout>
  );
}

interface PartProps {
  frame: PageFrame;
  view: SignedOutView;
}

function WayBack({ frame: { texts, tenant }, view }: PartProps): VNode {
  if (view.app) return <WayOn href={view.app.href}>{texts.text('signedOut.back', { app: view.app.name })}</WayOn>;
  return <WayOn href={tenant.home}>{texts.text('signedOut.home', { tenant: tenant.name })}</WayOn>;
}

function Onward({ frame: { texts }, href }: PartProps & { href: string }): VNode {
  return (
    <p class="actions" data-continue={SECONDS}>
      <a class="button primary" href={href}>
        {texts.text('signedOut.continue')}
      </a>
    </p>
  );
}
