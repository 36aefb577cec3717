/** @spec RFC 8725 §3.10, OIDC Core §16 — URLs that others give us are fetched without a way into our own network. */
import { Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { isIP } from 'node:net';
import type { Agent } from 'undici';
import { guardedLookup, HostResolver } from './guarded-lookup';
import { OutboundError } from './outbound-error';
import { OutboundOptions } from './outbound-options';
import { isPublicAddress } from './public-address';

const MAX_BYTES = 256 * 1024;
const TIMEOUT_MS = 5_000;
const MAX_URL_LENGTH = 2_048;

export interface OutboundRequest {
  method?: 'GET' | 'POST' | 'HEAD';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Value of the `Accept` header. */
  accept?: string;
  /** Largest answer in bytes; 262144 when absent. */
  maxBytes?: number;
  /** For everything from the name look-up to the last byte; 5000 when absent. */
  timeoutMs?: number;
}

/** The answer as it came, redirects included: they are never followed. */
export interface OutboundResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  text(): string;
  /** @throws SyntaxError when the body is not JSON */
  json(): unknown;
}

/** The one way out to hosts named by others: key sets, request objects, logos, logout and webhook receivers. */
@Injectable()
export class GuardedHttpClient implements OnApplicationShutdown {
  private readonly allowed: ReadonlySet<string>;
  private agents: Promise<Agents> | undefined;

  constructor(
    options: OutboundOptions,
    @Optional() private readonly resolver: HostResolver = new HostResolver(),
  ) {
    this.allowed = new Set(options.allowedHosts.map((host) => host.trim().toLowerCase()));
  }

  /** @throws OutboundError — with a reason and a fixed sentence that tells nothing of the network */
  async fetch(url: string | URL, options: OutboundRequest = {}): Promise<OutboundResponse> {
    const target = parseTarget(url);
    const isAllowed = this.isAllowed(target);
    if (!isAllowed && !isPublicTarget(target)) throw new OutboundError('refused');
    try {
      this.agents ??= createAgents(this.resolver);
      const { guarded, open } = await this.agents;
      return await send(target, options, isAllowed ? open : guarded);
    } catch (error) {
      throw outboundError(error);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    const agents = await this.agents;
    if (agents) await Promise.all([agents.guarded.destroy(), agents.open.destroy()]);
  }

  private isAllowed(url: URL): boolean {
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    return this.allowed.has(url.hostname) || this.allowed.has(`${url.hostname}:${port}`);
  }
}

interface Agents {
  readonly guarded: Agent;
  readonly open: Agent;
}

/** Loads the library with the first request: a server that never asks anybody starts without it. */
async function createAgents(resolver: HostResolver): Promise<Agents> {
  const { Agent } = await import('undici');
  return {
    guarded: new Agent({ connect: { timeout: TIMEOUT_MS, lookup: guardedLookup(resolver) } }),
    open: new Agent({ connect: { timeout: TIMEOUT_MS } }),
  };
}

function parseTarget(url: string | URL): URL {
  const text = String(url);
  const parsed = text.length > MAX_URL_LENGTH ? null : URL.parse(text);
  const hasScheme = parsed?.protocol === 'https:' || parsed?.protocol === 'http:';
  if (!parsed || !hasScheme || parsed.username || parsed.password) throw new OutboundError('refused');
  return parsed;
}

/** Names are checked when they are resolved; addresses have to be checked here, for they are never looked up. */
function isPublicTarget(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return url.protocol === 'https:' && (isIP(host) === 0 || isPublicAddress(host));
}

async function send(url: URL, options: OutboundRequest, dispatcher: Agent): Promise<OutboundResponse> {
  const { request } = await import('undici');
  const { statusCode, headers, body } = await request(url, {
    dispatcher,
    method: options.method ?? 'GET',
    headers: { accept: options.accept ?? '*/*', 'accept-encoding': 'identity', ...options.headers },
    body: options.body ?? null,
    signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS),
  });
  const bytes = await readCapped(body, options.maxBytes ?? MAX_BYTES);
  const text = () => bytes.toString('utf8');
  return { status: statusCode, headers, body: bytes, text, json: () => JSON.parse(text()) as unknown };
}

async function readCapped(stream: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    // Leaving the loop destroys the stream, so that the rest is never received.
    if (size > maxBytes) throw new OutboundError('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function outboundError(error: unknown): OutboundError {
  if (error instanceof OutboundError) return error;
  const { name, code } = error as { name?: unknown; code?: unknown };
  const isTimeout = name === 'TimeoutError' || String(code).includes('TIMEOUT');
  return new OutboundError(isTimeout ? 'timeout' : 'unreachable', { cause: error });
}
