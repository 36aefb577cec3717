import {
  BigintColumn,
  BooleanColumn,
  type Database,
  HashColumn,
  IdColumn,
  IdentifierColumn,
  InstantColumn,
  IntegerColumn,
  JsonColumn,
  TenantIdColumn,
  TextColumn,
} from '@tokenidp/database';
import { Entity } from 'typeorm';

/** A table of a tenant with a column of every kind. */
@Entity('note')
export class NoteEntity {
  @TenantIdColumn() tenantId!: string;
  @IdColumn({ primary: true }) id!: string;
  @IdColumn({ nullable: true }) parentId!: string | null;
  @IdentifierColumn() key!: string;
  @HashColumn({ nullable: true }) hash!: string | null;
  @TextColumn() body!: string;
  @TextColumn({ length: 100, nullable: true }) title!: string | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn({ nullable: true }) readAt!: Date | null;
  @JsonColumn({ nullable: true }) labels!: unknown;
  @BooleanColumn() pinned!: boolean;
  @IntegerColumn() rank!: number;
  @BigintColumn() size!: number;
}

const binary = 'COLLATE Latin1_General_100_BIN2_UTF8';

const CREATE = {
  postgres: `CREATE TABLE "note" (
    "tenantId" uuid NOT NULL, "id" uuid NOT NULL, "parentId" uuid, "key" text NOT NULL, "hash" text,
    "body" text NOT NULL, "title" text, "createdAt" timestamptz NOT NULL, "readAt" timestamptz, "labels" jsonb,
    "pinned" boolean NOT NULL, "rank" integer NOT NULL, "size" bigint NOT NULL,
    PRIMARY KEY ("tenantId", "id"))`,
  mssql: `CREATE TABLE "note" (
    "tenantId" char(36) ${binary} NOT NULL, "id" char(36) ${binary} NOT NULL, "parentId" char(36) ${binary} NULL,
    "key" varchar(255) ${binary} NOT NULL, "hash" varchar(128) ${binary} NULL, "body" nvarchar(max) NOT NULL,
    "title" nvarchar(100) NULL, "createdAt" datetimeoffset(3) NOT NULL, "readAt" datetimeoffset(3) NULL,
    "labels" nvarchar(max) NULL, "pinned" bit NOT NULL, "rank" int NOT NULL, "size" bigint NOT NULL,
    CONSTRAINT "note_pk" PRIMARY KEY ("tenantId", "id"))`,
};

export async function createNotes({ dataSource, engine }: Database): Promise<void> {
  await dataSource.query(CREATE[engine]);
}

export function note(id: string, values: Partial<NoteEntity> = {}): Omit<NoteEntity, 'tenantId'> {
  return {
    id,
    parentId: null,
    key: 'Key',
    hash: null,
    body: 'a body: 漢字 ß',
    title: null,
    createdAt: new Date('2026-03-29T01:30:00.123Z'),
    readAt: null,
    labels: null,
    pinned: false,
    rank: 1,
    size: 1,
    ...values,
  };
}
