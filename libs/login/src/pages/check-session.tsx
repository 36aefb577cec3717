/** @spec OIDC Session Management §3.3 — nothing to see: the script answers the pages that embed this one. */
import type { VNode } from 'preact';

export interface CheckSessionProps {
  script: string;
  nonce: string;
  /** name of the cookie that holds the browser's state */
  cookie: string;
}

export function CheckSessionPage({ script, nonce, cookie }: CheckSessionProps): VNode {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>Session</title>
        <script src={script} nonce={nonce} data-cookie={cookie} />
      </head>
      <body />
    </html>
  );
}
