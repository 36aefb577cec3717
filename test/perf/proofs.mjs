// What a client signs: assertions (RFC 7523 §2.2) and DPoP proofs (RFC 9449 §4.2), each good once.
import { createHash, createPrivateKey, randomUUID, sign } from 'node:crypto';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = () => Math.floor(Date.now() / 1000);

function jws(key, header, claims) {
  const input = `${encode({ alg: 'ES256', ...header })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

export const privateKey = (jwk) => createPrivateKey({ key: jwk, format: 'jwk' });

export const assertion = (key, clientId, audience) => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: jws(
    key,
    {},
    { iss: clientId, sub: clientId, aud: audience, jti: randomUUID(), iat: now(), exp: now() + 60 },
  ),
});

export const dpopProof = (key, jwk, { method, url, token }) =>
  jws(
    key,
    { typ: 'dpop+jwt', jwk },
    {
      jti: randomUUID(),
      htm: method,
      htu: url,
      iat: now(),
      ...(token ? { ath: createHash('sha256').update(token).digest('base64url') } : {}),
    },
  );
