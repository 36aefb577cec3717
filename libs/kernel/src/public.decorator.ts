import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'tokenidp:public';

/** Marks a controller whose endpoints authenticate by themselves or need no one; all others carry a guard. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(IS_PUBLIC, true);
