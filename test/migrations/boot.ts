// One of several processes that start on one empty database at once: `boot <url>` says how many migrations it ran.
import { migrateDatabase, openDatabase } from '@tokenidp/database';

async function boot(url: string): Promise<void> {
  const applied = await migrateDatabase(url);
  const open = await openDatabase({ url, dataDir: '', entities: [] });
  await open.database.ping();
  await open.close();
  process.stdout.write(JSON.stringify({ applied }));
}

void boot(process.argv[2]!);
