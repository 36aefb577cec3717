import { Injectable } from '@nestjs/common';
import { type AdminCall, type BulkResultsDto, eachRow, entityTag, InputPipe } from '@tokenidp/admin-api';
import { ProblemError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { changeOf } from './admin-change';
import type { Edit } from './change';
import type { UserOperationDto } from './dto/bulk-users.dto';
import { CreateUserDto, PatchUserDto } from './dto/user.dto';
import type { User } from './user';
import { UsersAdmin, userView } from './users.admin';

interface Row {
  readonly tenant: Tenant;
  readonly call: AdminCall;
  readonly operation: UserOperationDto;
}

/** Many users in one request, each as if it were the only one. */
@Injectable()
export class UsersBulk {
  private readonly input = new InputPipe();

  constructor(private readonly users: UsersAdmin) {}

  run(tenant: Tenant, operations: readonly UserOperationDto[], call: AdminCall): Promise<BulkResultsDto> {
    return eachRow(operations, (operation) => this[operation.op]({ tenant, call, operation }));
  }

  private async create({ tenant, call, operation: { data = {} } }: Row) {
    const input = this.read(data, CreateUserDto);
    const { id } = await this.users.create(tenant, input, call, call.change());
    return { status: 201, rowId: id };
  }

  private async update({ tenant, call, operation }: Row) {
    const { data = {} } = operation;
    const id = idOf(operation);
    await this.users.update(tenant, id, this.read(data, PatchUserDto), editOf(call, operation));
    return { status: 200, rowId: id };
  }

  private async delete({ tenant, call, operation }: Row) {
    const id = idOf(operation);
    await this.users.delete(tenant, id, editOf(call, operation));
    return { status: 204, rowId: id };
  }

  private read<T extends object>(data: object, metatype: new () => T): T {
    return this.input.transform(data, { type: 'body', metatype }) as T;
  }
}

function idOf({ id }: UserOperationDto): string {
  if (id !== undefined) return id;
  throw new ProblemError('invalid-input', 'The row says not which user.', [{ pointer: '/id', detail: 'is missing' }]);
}

function editOf(call: AdminCall, { etag }: UserOperationDto): Edit<User> {
  if (etag === undefined) throw new ProblemError('precondition-required', 'The row has no etag.');
  const expect = (current: User) => {
    if (etag !== '*' && etag !== entityTag(userView(current))) {
      throw new ProblemError('precondition-failed', 'The user has changed since you have read them.');
    }
  };
  return { ...changeOf(call), expect };
}
