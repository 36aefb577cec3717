import { Controller, Get, Param, Res } from '@nestjs/common';
import { ProblemError, Public } from '@tokenidp/kernel';
import type { FastifyReply } from 'fastify';
import { Assets } from './assets';

@Public()
@Controller('assets')
export class AssetsController {
  constructor(private readonly assets: Assets) {}

  @Get(':file')
  find(@Param('file') name: string, @Res() reply: FastifyReply): void {
    const file = this.assets.find(name);
    if (!file) throw new ProblemError('not-found', 'There is no such file.');
    void reply
      .type(file.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('cross-origin-resource-policy', 'same-origin')
      .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
      .send(file.body);
  }
}
