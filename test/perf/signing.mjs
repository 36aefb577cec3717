// The ways to sign a token, side by side, as docs/adr/0003 has them: `taskset -c 0 node test/perf/signing.mjs [seconds]`.
import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { SignJWT } from 'jose';

const SECONDS = Number(process.argv[2] ?? 2);
const CONCURRENCY = 16;
const KID = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs';

const pair = (type, options) => generateKeyPairSync(type, options).privateKey;
const rsa = pair('rsa', { modulusLength: 2048 });
const keys = {
  ES256: pair('ec', { namedCurve: 'P-256' }),
  EdDSA: pair('ed25519'),
  RS256: rsa,
  PS256: rsa,
  ES384: pair('ec', { namedCurve: 'P-384' }),
  ES512: pair('ec', { namedCurve: 'P-521' }),
};
const hashes = { EdDSA: null, ES384: 'sha384', ES512: 'sha512' };
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
const p1363 = { dsaEncoding: 'ieee-p1363' };

let count = 0;
const claims = () => ({
  iss: 'https://id.example.com/t/acme',
  sub: 'c-0123456789',
  aud: 'https://api.example.com',
  client_id: 'c-0123456789',
  iat: 1760000000,
  exp: 1760000600,
  jti: `01970000-0000-7000-8000-${count++}`,
  scope: 'orders.read orders.write',
});
const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const headers = Object.fromEntries(Object.keys(keys).map((alg) => [alg, base64({ alg, typ: 'at+jwt', kid: KID })]));
const inputOf = (alg) => `${headers[alg]}.${base64(claims())}`;
const hashOf = (alg) => (alg in hashes ? hashes[alg] : 'sha256');

/** The key as OpenSSL is told of it; `plain` takes DER and turns it into R and S afterwards. */
function keyOf(alg, plain) {
  if (alg === 'PS256') return { key: keys[alg], ...pss };
  return plain || !alg.startsWith('ES') ? keys[alg] : { key: keys[alg], ...p1363 };
}

function derToRaw(der) {
  const raw = Buffer.alloc(64);
  let at = 2;
  for (const end of [32, 64]) {
    const next = at + 2 + der[at + 1];
    const length = Math.min(der[at + 1], 32);
    der.copy(raw, end - length, next - length, next);
    at = next;
  }
  return raw;
}

const finish = (input, signature, plain, alg) =>
  `${input}.${(plain && alg === 'ES256' ? derToRaw(signature) : signature).toString('base64url')}`;

async function atOnce(alg, plain) {
  const input = inputOf(alg);
  return finish(input, sign(hashOf(alg), Buffer.from(input), keyOf(alg, plain)), plain, alg);
}

function onThreadPool(alg, plain) {
  const input = inputOf(alg);
  return new Promise((resolve, reject) => {
    sign(hashOf(alg), Buffer.from(input), keyOf(alg, plain), (error, signature) =>
      error ? reject(error) : resolve(finish(input, signature, plain, alg)),
    );
  });
}

const withJose = (alg) => new SignJWT(claims()).setProtectedHeader({ alg, typ: 'at+jwt', kid: KID }).sign(keys[alg]);

async function measure(alg, name, work) {
  for (let i = 0; i < 100; i++) await work();
  const [latencies, end, cpu] = [[], performance.now() + SECONDS * 1000, process.cpuUsage()];
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const one = async () => {
    while (performance.now() < end) {
      const start = performance.now();
      await work();
      latencies.push(performance.now() - start);
      await new Promise(setImmediate);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, one));
  loop.disable();
  const { user, system } = process.cpuUsage(cpu);
  latencies.sort((left, right) => left - right);
  const at = (share) => `${Math.round(latencies[Math.floor(latencies.length * share)] * 1000)} µs`;
  console.log(
    `| ${alg} | ${name} | ${Math.round(latencies.length / SECONDS)} | ${((user + system) / latencies.length).toFixed(1)} µs ` +
      `| ${at(0.5)} | ${at(0.99)} | ${(loop.percentile(99) / 1e6).toFixed(1)} ms |`,
  );
}

console.log('| alg | way | tokens/s | CPU each | p50 | p99 | loop p99 |\n|---|---|---|---|---|---|---|');
for (const alg of Object.keys(keys)) {
  await measure(alg, 'at once, plain key', () => atOnce(alg, alg === 'ES256'));
  await measure(alg, 'thread pool, plain key', () => onThreadPool(alg, alg === 'ES256'));
  if (alg === 'ES256') {
    await measure(alg, 'at once, ieee-p1363', () => atOnce(alg, false));
    await measure(alg, 'thread pool, ieee-p1363', () => onThreadPool(alg, false));
  }
  await measure(alg, 'jose', () => withJose(alg));
}
