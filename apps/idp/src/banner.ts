import type { Demo } from './demo/demo-seed';

const SCOPE = 'invoices.read';

/** What a person who has just started the server wants to know. */
export function banner(issuer: string, setupLink: string | null, demo: Demo | null): string {
  const lines = ['', 'TokenIDP is up.', '', `  Issuer          ${issuer}`];
  if (setupLink)
    lines.push(`  Set-up link     ${setupLink}`, '                  (makes the first administrator; works once)');
  if (demo) lines.push(...demoLines(demo));
  return [...lines, ''].join('\n');
}

function demoLines({ tenant: { issuer }, credentials: { passwords, secrets } }: Demo): string[] {
  const client = `-u 'demo-machine:${secrets['demo-machine'] ?? ''}'`;
  return [
    `  Demo tenant     ${issuer}`,
    `  Sign in         ${issuer}/admin/`,
    `                  as alice with the password ${passwords['alice'] ?? ''}`,
    '',
    '  A token for a machine:',
    `    TOKEN=$(curl -s ${client} -d grant_type=client_credentials -d scope=${SCOPE} ${issuer}/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/'); echo "$TOKEN"`,
    '  What that token says (introspection):',
    `    curl -s ${client} -d "token=$TOKEN" ${issuer}/introspect; echo`,
    '  A sign-in with the authorization code flow, from this folder:',
    `    npm run --silent demo:sign-in -- ${issuer} demo-native`,
    ...administrationLines(issuer, secrets['demo-admin']),
  ];
}

/** Of a demo that has its owner. */
function administrationLines(issuer: string, secret: string | undefined): string[] {
  if (secret === undefined) return [];
  return [
    '  The administration from this folder, as the owner of the demo:',
    `    export TOKENIDP_ISSUER=${issuer} TOKENIDP_CLIENT_ID=demo-admin TOKENIDP_CLIENT_SECRET='${secret}'`,
    '    npx tokenidp clients list',
    `  The same with a click: ${issuer}/docs`,
  ];
}
