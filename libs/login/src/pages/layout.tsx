import type { ComponentChildren, VNode } from 'preact';
import type { TextKey } from '../i18n/texts';
import type { PageFrame } from './frame';

export const PRODUCT = 'TokenIDP';

export interface LayoutProps {
  frame: PageFrame;
  title: TextKey;
  /** Shown instead of the tenant's name above the heading. */
  head?: ComponentChildren;
  /** More of the document's head. */
  meta?: ComponentChildren;
  children: ComponentChildren;
}

export function Layout({ frame, title, head, meta, children }: LayoutProps): VNode {
  const { texts, tenant, assets, nonces } = frame;
  const accent = `:root{--accent-light:${tenant.accent.light};--accent-dark:${tenant.accent.dark}}`;
  return (
    <html lang={texts.locale} dir="ltr">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        {meta}
        <title>{texts.text('layout.title', { page: texts.text(title), tenant: tenant.name })}</title>
        <link rel="stylesheet" href={assets.stylesheet} nonce={nonces.style} />
        <style nonce={nonces.style} dangerouslySetInnerHTML={{ __html: accent }} />
        <link rel="icon" type="image/svg+xml" href={assets.mark} />
        <script src={assets.script} nonce={nonces.script} defer />
      </head>
      <body>
        <main class="card">
          {head ?? <TenantHead tenant={tenant} />}
          {children}
        </main>
        <footer class="foot">
          <img src={assets.mark} alt="" width="16" height="16" />
          <span>{texts.text('layout.poweredBy', { product: PRODUCT })}</span>
        </footer>
      </body>
    </html>
  );
}

function TenantHead({ tenant }: { tenant: PageFrame['tenant'] }): VNode {
  return (
    <div class="brand">
      <TenantTile tenant={tenant} />
      <span class="brand-name">{tenant.name}</span>
    </div>
  );
}

export function TenantTile({ tenant }: { tenant: PageFrame['tenant'] }): VNode {
  if (tenant.logo) return <img class="tile logo" src={tenant.logo} alt="" />;
  return <Monogram name={tenant.name} kind="tenant" />;
}

/** The first letter of a name on a coloured tile; decoration, so hidden from assistive technology. */
export function Monogram({ name, kind }: { name: string; kind: 'tenant' | 'app' }): VNode {
  const letter = /[\p{L}\p{N}]/u.exec(name)?.[0] ?? '•';
  return (
    <span class={`tile ${kind}`} aria-hidden="true">
      {letter.toUpperCase()}
    </span>
  );
}
