import { EnumField, InstantField, PageOf, TextField } from '@tokenidp/admin-api';
import { GrantDto, GrantOfClientDto, SCOPE } from './grant.dto';

export class BackchannelRequestDto extends GrantDto {
  @TextField(SCOPE)
  scope!: string;

  @TextField({ description: 'What both screens show.', max: 1000, nullable: true, example: 'W4SCT' })
  bindingMessage!: string | null;

  @InstantField({ description: 'When nobody can answer any more.' })
  expiresAt!: Date;
}

export class BackchannelRequestPageDto extends PageOf(BackchannelRequestDto) {}

export class DeviceRequestDto extends GrantOfClientDto {
  @TextField(SCOPE)
  scope!: string;

  @TextField({ description: 'Where the device asked from.', max: 64, example: '203.0.113.7' })
  ip!: string;

  @InstantField({ description: 'When nobody can answer any more.' })
  expiresAt!: Date;
}

export class DeviceRequestPageDto extends PageOf(DeviceRequestDto) {}

export class BackchannelDecisionDto {
  @EnumField(['approve', 'deny'], { description: 'The answer, in the place of the user.' })
  decision!: 'approve' | 'deny';
}
