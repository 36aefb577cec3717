import { problemOf } from '@tokenidp/admin-api';
import { DomainError, ProblemError } from '@tokenidp/kernel';
import { TenantSettingsError } from '@tokenidp/tenancy';

/** What the work refuses is said of members below the place in the document, or of the place itself. */
export async function atPointer<T>(pointer: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw placed(pointer, error);
  }
}

function placed(pointer: string, error: unknown): unknown {
  if (error instanceof TenantSettingsError) {
    const fields = error.problems.map(({ member, message }) => ({
      pointer: `${pointer}/settings/${member.replaceAll('.', '/')}`.replace(/\/$/, ''),
      detail: message,
    }));
    return new ProblemError('invalid-input', 'The settings are not valid; nothing was changed.', fields);
  }
  if (!(error instanceof DomainError || error instanceof ProblemError)) return error;
  const { slug, detail, errors } = problemOf(error);
  const below = errors.map((field) => ({ ...field, pointer: pointer + inDocument(field.pointer) }));
  return new ProblemError(slug, detail, below.length > 0 ? below : [{ pointer, detail }]);
}

/** Translations stand in a member of their own here: `/client_name#de` is `/localized/client_name#de`. */
function inDocument(pointer: string): string {
  return pointer.replace(/^\/([^/#]+#[^/]+)$/, '/localized/$1');
}
