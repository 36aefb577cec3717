/** Small, durable, and silent unless something is wrong. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  port: '5432',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '32MB',
  fsync: 'on',
  synchronous_commit: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '512MB',
  checkpoint_timeout: '15min',
  io_method: 'sync',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  autovacuum_max_workers: '1',
  // A table that has just begun to fill is looked at soon: plans made while it was empty do not stay.
  autovacuum_naptime: '5s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
  // A statement that fails is the caller's to report; its text may hold what no log should.
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
};

/** Command line of the server. */
export function postgresSettings(socketDir: string, overrides: Readonly<Record<string, string>> = {}): string[] {
  const all = { ...SETTINGS, unix_socket_directories: socketDir, ...overrides };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
