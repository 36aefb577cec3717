import { applyDecorators, Controller, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiExtraModels, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { AdminGuard } from './admin.guard';
import { AnswerInterceptor } from './answer.interceptor';
import { ProblemDto } from './problem.dto';

/** Below the tenant's issuer. */
export const ADMIN_API_PATH = '/admin/api/v1';
/** The security scheme of the OpenAPI document. */
export const ADMIN_SECURITY = 'oauth2';

/** A controller of the administration API at `<issuer>/admin/api/v1/<path>`; `tag` is its heading in the document. */
export function AdminController(path: string, tag: string) {
  return applyDecorators(
    Controller(path === '' ? ADMIN_API_PATH : `${ADMIN_API_PATH}/${path}`),
    UseGuards(AdminGuard),
    UseInterceptors(AnswerInterceptor),
    ApiTags(tag),
    ApiSecurity(ADMIN_SECURITY, ['admin']),
    ApiExtraModels(ProblemDto),
  );
}
