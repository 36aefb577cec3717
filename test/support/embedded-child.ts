// A server process with the embedded PostgreSQL of a folder: says where it is, and stops it on SIGTERM.
import { startEmbeddedPostgres } from '@tokenidp/database';

async function start(dataDir: string): Promise<void> {
  const server = await startEmbeddedPostgres({ dataDir });
  const { pid, socketDir } = server;
  process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  setInterval(() => {}, 60_000);
  process.stdout.write(`${JSON.stringify({ pid, socketDir })}\n`);
}

start(process.argv[2]!).catch((error: Error) => {
  process.stdout.write(`${JSON.stringify({ error: error.message })}\n`);
  process.exitCode = 1;
});
