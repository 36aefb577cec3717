import { withIssuer } from '@tokenidp/clients';
import type { ConfigurationDto } from '../configuration.dto';
import type { State } from '../current-state';
import { refused } from './step';

interface Known {
  readonly scopes: ReadonlySet<string>;
  readonly permissions: ReadonlySet<string>;
}

/** What a document may refer to: what it has itself, what is built in, and what it leaves alone. */
export class References {
  private readonly resources: ReadonlyMap<string, Known>;
  private readonly roles: ReadonlySet<string>;

  constructor(
    private readonly state: State,
    document: ConfigurationDto,
  ) {
    const there = state.resources
      .filter(({ builtIn }) => builtIn || !document.resources)
      .map((resource) => {
        const permissions = state.permissions.filter(({ resourceId }) => resourceId === resource.id);
        const scopes = new Set(resource.scopes.map(({ name }) => name));
        return [resource.identifier, { scopes, permissions: new Set(permissions.map(({ key }) => key)) }] as const;
      });
    const told = (document.resources ?? []).map(({ identifier, scopes = [], permissions = [] }) => {
      const known = {
        scopes: new Set(scopes.map(({ name }) => name)),
        permissions: new Set(permissions.map(({ key }) => key)),
      };
      return [identifier, known] as const;
    });
    this.resources = new Map([...there, ...told]);
    const roles = state.roles.filter(({ builtIn }) => builtIn || !document.roles);
    this.roles = new Set([...roles, ...(document.roles ?? [])].map(({ name }) => name));
  }

  /** The identifier in full. @throws ProblemError */
  resource(written: string, pointer: string): string {
    const identifier = withIssuer(written, this.state.tenant.issuer);
    if (!this.resources.has(identifier)) throw refused(pointer, 'There is no such API.');
    return identifier;
  }

  assertScopes(identifier: string, names: readonly string[], pointer: string): void {
    const at = names.findIndex((name) => !this.resources.get(identifier)?.scopes.has(name));
    if (at >= 0) throw refused(`${pointer}/${at}`, 'The API has no such scope.');
  }

  assertPermissions(identifier: string, keys: readonly string[], pointer: string): void {
    const at = keys.findIndex((key) => !this.resources.get(identifier)?.permissions.has(key));
    if (at >= 0) throw refused(`${pointer}/${at}`, 'The API has no such permission.');
  }

  assertRoles(names: readonly string[], pointer: string): void {
    const at = names.findIndex((name) => !this.roles.has(name));
    if (at >= 0) throw refused(`${pointer}/${at}`, 'There is no such role.');
  }
}
