import { ApiProperty } from '@nestjs/swagger';

export class ProblemFieldDto {
  @ApiProperty({ description: 'JSON pointer (RFC 6901) to the member of the input.', example: '/name' })
  pointer!: string;

  @ApiProperty({ description: 'What is wrong with it.', example: 'It has 1 to 200 characters.' })
  detail!: string;
}

/** RFC 9457: every error of the administration API. */
export class ProblemDto {
  @ApiProperty({
    description: 'The kind of problem; a page of that address explains it.',
    example: '/problems/forbidden',
  })
  type!: string;

  @ApiProperty({ description: 'The kind in words.', example: 'The permission is missing' })
  title!: string;

  @ApiProperty({ description: 'The HTTP status.', type: 'integer', example: 403 })
  status!: number;

  @ApiProperty({ description: 'This case in words.', example: 'The permission clients.write is missing.' })
  detail!: string;

  @ApiProperty({
    description: 'The request, as the log and the audit trail name it.',
    example: 'urn:request:01990000-0000-7000-8000-000000000000',
  })
  instance!: string;

  @ApiProperty({ description: 'Which members of the input are at fault.', type: [ProblemFieldDto], required: false })
  errors?: ProblemFieldDto[];
}
