/** @spec OAuth 2.1 §7.9, RFC 8628 §3.3.1 — who asks, what for and for how long, in words the user can weigh (S-151). */
import type { VNode } from 'preact';
import type { FormTarget, PageFrame } from './frame';
import { Layout, Monogram, TenantTile } from './layout';
import { Alert, CheckIcon, Csrf, Heading, Notice } from './parts';

export interface ConsentView {
  form: FormTarget;
  /** Goes back with the answer: what was shown is what is granted (S-152). */
  shown: string;
  user: string;
  /** About the form. */
  alert?: string;
  app: {
    name: string;
    /** 'metadata': it describes itself at an address, which is its name to us. */
    origin: 'self' | 'metadata' | 'admin' | 'built-in';
    /** An address of ours. */
    logo?: string;
    /** Of `metadata`: the host of that address. */
    documentHost?: string;
    /** The host that the browser goes to afterwards; absent when it stays here. */
    host?: string | undefined;
    website?: string;
    policy?: string;
    terms?: string;
  };
  /** The device that waits for the answer, when one does. */
  device?: { code: string; ip: string; ageSeconds: number } | undefined;
  /** Only what is new; grouped per API, the account's own scopes first. */
  groups: ConsentGroup[];
  /** Something was allowed before. */
  more: boolean;
  lifetime: { kind: 'session'; seconds: number } | { kind: 'offline'; idleSeconds: number; seconds: number };
}

type Device = NonNullable<ConsentView['device']>;

export interface ConsentScope {
  name: string;
  description?: string;
  sensitive: boolean;
  /** What exactly, where the app asks for something in particular. */
  facts?: readonly { name: string; value: string }[];
}

export interface ConsentGroup {
  /** Absent for the user's account itself. */
  api?: string;
  scopes: ConsentScope[];
}

export function ConsentPage({ frame, view }: { frame: PageFrame; view: ConsentView }): VNode {
  const { texts } = frame;
  const app = <strong>{view.app.name}</strong>;
  return (
    <Layout frame={frame} title="consent.title" head={<Pair frame={frame} app={view.app} />}>
      <Heading lead={texts.rich('consent.signedInAs', { user: <strong>{view.user}</strong> })}>
        {texts.text(view.device ? 'consent.headingDevice' : 'consent.heading', { app: view.app.name })}
      </Heading>
      {view.alert ? <Alert>{view.alert}</Alert> : null}
      <Unchecked frame={frame} app={view.app} />
      {view.device ? <DeviceCheck frame={frame} device={view.device} /> : null}
      <p class="ask">{texts.rich(view.more ? 'consent.leadMore' : 'consent.lead', { app })}</p>
      <ScopeGroups groups={view.groups} frame={frame} />
      <Facts frame={frame} view={view} />
      <form method="post" action={view.form.action}>
        <Csrf value={view.form.csrf} />
        <input type="hidden" name="shown" value={view.shown} />
        <div class="actions pair">
          <button class="button primary" type="submit" name="decision" value="allow" id="consent-allow">
            {texts.text('consent.allow')}
          </button>
          <button class="button" type="submit" name="decision" value="deny" id="consent-deny">
            {texts.text('consent.deny')}
          </button>
        </div>
      </form>
    </Layout>
  );
}

/** Who nobody here has looked at is said so first, by the one thing that it cannot make up: where it is. */
function Unchecked({ frame: { texts, tenant }, app }: { frame: PageFrame; app: ConsentView['app'] }): VNode | null {
  if (app.origin === 'self') {
    return <Notice>{texts.text('consent.origin.self', { tenant: tenant.name, host: app.host ?? app.name })}</Notice>;
  }
  if (app.origin !== 'metadata' || app.documentHost === undefined) return null;
  const words = { tenant: tenant.name, host: <strong id="client-host">{app.documentHost}</strong> };
  return <Notice>{texts.rich('consent.origin.metadata', words)}</Notice>;
}

function Pair({ frame, app }: { frame: PageFrame; app: ConsentView['app'] }): VNode {
  return (
    <div class="brand tiles">
      {app.logo ? (
        <img class="tile logo" id="client-logo" src={app.logo} alt="" />
      ) : (
        <Monogram name={app.name} kind="app" />
      )}
      <span class="dots" aria-hidden="true" />
      <TenantTile tenant={frame.tenant} />
    </div>
  );
}

/** RFC 8628 §3.3.1, §5.4: whoever was sent a link by somebody else finds no such code on a device of their own. */
function DeviceCheck({ frame: { texts }, device }: { frame: PageFrame; device: Device }): VNode {
  const time = texts.duration(device.ageSeconds);
  return (
    <section class="device">
      <h2>{texts.text('consent.deviceCode')}</h2>
      <p class="device-code">{device.code}</p>
      <p class="device-text">{texts.text('consent.deviceCheck')}</p>
      <p class="device-text">{texts.rich('consent.deviceFrom', { time, ip: <strong>{device.ip}</strong> })}</p>
    </section>
  );
}

export function ScopeGroups({ groups, frame }: { groups: readonly ConsentGroup[]; frame: PageFrame }): VNode {
  return (
    <>
      {groups.map((group) => (
        <Group key={group.api ?? ''} group={group} frame={frame} />
      ))}
    </>
  );
}

function Group({ group, frame }: { group: ConsentGroup; frame: PageFrame }): VNode {
  const { texts, tenant } = frame;
  return (
    <section class="scopes">
      <h2>{group.api ?? texts.text('consent.account', { tenant: tenant.name })}</h2>
      <ul>
        {group.scopes.map((scope, index) => (
          <li key={index}>
            <CheckIcon />
            <div>
              <p class="scope-name">
                {scope.name}
                {scope.sensitive ? <span class="badge">{texts.text('consent.sensitive')}</span> : null}
              </p>
              {scope.description ? <p class="scope-text">{scope.description}</p> : null}
              {scope.facts?.map(({ name, value }) => (
                <p key={name} class="scope-text">
                  {name}: <strong>{value}</strong>
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ frame, view }: { frame: PageFrame; view: ConsentView }): VNode {
  const { texts, tenant } = frame;
  const { app, lifetime } = view;
  const time = texts.duration(lifetime.seconds);
  return (
    <div class="facts">
      {app.origin === 'self' || app.origin === 'metadata' ? null : (
        <p>{texts.text(`consent.origin.${app.origin}`, { tenant: tenant.name })}</p>
      )}
      <p>
        {lifetime.kind === 'session'
          ? texts.text('consent.lifetime.session', { time })
          : texts.text('consent.lifetime.offline', { time, idle: texts.duration(lifetime.idleSeconds) })}
      </p>
      {app.host ? <p>{texts.rich('consent.destination', { host: <strong>{app.host}</strong> })}</p> : null}
      <Links frame={frame} app={app} />
    </div>
  );
}

function Links({ frame: { texts }, app }: { frame: PageFrame; app: ConsentView['app'] }): VNode | null {
  const links = (['website', 'policy', 'terms'] as const).filter((kind) => app[kind]);
  if (links.length === 0) return null;
  return (
    <ul class="links" aria-label={texts.text('consent.linksLabel', { app: app.name })}>
      {links.map((kind) => (
        <li key={kind}>
          <a href={app[kind]} rel="noopener noreferrer nofollow" target="_blank">
            {texts.text(`consent.${kind}`)}
          </a>
        </li>
      ))}
    </ul>
  );
}
