import { Controller, Get, Header } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Database } from '@tokenidp/database';
import { Public } from '@tokenidp/kernel';

/** Whether the process lives, and whether it can serve. */
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('live')
  @RouteConfig({ instance: true })
  @Header('cache-control', 'no-store')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 (from the filter) while the database is away. */
  @Get('ready')
  @RouteConfig({ instance: true })
  @Header('cache-control', 'no-store')
  async ready(): Promise<{ status: 'ok' }> {
    await this.database.ping();
    return { status: 'ok' };
  }
}
