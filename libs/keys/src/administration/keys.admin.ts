import { Injectable } from '@nestjs/common';
import { type AdminCall, readPage } from '@tokenidp/admin-api';
import { containing, Database } from '@tokenidp/database';
import { Clock, DomainError, ProblemError } from '@tokenidp/kernel';
import { SettingsAdmin, type DescribedTenant, type Tenant, type TenantSettingsMergePatch } from '@tokenidp/tenancy';
import type {
  ImportKeyDto,
  KeyDto,
  KeyPageDto,
  KeyPolicyDto,
  KeySetDto,
  ListKeysDto,
  RevocationDto,
  RotateKeyDto,
  RotationDto,
} from '../dto/key.dto';
import { KeysError, notConfigured, overtaken } from '../keys-error';
import { SIGNING_KEYS } from '../keys.list';
import { KeysService, type SigningKeyView } from '../keys.service';
import { nextStepOf } from '../next-step';
import { after, longestTokenSeconds } from '../rotation-policy';

/** Signing keys as the administration sees them. */
@Injectable()
export class KeysAdmin {
  constructor(
    private readonly database: Database,
    private readonly keys: KeysService,
    private readonly settings: SettingsAdmin,
    private readonly clock: Clock,
  ) {}

  async list({ id }: Tenant, query: ListKeysDto): Promise<KeyPageDto> {
    const { limit, cursor, sort = '-createdAt', search, ...filters } = query;
    const request = { limit, cursor, sort, filters: { ...filters, search: search && containing(search) } };
    const usable = await this.keys.usable(id);
    const list = { list: SIGNING_KEYS, database: this.database, tenantId: id };
    return readPage(list, request, (key) => view(key, usable));
  }

  async get({ id }: Tenant, kid: string): Promise<KeyDto> {
    return view(await this.keys.get(id, kid), await this.keys.usable(id));
  }

  async rotate(tenant: Tenant, { algorithm, force }: RotateKeyDto, call: AdminCall): Promise<RotationDto> {
    const done = await this.keys.rotate(tenant, algorithm, { force, ...by(call) });
    if (done.outcome === 'not-configured') throw notConfigured(algorithm);
    if (done.outcome === 'overtaken') throw overtaken();
    const at = done.outcome === 'scheduled' ? done.at : this.clock.now();
    return { outcome: done.outcome, kid: done.kid, at, dryRun: false };
  }

  async previewRotation(tenant: Tenant, { algorithm, force }: RotateKeyDto): Promise<RotationDto> {
    const preview = await this.keys.previewRotation(tenant, algorithm, force);
    if (preview.outcome === 'not-configured') throw notConfigured(algorithm);
    return { ...preview, dryRun: true };
  }

  async revoke(tenant: Tenant, kid: string, reason: string, call: AdminCall): Promise<RevocationDto> {
    const key = await this.keys.get(tenant.id, kid);
    const done = await this.keys.revoke(tenant, kid, reason, by(call));
    if (done.outcome === 'already-revoked') throw alreadyRevoked();
    if (done.outcome !== 'revoked') throw overtaken();
    return { ...this.effectOf(tenant, key), current: done.current ?? null, dryRun: false };
  }

  async previewRevocation(tenant: Tenant, kid: string): Promise<RevocationDto> {
    const key = await this.keys.get(tenant.id, kid);
    if (key.state === 'revoked') throw alreadyRevoked();
    const next = (await this.keys.usable(tenant.id)).find(({ alg, state }) => alg === key.alg && state === 'next');
    const current = key.state === 'current' ? (next?.kid ?? null) : null;
    return { ...this.effectOf(tenant, key), current, dryRun: true };
  }

  async import(tenant: Tenant, input: ImportKeyDto, call: AdminCall): Promise<KeyDto> {
    const key = await this.keys.import(tenant, input, by(call));
    return view(key, await this.keys.usable(tenant.id));
  }

  async export(tenant: Tenant): Promise<KeySetDto> {
    return JSON.parse((await this.keys.jwks(tenant)).body) as KeySetDto;
  }

  policy({ id, settings }: Pick<Tenant, 'id' | 'settings'>): KeyPolicyDto {
    return { id, ...settings.keys };
  }

  async updatePolicy(tenant: Tenant, patch: object, call: AdminCall): Promise<KeyPolicyDto> {
    const keys = { ...patch } as TenantSettingsMergePatch['keys'];
    const policyOf = (current: DescribedTenant): object => this.policy(current);
    return this.policy(await inOurForm(() => this.settings.change(tenant, { keys }, { call, view: policyOf })));
  }

  /** What a revocation does to tokens that are out. */
  private effectOf({ settings }: Tenant, key: SigningKeyView) {
    const now = this.clock.now();
    const signedLast = key.state === 'current' ? now : key.demotedAt;
    const end = signedLast && after(signedLast, longestTokenSeconds(settings.lifetimes));
    const tokensUntil = end && end > now ? end : null;
    const effect = tokensUntil
      ? `Every token that it has signed is refused from now on; the last would have ended at ${tokensUntil.toISOString()}.`
      : 'No token is good that it has signed.';
    return { kid: key.kid, breaksTokens: tokensUntil !== null, tokensUntil, effect };
  }
}

/** The settings name their members from their own root. */
async function inOurForm<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const fields = error.fields.map((field) => ({ ...field, pointer: field.pointer.replace(/^\/keys\//, '/') }));
    throw new ProblemError(error.slug, error.message, fields);
  }
}

function by(call: AdminCall) {
  const { actor, request } = call.change();
  return { actor, request };
}

function alreadyRevoked(): KeysError {
  return new KeysError('already-revoked', 'The key is revoked already.');
}

function view({ dueAt, ...key }: SigningKeyView, usable: readonly SigningKeyView[]): KeyDto {
  return { ...key, nextStep: nextStepOf({ ...key, dueAt }, usable) };
}
