import { type DynamicModule, Global, type LoggerService, Module } from '@nestjs/common';
import { DatabaseOptions } from '@tokenidp/database';
import { Clock, Envelope, KeyedHash, MasterKeys, OutboundOptions, SystemClock } from '@tokenidp/kernel';
import { ClientCertificateOptions } from '@tokenidp/oauth';
import { TenancyOptions } from '@tokenidp/tenancy';
import type { Environment } from './config/env';
import { within } from './config/networks';
import { ENTITIES } from './database/data-source';
import { TlsListener } from './tls/tls-listener';

/** What a test may put in the place of the real thing: only time and the log. */
export interface Overrides {
  clock?: Clock;
  logger?: LoggerService | false;
}

/** Gives each lib the slice of the configuration that it declares, and everyone the clock and the keys. */
@Global()
@Module({})
export class ConfigurationModule {
  static forRoot(environment: Environment, overrides: Overrides, tls: TlsListener): DynamicModule {
    const masterKeys = new MasterKeys(environment.masterKeys);
    const providers = [
      { provide: TlsListener, useValue: tls },
      { provide: Clock, useValue: overrides.clock ?? new SystemClock() },
      { provide: MasterKeys, useValue: masterKeys },
      { provide: KeyedHash, useValue: new KeyedHash(masterKeys) },
      { provide: Envelope, useValue: new Envelope(masterKeys) },
      {
        provide: DatabaseOptions,
        useValue: { url: environment.databaseUrl, dataDir: environment.dataDir, entities: ENTITIES },
      },
      {
        provide: TenancyOptions,
        useValue: {
          publicUrl: environment.publicUrl,
          issuerMode: environment.tenantIssuerMode,
          rootDomain: environment.tenantRootDomain,
          mtlsPublicUrl: environment.mtlsPublicUrl,
        },
      },
      { provide: ClientCertificateOptions, useValue: clientCertificateOptions(environment) },
      { provide: OutboundOptions, useValue: { allowedHosts: environment.outboundAllowedHosts } },
    ];
    return { module: ConfigurationModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}

function clientCertificateOptions(environment: Environment): ClientCertificateOptions {
  const { tls, tlsClientCertHeader, trustedProxies } = environment;
  return {
    byListener: tls.secure !== undefined,
    header: tlsClientCertHeader,
    isTrustedProxy: within(trustedProxies),
    authorities: () => tls.authorities,
  };
}
