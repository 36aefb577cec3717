import { ApiProperty } from '@nestjs/swagger';
import { EnumField, IdField, InstantField, IntegerField, ObjectField, TextField } from '@tokenidp/admin-api';
import { ALERT_KINDS } from './dashboard-sources';
import type { Interval } from './sums';

const INTERVALS = ['day', 'hour'];
const count = (description: string) => IntegerField({ description, min: 0, max: Number.MAX_SAFE_INTEGER, example: 42 });

export class ReadDashboardDto {
  @InstantField({
    description: 'The first instant of the range; 30 days, or one for hours, before its end when absent.',
    optional: true,
  })
  from?: string;

  @InstantField({ description: 'The end of the range; now when absent.', optional: true })
  to?: string;

  @EnumField(INTERVALS, { description: 'What each point sums up, in UTC.', optional: true, default: 'day' })
  interval?: Interval;
}

export class DashboardPointDto {
  @InstantField({ description: 'When the hour or the day begins.' })
  beginsAt!: Date;

  @count('Sign-ins that succeeded.')
  signInsSucceeded!: number;

  @count('Sign-ins that failed.')
  signInsFailed!: number;

  @count('Tokens that were issued.')
  tokens!: number;

  @count('Users that were made.')
  newUsers!: number;

  @IntegerField({
    description: 'Different users who signed in or got tokens; by the day alone, null for hours.',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    nullable: true,
    example: 7,
  })
  activeUsers!: number | null;
}

export class GrantFigureDto {
  @TextField({ description: 'The grant type.', max: 255, example: 'authorization_code' })
  grantType!: string;

  @count('Tokens that were issued by it.')
  count!: number;
}

export class CauseFigureDto {
  @TextField({ description: 'The event, and the reason where it has one.', max: 255, example: 'sign-in.failed: wrong' })
  cause!: string;

  @count('How often.')
  count!: number;
}

export class AppFigureDto {
  @IdField({ description: 'The row id of the application.' })
  id!: string;

  @TextField({ description: 'Its name; null once it is gone.', max: 200, nullable: true, example: 'Shop' })
  name!: string | null;

  @count('Tokens that it got.')
  tokens!: number;
}

export class AlertTargetDto {
  @TextField({ description: 'What it is.', max: 64, example: 'client_secret' })
  type!: string;

  @TextField({ description: 'Its id.', max: 255, example: '01990000-0000-7000-8000-000000000000' })
  id!: string;
}

export class AlertDto {
  @EnumField(ALERT_KINDS, { description: 'The kind.' })
  kind!: string;

  @TextField({ description: 'In words.', max: 1000, example: 'A secret of Shop expires.' })
  message!: string;

  @ObjectField(() => AlertTargetDto, { description: 'What to look at.' })
  target!: AlertTargetDto;

  @InstantField({ description: 'Since when, or when it will be too late.' })
  at!: Date;
}

export class DashboardDto {
  @InstantField({ description: 'The beginning of the first point.' })
  from!: Date;

  @InstantField({ description: 'The end of the last point.' })
  to!: Date;

  @EnumField(INTERVALS, { description: 'What each point sums up.' })
  interval!: Interval;

  @InstantField({
    description: 'The last event in the figures; null for none. They are some minutes late.',
    nullable: true,
  })
  countedUntil!: Date | null;

  @ApiProperty({ description: 'One for each hour or day of the range.', type: [DashboardPointDto] })
  points!: DashboardPointDto[];

  @ApiProperty({ description: 'Tokens of the range by grant type, the most first.', type: [GrantFigureDto] })
  tokensByGrant!: GrantFigureDto[];

  @ApiProperty({ description: 'Failures of the range by cause, the most first.', type: [CauseFigureDto] })
  failures!: CauseFigureDto[];

  @ApiProperty({ description: 'Applications with the most tokens on the days of the range.', type: [AppFigureDto] })
  topApps!: AppFigureDto[];

  @ApiProperty({ description: 'What somebody should look at, the most urgent first.', type: [AlertDto] })
  alerts!: AlertDto[];
}
